// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/coverage.hpp"

#include <gmock/gmock.h>

namespace soundlake::history {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using namespace std::chrono_literals;

lake::Play play(const std::string& source, const std::string& played_at,
                lake::Text uri = std::nullopt) {
  lake::Play made;
  made.source = source;
  made.played_at = *base::parse_utc(played_at);
  made.ms_played = 200'000;
  made.track_name = "Halo";
  made.artist_name = "Beyoncé";
  made.spotify_uri = std::move(uri);
  made.play_id = source + ' ' + played_at;
  return made;
}

std::vector<std::string> kept(std::vector<lake::Play> plays) {
  take_covered(plays);
  std::vector<std::string> ids;
  for (const auto& each : plays) ids.push_back(each.play_id);
  return ids;
}

TEST(Coverage, ExtendedCoversRecentWithin90Seconds) {
  const auto extended = play("extended", "2026-03-01T10:00:00Z", "spotify:track:1");
  for (const auto& [at, covered] :
       std::vector<std::pair<std::string, bool>>{{"2026-03-01T10:00:00Z", true},
                                                 {"2026-03-01T10:01:30Z", true},
                                                 {"2026-03-01T09:58:30Z", true},
                                                 {"2026-03-01T10:01:30.001Z", false},
                                                 {"2026-03-01T09:58:29.999Z", false}}) {
    EXPECT_EQ(extended_covers_recent(extended, play("recent", at, "spotify:track:1")), covered)
        << at;
  }
}

TEST(Coverage, AnotherUriIsAnotherContentWhateverTheNames) {
  const auto extended = play("extended", "2026-03-01T10:00:00Z", "spotify:track:1");
  EXPECT_FALSE(
      extended_covers_recent(extended, play("recent", "2026-03-01T10:00:00Z", "spotify:track:2")));
  auto renamed = play("recent", "2026-03-01T10:00:00Z", "spotify:track:1");
  renamed.track_name = "Halo (Live)";
  EXPECT_TRUE(extended_covers_recent(extended, renamed));
  EXPECT_TRUE(extended_covers_recent(extended, play("recent", "2026-03-01T10:00:00Z")));
}

TEST(Coverage, NamesCompareFolded) {
  auto account = play("account", "2026-03-01 10:00");
  account.artist_name = "BEYONCE";
  EXPECT_TRUE(extended_covers_account(play("extended", "2026-03-01T10:00:59Z"), account));
  EXPECT_TRUE(recent_covers_account(play("recent", "2026-03-01T10:00:59.9Z"), account));
  account.artist_name = "Someone else";
  EXPECT_FALSE(extended_covers_account(play("extended", "2026-03-01T10:00:59Z"), account));
  EXPECT_FALSE(recent_covers_account(play("recent", "2026-03-01T10:00:59.9Z"), account));
}

TEST(Coverage, ExtendedCoversAccountInTheSameOrATouchingMinute) {
  const auto account = play("account", "2026-03-01 10:00");
  for (const auto& [at, covered] :
       std::vector<std::pair<std::string, bool>>{{"2026-03-01T09:59:00Z", true},
                                                 {"2026-03-01T10:01:59Z", true},
                                                 {"2026-03-01T09:58:59Z", false},
                                                 {"2026-03-01T10:02:00Z", false}}) {
    EXPECT_EQ(extended_covers_account(play("extended", at), account), covered) << at;
    EXPECT_EQ(recent_covers_account(play("recent", at), account), covered) << at;
  }
}

TEST(Coverage, AnotherLengthIsAnotherPlayOnlyWhereBothTellIt) {
  auto account = play("account", "2026-03-01 10:00");
  account.ms_played = 199'999;
  EXPECT_FALSE(extended_covers_account(play("extended", "2026-03-01T10:00:00Z"), account));
  EXPECT_TRUE(recent_covers_account(play("recent", "2026-03-01T10:00:00Z"), account));
}

TEST(Coverage, AnAccountRowOfAPodcastIsCoveredByTheEpisode) {
  auto account = play("account", "2022-03-01 10:00");
  account.track_name = "Episode 1";
  account.artist_name = "The Show";
  auto episode = play("extended", "2022-03-01T10:00:10Z");
  episode.track_name.reset();
  episode.artist_name.reset();
  episode.episode_name = "Episode 1";
  episode.show_name = "The Show";
  EXPECT_TRUE(extended_covers_account(episode, account));
}

TEST(Coverage, RowsWithoutContentCoverNothing) {
  auto nameless = play("extended", "2026-03-01T10:00:00Z");
  nameless.track_name.reset();
  nameless.artist_name.reset();
  auto account = nameless;
  account.source = "account";
  auto recent = nameless;
  recent.source = "recent";
  EXPECT_THAT(kept({nameless, account, recent}), SizeIs(3));
}

TEST(Coverage, EachPlayOfThreeSourcesStaysOnce) {
  EXPECT_THAT(kept({play("account", "2026-03-01 10:00"),
                    play("recent", "2026-03-01T10:00:30.5Z", "spotify:track:1"),
                    play("extended", "2026-03-01T10:00:30Z", "spotify:track:1")}),
              ElementsAre("extended 2026-03-01T10:00:30Z"));
  EXPECT_THAT(kept({play("account", "2026-03-01 10:00"), play("recent", "2026-03-01T10:00:30.5Z")}),
              ElementsAre("recent 2026-03-01T10:00:30.5Z"));
}

TEST(Coverage, OneRowMayCoverSeveral) {
  EXPECT_THAT(kept({play("account", "2026-03-01 10:00"), play("account", "2026-03-01 10:01"),
                    play("extended", "2026-03-01T10:00:30Z")}),
              ElementsAre("extended 2026-03-01T10:00:30Z"));
}

TEST(Coverage, RowsOfOneSourceNeverCoverEachOther) {
  EXPECT_THAT(
      kept({play("extended", "2026-03-01T10:00:00Z"), play("extended", "2026-03-01T10:00:01Z"),
            play("account", "2027-03-01 10:00"), play("account", "2027-03-01 10:01"),
            play("recent", "2028-03-01T10:00:00Z"), play("recent", "2028-03-01T10:00:01Z")}),
      SizeIs(6));
}

TEST(Coverage, WhatIsTakenOutIsHandedBack) {
  std::vector<lake::Play> plays{play("account", "2026-03-01 10:00"),
                                play("extended", "2026-03-01T10:00:30Z")};
  EXPECT_THAT(take_covered(plays), SizeIs(1));
  EXPECT_THAT(take_covered(plays), IsEmpty());
}

}  // namespace
}  // namespace soundlake::history
