// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/selection.hpp"

#include <algorithm>

namespace soundlake::stats {
namespace {

bool flagged(const std::vector<char>& flags, std::int32_t code) {
  return flags.empty() || (code >= 0 && flags[Entities::at(code)] != 0);
}

}  // namespace

Selection::Selection(const Dataset& dataset, const Days& days, Rule rule,
                     const std::vector<Kind>& kinds, const Filter& filter)
    : plays_(&dataset.plays), filter_(&filter), filtered_(filter.any()) {
  for (std::size_t facts = 0; facts < kFactsValues; ++facts) {
    const auto bits = static_cast<std::uint16_t>(facts);
    const bool of_kind = std::find(kinds.begin(), kinds.end(), kind_of(bits)) != kinds.end();
    accepted_[facts] = of_kind && counts_under(bits, rule) ? 1 : 0;
  }
  *this = within(days);
}

Selection Selection::within(const Days& days) const {
  Selection result = *this;
  const auto& day = plays_->day;
  const auto first = std::lower_bound(day.begin(), day.end(), days.from);
  const auto last = days.empty() ? first : std::upper_bound(first, day.end(), days.to);
  result.begin_ = static_cast<std::size_t>(first - day.begin());
  result.end_ = static_cast<std::size_t>(last - day.begin());
  return result;
}

bool Selection::passes(std::size_t row) const {
  return flagged(filter_->artists, plays_->artist[row]) &&
         flagged(filter_->albums, plays_->album[row]) &&
         flagged(filter_->tracks, plays_->track[row]) && flagged(filter_->shows, plays_->show[row]);
}

}  // namespace soundlake::stats
