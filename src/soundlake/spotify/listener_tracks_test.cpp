// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/listener_tracks.hpp"

#include <gmock/gmock.h>

namespace soundlake::spotify {
namespace {

using testing::ElementsAre;

const base::Day kMonday = *base::parse_day("2026-11-23");
const base::Instant kNoon = *base::parse_utc("2026-11-23T12:00:00Z");

struct ListenerTracks : testing::Test {
  std::vector<lake::TopArtist> artists;
  std::vector<lake::TopTrack> top;
  std::vector<lake::Play> plays;
  std::vector<lake::Track> tracks;

  void artist(const std::string& id, const char* range = "short_term", base::Day day = kMonday) {
    lake::TopArtist row;
    row.snapshot_date = day;
    row.time_range = range;
    row.rank = static_cast<std::int32_t>(artists.size()) + 1;
    row.id = id;
    artists.push_back(row);
  }
  void top_track(const std::string& id, const std::string& artist_id, const char* range, int rank,
                 base::Day day = kMonday, const std::string& name = "") {
    lake::TopTrack row;
    row.snapshot_date = day;
    row.time_range = range;
    row.rank = rank;
    row.id = id;
    row.name = name.empty() ? id : name;
    row.artist_id = artist_id;
    top.push_back(row);
  }
  void track(const std::string& id, const std::string& artist_key,
             const std::string& artist_name = "Same") {
    lake::Track row;
    row.key = id;
    row.id = id;
    row.name = "played " + id;
    row.artist_key = artist_key;
    row.artist_name = artist_name;
    tracks.push_back(row);
  }
  void play(const std::string& id, int minutes_ago, std::int64_t ms = 200'000) {
    lake::Play row;
    row.spotify_uri = "spotify:track:" + id;
    row.artist_name = "Same";
    row.played_at = kNoon - std::chrono::minutes(minutes_ago);
    row.ms_played = ms;
    plays.push_back(row);
  }
  std::vector<std::string> of(const std::string& artist_id) const {
    std::vector<std::string> result;
    for (const TrackList& list : listener_tracks(artists, top, plays, tracks)) {
      if (list.artist_key != artist_id) continue;
      for (const auto& row : list.rows) {
        EXPECT_EQ(row.ranking_source, "listener");
        EXPECT_EQ(row.rank, static_cast<std::int32_t>(result.size()) + 1);
        result.push_back(*row.track_id);
      }
    }
    return result;
  }
};

TEST_F(ListenerTracks, AreTheTopListsShortFirstAndThenThePlays) {
  artist("a");
  top_track("long", "a", "long_term", 1);
  top_track("short2", "a", "short_term", 2);
  top_track("short1", "a", "short_term", 1);
  top_track("medium", "a", "medium_term", 1);
  for (const char* id : {"once", "twice", "skipped"}) track(id, "a");
  play("once", 1);
  play("twice", 2);
  play("twice", 3);
  play("skipped", 4, 29'999);
  EXPECT_THAT(of("a"), ElementsAre("short1", "short2", "medium", "long", "twice", "once"));
}

TEST_F(ListenerTracks, ComeFromTheNewestListOfEachRange) {
  artist("a");
  top_track("yesterday", "a", "short_term", 1, kMonday - std::chrono::days(1));
  top_track("today", "a", "short_term", 1);
  EXPECT_THAT(of("a"), ElementsAre("today"));
}

TEST_F(ListenerTracks, MatchArtistsByIdAndNeverByName) {
  artist("a");
  artist("b");
  track("of a", "a", "Same");
  track("of b", "b", "Same");
  play("of a", 1);
  play("of b", 2);
  EXPECT_THAT(of("a"), ElementsAre("of a"));
  EXPECT_THAT(of("b"), ElementsAre("of b"));
}

TEST_F(ListenerTracks, TakeASongOnceAndTenAtMost) {
  artist("a");
  top_track("single", "a", "short_term", 1, kMonday, "Song");
  top_track("album", "a", "short_term", 2, kMonday, "SONG");
  EXPECT_THAT(of("a"), ElementsAre("single"));
  for (int i = 3; i < 20; ++i) top_track("t" + std::to_string(i), "a", "short_term", i);
  EXPECT_EQ(of("a").size(), 10u);
}

TEST_F(ListenerTracks, AreForArtistsOfTheTopListsOnly) {
  artist("a", "long_term");
  top_track("t", "a", "short_term", 1);
  top_track("u", "somebody else", "short_term", 2);
  EXPECT_THAT(of("a"), ElementsAre("t"));
  EXPECT_TRUE(of("somebody else").empty());
}

}  // namespace
}  // namespace soundlake::spotify
