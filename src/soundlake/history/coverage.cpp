// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/coverage.hpp"

#include "soundlake/base/text.hpp"

#include <algorithm>
#include <tuple>

namespace soundlake::history {
namespace {

using std::chrono::minutes;

bool minutes_touch(const lake::Play& a, const lake::Play& b) {
  const auto apart =
      std::chrono::floor<minutes>(a.played_at) - std::chrono::floor<minutes>(b.played_at);
  return std::chrono::abs(apart) <= minutes(1);
}

bool same_names(const lake::Play& a, const lake::Play& b) {
  const auto names = folded_names(a);
  return !names.empty() && names == folded_names(b);
}

bool same_content(const lake::Play& a, const lake::Play& b) {
  if (a.spotify_uri && b.spotify_uri) return *a.spotify_uri == *b.spotify_uri;
  return same_names(a, b);
}

bool covers(const lake::Play& better, const lake::Play& row) {
  if (better.source == "extended") {
    if (row.source == "recent") return extended_covers_recent(better, row);
    if (row.source == "account") return extended_covers_account(better, row);
  }
  return better.source == "recent" && row.source == "account" && recent_covers_account(better, row);
}

/// Moves out of `plays` (sorted by time) every row that a row of the source `better` covers.
void take_covered_by(const std::string& better, std::vector<lake::Play>& plays,
                     std::vector<lake::Play>& taken) {
  // Wide enough for every rule: minutes that touch lie less than two minutes apart.
  constexpr minutes kWindow{2};
  const auto covered = [&](const lake::Play& row) {
    auto other = std::lower_bound(
        plays.begin(), plays.end(), row.played_at - kWindow,
        [](const lake::Play& play, base::Instant at) { return play.played_at < at; });
    for (; other != plays.end() && other->played_at <= row.played_at + kWindow; ++other) {
      if (other->source == better && covers(*other, row)) return true;
    }
    return false;
  };
  std::vector<bool> leaves(plays.size());
  for (std::size_t i = 0; i < plays.size(); ++i) {
    leaves[i] = plays[i].source != "extended" && plays[i].source != better && covered(plays[i]);
  }
  std::vector<lake::Play> stay;
  stay.reserve(plays.size());
  for (std::size_t i = 0; i < plays.size(); ++i) {
    (leaves[i] ? taken : stay).push_back(std::move(plays[i]));
  }
  plays = std::move(stay);
}

}  // namespace

bool extended_covers_recent(const lake::Play& extended, const lake::Play& recent) {
  return std::chrono::abs(extended.played_at - recent.played_at) <= kRecentTolerance &&
         same_content(extended, recent);
}

bool extended_covers_account(const lake::Play& extended, const lake::Play& account) {
  return extended.ms_played == account.ms_played && minutes_touch(extended, account) &&
         same_names(extended, account);
}

bool recent_covers_account(const lake::Play& recent, const lake::Play& account) {
  return minutes_touch(recent, account) && same_names(recent, account);
}

std::string folded_names(const lake::Play& play) {
  const auto join = [](const lake::Text& title, const lake::Text& by) {
    return base::fold(*title) + '\0' + base::fold(by.value_or(""));
  };
  if (play.track_name) return join(play.track_name, play.artist_name);
  if (play.episode_name) return join(play.episode_name, play.show_name);
  if (play.chapter_name) return join(play.chapter_name, play.audiobook_name);
  return {};
}

std::vector<lake::Play> take_covered(std::vector<lake::Play>& plays) {
  std::sort(plays.begin(), plays.end(), [](const lake::Play& a, const lake::Play& b) {
    return std::tie(a.played_at, a.play_id) < std::tie(b.played_at, b.play_id);
  });
  std::vector<lake::Play> taken;
  take_covered_by("extended", plays, taken);
  take_covered_by("recent", plays, taken);
  return taken;
}

}  // namespace soundlake::history
