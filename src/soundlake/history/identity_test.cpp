// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/identity.hpp"

#include <gmock/gmock.h>

namespace soundlake::history {
namespace {

using namespace std::chrono_literals;

lake::Play extended(const std::string& ts, std::int64_t ms = 200'000,
                    lake::Text uri = "spotify:track:1") {
  lake::Play play;
  play.source = "extended";
  play.reported_at = ts;
  play.played_at = *base::parse_utc(ts);
  play.ms_played = ms;
  play.started_at = play.played_at - std::chrono::milliseconds(ms);
  play.kind = uri ? "track" : "unknown";
  play.spotify_uri = std::move(uri);
  return play;
}

/// Uploaded at `ts`, played from `start` on.
lake::Play offline(const std::string& ts, const std::string& start, std::int64_t ms = 200'000) {
  auto play = extended(ts, ms);
  play.started_at = *base::parse_utc(start);
  play.played_at = play.started_at + std::chrono::milliseconds(ms);
  return play;
}

lake::Play recent(const std::string& played_at) {
  auto play = extended(played_at);
  play.source = "recent";
  return play;
}

TEST(PlayIdentity, AnExtendedPlayIsItsContentLengthAndEnd) {
  const auto play = extended("2024-05-01T10:00:00Z");
  EXPECT_EQ(play_id_of(play), play_id_of(extended("2024-05-01 10:00:00")));
  EXPECT_NE(play_id_of(play), play_id_of(extended("2024-05-01T10:00:01Z")));
  EXPECT_NE(play_id_of(play), play_id_of(extended("2024-05-01T10:00:00Z", 199'999)));
  EXPECT_NE(play_id_of(play),
            play_id_of(extended("2024-05-01T10:00:00Z", 200'000, "spotify:track:2")));
}

TEST(PlayIdentity, WhatElseARowKnowsDoesNotMatter) {
  auto play = extended("2024-05-01T10:00:00Z");
  const auto id = play_id_of(play);
  play.track_name = "renamed since";
  play.platform = "android";
  play.skipped = true;
  EXPECT_EQ(play_id_of(play), id);
}

TEST(PlayIdentity, WithoutAUriTheNamesAreTheContent) {
  auto play = extended("2024-05-01T10:00:00Z", 1, std::nullopt);
  play.track_name = "a";
  play.artist_name = "bc";
  auto other = play;
  other.track_name = "ab";
  other.artist_name = "c";
  EXPECT_NE(play_id_of(play), play_id_of(other));
  other = play;
  other.artist_name.reset();
  other.show_name = "bc";
  EXPECT_NE(play_id_of(play), play_id_of(other));
}

TEST(PlayIdentity, ARowWithoutContentIsStillAPlay) {
  const auto play = extended("2024-05-01T10:00:00Z", 1, std::nullopt);
  EXPECT_EQ(content_of(play), "");
  EXPECT_NE(play_id_of(play), play_id_of(extended("2024-05-01T10:00:01Z", 1, std::nullopt)));
}

TEST(PlayIdentity, OfflinePlaysUploadedTogetherStayApart) {
  EXPECT_NE(play_id_of(offline("2020-05-01T10:00:00Z", "2020-05-01T07:00:00.497Z")),
            play_id_of(offline("2020-05-01T10:00:00Z", "2020-05-01T07:00:00.498Z")));
}

TEST(PlayIdentity, AnOfflinePlayUploadedTwiceIsOne) {
  EXPECT_EQ(play_id_of(offline("2020-05-01T10:00:00Z", "2020-05-01T07:00:00.497Z")),
            play_id_of(offline("2020-05-03T12:00:00Z", "2020-05-01T07:00:00.497Z")));
}

TEST(PlayIdentity, ARecentPlayIsItsContentAndItsEndInMilliseconds) {
  const auto play = recent("2026-03-01T10:00:00.589Z");
  auto estimated_otherwise = play;
  estimated_otherwise.ms_played = 7;
  estimated_otherwise.started_at = play.played_at - 7ms;
  EXPECT_EQ(play_id_of(play), play_id_of(estimated_otherwise));
  EXPECT_NE(play_id_of(play), play_id_of(recent("2026-03-01T10:00:00.590Z")));
}

TEST(PlayIdentity, AnAccountPlayIsItsNamesLengthAndMinute) {
  auto play = extended("2024-05-01 10:00", 5, std::nullopt);
  play.source = "account";
  play.track_name = "T";
  play.artist_name = "A";
  auto other = play;
  EXPECT_EQ(play_id_of(play), play_id_of(other));
  other.played_at += 1min;
  EXPECT_NE(play_id_of(play), play_id_of(other));
}

TEST(PlayIdentity, TheSourceIsPartOfIt) {
  auto play = recent("2024-05-01T10:00:00Z");
  const auto id = play_id_of(play);
  play.source = "extended";
  EXPECT_NE(play_id_of(play), id);
}

TEST(PlayIdentity, TheIdIsStable) {
  // Stored in every lake: another value would make each play come in a second time.
  EXPECT_EQ(play_id_of(extended("2024-05-01T10:00:00Z")), "c78832988df1d9a4");
  EXPECT_EQ(play_id_of(recent("2026-03-01T10:00:00.589Z")), "1d8b797759dd9d87");
}

TEST(BetterRow, TheOneThatKnowsMoreStaysWhateverTheOrder) {
  const auto bare = extended("2024-05-01T10:00:00Z");
  auto rich = bare;
  rich.country = "DE";
  EXPECT_EQ(better_of(bare, rich), rich);
  EXPECT_EQ(better_of(rich, bare), rich);
  auto other = bare;
  other.country = "AT";
  EXPECT_EQ(better_of(other, rich), better_of(rich, other));
}

TEST(Localize, TheDateIsThatOfTheStartInTheZone) {
  auto play = extended("2026-03-29T22:10:00Z", 15 * 60'000);
  localize(play, base::Zone::named("Europe/Berlin"));
  EXPECT_EQ(base::format_day(play.local_date), "2026-03-29");
  EXPECT_EQ(play.utc_offset_min, 120);
  localize(play, base::Zone::named("Asia/Kathmandu"));
  EXPECT_EQ(base::format_day(play.local_date), "2026-03-30");
  EXPECT_EQ(play.utc_offset_min, 345);
}

TEST(Localize, TheOffsetIsThatBeforeAClockChangeWithinThePlay) {
  auto play = extended("2026-03-29T01:05:00Z", 10 * 60'000);
  localize(play, base::Zone::named("Europe/Berlin"));
  EXPECT_EQ(play.utc_offset_min, 60);
}

}  // namespace
}  // namespace soundlake::history
