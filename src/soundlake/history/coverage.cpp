// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/coverage.hpp"

#include "soundlake/base/text.hpp"

#include <algorithm>
#include <tuple>

namespace soundlake::history {
namespace {

using std::chrono::minutes;

bool minutes_touch(const PlayView& a, const PlayView& b) {
  const auto apart =
      std::chrono::floor<minutes>(a.played_at) - std::chrono::floor<minutes>(b.played_at);
  return std::chrono::abs(apart) <= minutes(1);
}

/// The names that account data also tells.
struct Names {
  PlayView::Text title;
  std::string_view by;
};

Names names_of(const PlayView& play) {
  const auto text = [](const PlayView::Text& name) { return name.value_or(std::string_view{}); };
  if (play.track_name) return {play.track_name, text(play.artist_name)};
  if (play.episode_name) return {play.episode_name, text(play.show_name)};
  return {play.chapter_name, text(play.audiobook_name)};
}

bool same_names(const PlayView& a, const PlayView& b, FoldedTexts& folded) {
  const auto of_a = names_of(a);
  const auto of_b = names_of(b);
  if (!of_a.title || !of_b.title) return false;
  const auto same = [&](std::string_view one, std::string_view other) {
    return one == other || folded.of(one) == folded.of(other);
  };
  return same(*of_a.title, *of_b.title) && same(of_a.by, of_b.by);
}

bool same_content(const PlayView& a, const PlayView& b, FoldedTexts& folded) {
  if (a.spotify_uri && b.spotify_uri) return *a.spotify_uri == *b.spotify_uri;
  return same_names(a, b, folded);
}

bool extended_covers_recent(const PlayView& extended, const PlayView& recent, FoldedTexts& folded) {
  return std::chrono::abs(extended.played_at - recent.played_at) <= kRecentTolerance &&
         same_content(extended, recent, folded);
}

bool extended_covers_account(const PlayView& extended, const PlayView& account,
                             FoldedTexts& folded) {
  return extended.ms_played == account.ms_played && minutes_touch(extended, account) &&
         same_names(extended, account, folded);
}

bool recent_covers_account(const PlayView& recent, const PlayView& account, FoldedTexts& folded) {
  return minutes_touch(recent, account) && same_names(recent, account, folded);
}

/// Moves out of `plays` (sorted by time) every row that a row of the source `better` covers.
void take_covered_by(const std::string& better, std::vector<lake::Play>& plays,
                     std::vector<lake::Play>& taken) {
  FoldedTexts folded;
  const auto covered = [&](const lake::Play& row) {
    auto other = std::lower_bound(
        plays.begin(), plays.end(), row.played_at - kCoverageReach,
        [](const lake::Play& play, base::Instant at) { return play.played_at < at; });
    for (; other != plays.end() && other->played_at <= row.played_at + kCoverageReach; ++other) {
      if (other->source == better && covers(view_of(*other), view_of(row), folded)) return true;
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

const std::string& FoldedTexts::of(std::string_view text) {
  const auto [at, is_new] = folded_.try_emplace(text);
  if (is_new) at->second = base::fold(text);
  return at->second;
}

bool covers(const PlayView& better, const PlayView& row, FoldedTexts& folded) {
  if (better.source == "extended") {
    if (row.source == "recent") return extended_covers_recent(better, row, folded);
    if (row.source == "account") return extended_covers_account(better, row, folded);
  }
  return better.source == "recent" && row.source == "account" &&
         recent_covers_account(better, row, folded);
}

bool extended_covers_recent(const lake::Play& extended, const lake::Play& recent) {
  FoldedTexts folded;
  return extended_covers_recent(view_of(extended), view_of(recent), folded);
}

bool extended_covers_account(const lake::Play& extended, const lake::Play& account) {
  FoldedTexts folded;
  return extended_covers_account(view_of(extended), view_of(account), folded);
}

bool recent_covers_account(const lake::Play& recent, const lake::Play& account) {
  FoldedTexts folded;
  return recent_covers_account(view_of(recent), view_of(account), folded);
}

std::string folded_names(const lake::Play& play) {
  const auto names = names_of(view_of(play));
  return names.title ? base::fold(*names.title) + '\0' + base::fold(names.by) : std::string();
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
