// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/collector.hpp"

#include "soundlake/spotify/test_json.hpp"

#include <gmock/gmock.h>

namespace soundlake::spotify {
namespace {

struct CollectorTest : testing::Test {
  const base::Instant noon = *base::parse_utc("2026-11-23T12:00:00Z");
  Collector collector;

  Extraction found() const {
    Extraction extraction;
    collector.into(extraction);
    return extraction;
  }
  void track(const std::string& text, base::Instant at, const char* method = "GET /x") {
    collector.add(*read_track(json(text).root()), {at, method});
  }
  static const facts::Answer* answer(const Extraction& extraction, const std::string& entity,
                                     const std::string& field) {
    for (const facts::Answer& each : extraction.answers) {
      if (each.entity == entity && each.field == field) return &each;
    }
    return nullptr;
  }
};

const std::string kTrack =
    R"({"id":"t","uri":"spotify:track:t","name":"Song","duration_ms":200000,"popularity":0,"external_ids":{"isrc":"X1"},
        "artists":[{"id":"a","name":"Ann"},{"id":"b","name":"Bea"}],
        "album":{"id":"l","name":"LP","release_date":"2019-05","total_tracks":9,"artists":[{"id":"a","name":"Ann"}]}})";

TEST_F(CollectorTest, MakesOneRowEachAndAFactOfEveryValue) {
  track(kTrack, noon, "GET /me/top/tracks");
  track(kTrack, noon);
  const Extraction extraction = found();
  ASSERT_EQ(extraction.artists.size(), 2u);
  ASSERT_EQ(extraction.albums.size(), 1u);
  ASSERT_EQ(extraction.tracks.size(), 1u);
  EXPECT_EQ(extraction.tracks[0].artist_key, "a");
  EXPECT_EQ(extraction.tracks[0].album_name, "LP");
  EXPECT_FALSE(extraction.tracks[0].duration_ms.value);  // comes from the chosen facts
  const auto* popularity = answer(extraction, facts::track_entity("t"), "popularity");
  ASSERT_NE(popularity, nullptr);
  EXPECT_EQ(popularity->value, "0");
  EXPECT_EQ(popularity->source, "spotify");
  EXPECT_EQ(popularity->method, "GET /me/top/tracks");
  EXPECT_EQ(popularity->fetched_at, noon);
  EXPECT_GT(popularity->expires_at, noon);
  EXPECT_EQ(answer(extraction, facts::album_entity("l"), "release_date")->value, "2019-05");
  EXPECT_EQ(answer(extraction, facts::album_entity("l"), "total_tracks")->value, "9");
  EXPECT_EQ(answer(extraction, facts::track_entity("t"), "isrc")->value, "X1");
}

TEST_F(CollectorTest, SaysNothingAboutWhatSpotifyDidNotTell) {
  track(R"({"id":"t","artists":[{"id":"a","genres":[]}]})", noon);
  EXPECT_TRUE(found().answers.empty());
}

TEST_F(CollectorTest, BelievesTheNewestAnswerInAnyOrder) {
  const std::string newer = R"({"id":"t","name":"Song, renamed","popularity":51})";
  track(newer, noon + std::chrono::hours(1));
  track(kTrack, noon);
  EXPECT_EQ(found().tracks[0].name, "Song, renamed");
  EXPECT_EQ(answer(found(), facts::track_entity("t"), "popularity")->value, "51");
  EXPECT_EQ(found().tracks[0].artist_name, "Ann");  // what only the older one told stays
}

TEST_F(CollectorTest, NamesTheSameEndpointWhicheverAnsweredFirst) {
  track(kTrack, noon + std::chrono::seconds(1), "GET /a");
  track(kTrack, noon, "GET /b");
  EXPECT_EQ(answer(found(), facts::track_entity("t"), "isrc")->method, "GET /a");
  Collector other;
  other.add(*read_track(json(kTrack).root()), {noon, "GET /b"});
  other.add(*read_track(json(kTrack).root()), {noon + std::chrono::seconds(1), "GET /a"});
  Extraction extraction;
  other.into(extraction);
  EXPECT_EQ(answer(extraction, facts::track_entity("t"), "isrc")->method, "GET /a");
}

TEST_F(CollectorTest, KeepsTempoExactlyAndLocalFilesOut) {
  collector.add(AudioFeatureObject{.id = "t", .bpm = 114.944, .mode = "minor", .tonic = 0},
                {noon, "GET /audio-features"});
  EXPECT_EQ(answer(found(), facts::track_entity("t"), "bpm")->value, "114.944");
  EXPECT_EQ(answer(found(), facts::track_entity("t"), "tonic")->value, "0");
  track(R"({"id":null,"uri":"spotify:local:x","name":"x"})", noon);
  EXPECT_TRUE(found().tracks.empty());
}

}  // namespace
}  // namespace soundlake::spotify
