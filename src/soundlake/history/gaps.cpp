// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/gaps.hpp"

#include "soundlake/history/coverage.hpp"

#include <algorithm>
#include <tuple>

namespace soundlake::history {
namespace {

/// Whether the two tell one play. Sources clock the same end up to 90 seconds or a minute apart, so
/// the known one may seem older.
bool same_play(const lake::Play& known, const lake::Play& recent) {
  if (known.source == "extended") return extended_covers_recent(known, recent);
  if (known.source == "account") return recent_covers_account(recent, known);
  return false;
}

}  // namespace

std::optional<lake::Gap> gap_of_poll(const std::optional<lake::Play>& newest_known,
                                     const std::vector<lake::Play>& incoming,
                                     const PollInfo& poll) {
  if (!newest_known || incoming.empty() || poll.items < poll.limit) return std::nullopt;
  const auto& oldest = *std::min_element(
      incoming.begin(), incoming.end(),
      [](const lake::Play& a, const lake::Play& b) { return a.played_at < b.played_at; });
  if (oldest.played_at <= newest_known->played_at || same_play(*newest_known, oldest)) {
    return std::nullopt;
  }
  return lake::Gap{.from = newest_known->played_at,
                   .to = oldest.played_at,
                   .found_at = poll.polled_at,
                   .reason = "a poll brought " + std::to_string(poll.limit) +
                             " plays, all newer than the newest one known"};
}

std::vector<lake::Gap> with_gap(std::vector<lake::Gap> gaps, const lake::Gap& gap) {
  const bool known = std::any_of(gaps.begin(), gaps.end(), [&](const lake::Gap& other) {
    return other.from <= gap.from && gap.to <= other.to;
  });
  if (!known) gaps.push_back(gap);
  std::sort(gaps.begin(), gaps.end(), [](const lake::Gap& a, const lake::Gap& b) {
    return std::tie(a.from, a.to, a.found_at) < std::tie(b.from, b.to, b.found_at);
  });
  return gaps;
}

std::vector<lake::Gap> without_closed(std::vector<lake::Gap> gaps,
                                      const std::vector<ToldRange>& ranges) {
  std::erase_if(gaps, [&](const lake::Gap& gap) {
    return std::any_of(ranges.begin(), ranges.end(), [&](const ToldRange& range) {
      return range.first <= gap.from && gap.to <= range.last;
    });
  });
  return gaps;
}

}  // namespace soundlake::history
