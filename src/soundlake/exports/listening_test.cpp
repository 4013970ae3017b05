// SPDX-License-Identifier: Apache-2.0
#include "soundlake/exports/listening.hpp"

#include "soundlake/exports/sample_rows.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace soundlake::exports {
namespace {

using sample::play;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> artists(const RecentListening& listening) {
  std::vector<std::string> names;
  for (const auto& heard : listening.artists) names.push_back(heard.artist.name);
  return names;
}

TEST(RecentListening, CountsTheNewest28DaysOnly) {
  const auto listening =
      recent_listening({play("2026-03-28", "Today", "t", 1), play("2026-03-01", "28th day", "t", 2),
                        play("2026-02-28", "29th day", "t", 3)});
  EXPECT_EQ(listening.until, sample::day("2026-03-28"));
  EXPECT_THAT(artists(listening), ElementsAre("28th day", "Today"));
}

TEST(RecentListening, MoreTimeThenMorePlaysThenTheNameDecide) {
  EXPECT_THAT(artists(recent_listening(
                  {play("2026-03-28", "b", "t", 100), play("2026-03-28", "twice", "t", 50),
                   play("2026-03-28", "twice", "t", 50), play("2026-03-28", "a", "t", 100),
                   play("2026-03-28", "most", "t", 101)})),
              ElementsAre("most", "twice", "a", "b"));
}

TEST(RecentListening, OnlyMusicCounts) {
  auto episode = play("2026-03-28", "Show", "Episode", 1000);
  episode.kind = "episode";
  auto nameless = play("2026-03-29", "x", "y", 1000);
  nameless.artist_name.reset();
  auto video = play("2026-03-28", "Video", "t", 1);
  video.kind = "video";
  EXPECT_THAT(artists(recent_listening({episode, nameless, video})), ElementsAre("Video"));
}

TEST(RecentListening, ATrackUnderSeveralUrisIsOne) {
  std::vector<lake::Play> plays{play("2026-03-28", "A", "t", 10), play("2026-03-28", "A", "t", 20),
                                play("2026-03-28", "A", "t", 5)};
  plays[0].spotify_uri = "spotify:track:first";
  plays[1].spotify_uri = "spotify:track:most";
  plays[2].spotify_uri = "spotify:local:x";
  const auto listening = recent_listening(plays);
  ASSERT_THAT(listening.tracks, testing::SizeIs(1));
  EXPECT_EQ(listening.tracks[0].ms, 35);
  EXPECT_EQ(listening.tracks[0].plays, 3);
  EXPECT_EQ(listening.tracks[0].track_id, "most");
}

TEST(RecentListening, TheOrderOfThePlaysDoesNotMatter) {
  std::vector<lake::Play> plays{play("2026-03-28", "A", "t", 10, "x"),
                                play("2026-03-27", "B", "u", 10, "x"),
                                play("2026-03-26", "A", "v", 30)};
  const auto forward = artists(recent_listening(plays));
  std::reverse(plays.begin(), plays.end());
  EXPECT_EQ(artists(recent_listening(plays)), forward);
}

TEST(RecentListening, NoPlaysGiveNothing) {
  EXPECT_THAT(recent_listening({}).artists, IsEmpty());
}

}  // namespace
}  // namespace soundlake::exports
