// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/apply_recent.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace soundlake::history {
namespace {

std::optional<lake::Play> newest_play(const lake::Edit& edit) {
  const auto years = edit.play_years();
  if (years.empty()) return std::nullopt;
  const auto plays = edit.plays_of(years.back());
  const auto newest = std::max_element(
      plays.begin(), plays.end(),
      [](const lake::Play& a, const lake::Play& b) { return a.played_at < b.played_at; });
  return newest == plays.end() ? std::nullopt : std::optional(*newest);
}

}  // namespace

MergeCounts apply_recent(lake::Edit& edit, const std::vector<lake::Play>& incoming,
                         const base::Zone& zone, const PollInfo& poll) {
  if (incoming.empty()) return {};
  if (const auto gap = gap_of_poll(newest_play(edit), incoming, poll)) {
    edit.replace(with_gap(edit.rows<lake::Gap>(), *gap));
  }
  const auto years = affected_years(incoming);
  auto needed = years;
  // What ended before a year's first play says how long that one can have lasted.
  for (const int year : years) needed.insert(year - 1);
  std::vector<lake::Play> known;
  for (const int year : needed) {
    auto plays = edit.plays_of(year);
    std::move(plays.begin(), plays.end(), std::back_inserter(known));
  }
  auto merged = merge_plays(known, incoming, zone);
  for (const int year : years) edit.replace_plays(year, std::move(merged.years[year]));
  return merged.counts;
}

}  // namespace soundlake::history
