// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/ranking.hpp"

#include <algorithm>

namespace soundlake::stats {

std::vector<Tally> tally(const Selection& counted, const std::vector<std::int32_t>& column,
                         std::size_t entities) {
  std::vector<Tally> tallies(entities + 1);
  const auto& plays = counted.plays();
  const auto* const codes = column.data();
  const auto* const ms = plays.ms.data();
  const auto* const start = plays.start.data();
  auto* const into = tallies.data() + 1;
  counted.each([&](std::size_t row) { into[codes[row]].add(ms[row], start[row]); });
  return tallies;
}

bool Order::name_before(std::int32_t a, std::int32_t b) const {
  if (a < 0 || a == b) return false;
  const auto name_a = entities_.name_of(a);
  const auto name_b = entities_.name_of(b);
  if (name_a != name_b) return name_a < name_b;
  return data_.by_name(entities_, a) < data_.by_name(entities_, b);
}

std::vector<std::int32_t> ranked(const std::vector<Tally>& tallies, const Order& order,
                                 std::size_t needed) {
  std::vector<std::int32_t> codes;
  for (std::size_t i = 0; i < tallies.size(); ++i) {
    if (tallies[i].plays > 0) codes.push_back(static_cast<std::int32_t>(i) - 1);
  }
  const auto middle = codes.begin() + static_cast<std::ptrdiff_t>(std::min(needed, codes.size()));
  std::partial_sort(codes.begin(), middle, codes.end(), [&](std::int32_t a, std::int32_t b) {
    return order(tallies[Entities::at(a + 1)], a, tallies[Entities::at(b + 1)], b);
  });
  return codes;
}

Page page_of(const Query& query, std::size_t total, std::size_t default_limit) {
  const auto first = std::min(query.offset, total);
  return {first, first + std::min(query.limit.value_or(default_limit), total - first)};
}

Cell key_cell(const Dataset& data, const Entities& entities, std::int32_t code) {
  return code < 0 ? Cell() : Cell(data.key_of(entities, code));
}

Cell name_cell(const Entities& entities, std::int32_t code) {
  return code < 0 ? Cell() : Cell(std::string(entities.name_of(code)));
}

Cell by_cell(const Dataset& data, const Entities& entities, std::int32_t code) {
  if (code < 0) return {};
  const auto name = data.by_name(entities, code);
  return name ? Cell(std::string(*name)) : Cell();
}

Cell moment_cell(std::int64_t us) {
  return base::from_unix_us(us);
}

Cell share_cell(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return {};
  return static_cast<double>(part) / static_cast<double>(whole);
}

Named named(const Dataset& data, const std::string& field) {
  const auto& plays = data.plays;
  if (field == "album") return {data.albums, plays.album};
  if (field == "track") return {data.tracks, plays.track};
  if (field == "show") return {data.shows, plays.show};
  if (field == "episode") return {data.episodes, plays.episode};
  return {data.artists, plays.artist};
}

}  // namespace soundlake::stats
