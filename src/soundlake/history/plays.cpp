// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/plays.hpp"

#include "soundlake/history/coverage.hpp"
#include "soundlake/history/identity.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

namespace soundlake::history {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;

constexpr milliseconds kLongestPlay = days(7);
/// Beyond the longest play and every tolerance between sources.
constexpr days kReach{8};

bool is_recent(const lake::Play& play) {
  return play.source == "recent";
}

/// A row as its source told it, whether it comes in or stands in the table already.
lake::Play as_told(lake::Play play) {
  if (is_recent(play)) {
    const auto length =
        std::clamp<std::int64_t>(play.length_ms.value_or(play.ms_played), 0, kLongestPlay.count());
    play.length_ms = length;
    play.ms_played = length;
    play.ms_estimated = true;
    play.started_at = play.played_at - milliseconds(length);
  }
  if (play.play_id.empty()) play.play_id = play_id_of(play);
  return play;
}

std::set<std::string> ids_of(const std::vector<lake::Play>& plays) {
  std::set<std::string> ids;
  for (const auto& play : plays) ids.insert(play.play_id);
  return ids;
}

}  // namespace

void settle_recent(std::vector<lake::Play>& plays) {
  // Plays that end at one moment all follow what ended before that moment.
  const lake::Play* before = nullptr;
  for (std::size_t i = 0; i < plays.size(); ++i) {
    if (i > 0 && plays[i - 1].played_at < plays[i].played_at) before = &plays[i - 1];
    auto& play = plays[i];
    if (!is_recent(play)) continue;
    auto ms = play.length_ms.value_or(play.ms_played);
    if (before != nullptr) {
      const auto since = std::chrono::floor<milliseconds>(play.played_at - before->played_at);
      ms = std::min<std::int64_t>(ms, since.count());
    }
    play.ms_played = ms;
    play.ms_estimated = true;
    play.started_at = play.played_at - milliseconds(ms);
  }
}

MergeResult merge_plays(const std::vector<lake::Play>& known,
                        const std::vector<lake::Play>& incoming, const base::Zone& zone) {
  std::unordered_map<std::string, lake::Play> by_id;
  by_id.reserve(known.size() + incoming.size());
  for (const auto* rows : {&known, &incoming}) {
    for (const auto& row : *rows) {
      auto play = as_told(row);
      const auto [at, is_new] = by_id.try_emplace(play.play_id, play);
      if (!is_new) at->second = better_of(at->second, play);
    }
  }
  std::vector<lake::Play> plays;
  plays.reserve(by_id.size());
  for (auto& [id, play] : by_id) plays.push_back(std::move(play));
  take_covered(plays);
  settle_recent(plays);

  MergeResult result;
  auto gone = ids_of(known);
  for (auto& play : plays) {
    localize(play, zone);
    if (gone.erase(play.play_id) == 0) ++result.counts.added;
    result.years[base::utc_year(play.played_at)].push_back(std::move(play));
  }
  result.counts.displaced = static_cast<std::int64_t>(gone.size());
  result.counts.duplicates = static_cast<std::int64_t>(incoming.size()) - result.counts.added;
  return result;
}

std::set<int> affected_years(const std::vector<lake::Play>& incoming) {
  std::set<int> years;
  for (const auto& play : incoming) {
    for (const auto at : {play.played_at - kReach, play.played_at, play.played_at + kReach}) {
      years.insert(base::utc_year(at));
    }
  }
  return years;
}

}  // namespace soundlake::history
