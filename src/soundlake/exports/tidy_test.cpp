// SPDX-License-Identifier: Apache-2.0
#include "soundlake/exports/tidy.hpp"

#include "soundlake/exports/sample_rows.hpp"

#include <gmock/gmock.h>

namespace soundlake::exports {
namespace {

std::vector<CompiledArtist> two_artists() {
  auto artists = compile_artists(sample::two_artists());
  artists[0].name = "=1+1";
  return artists;
}

TEST(TidyTables, Artists) {
  EXPECT_EQ(csv_text(artists_table(two_artists())),
            "artist_rank,artist_key,artist_id,artist_name,genres,genres_source,popularity,"
            "popularity_source,artist_ranking_source\r\n"
            "1,a,a,=1+1,rock; art pop,musicbrainz,0,spotify,spotify\r\n"
            "2,b,b,Listed b,,,,,spotify\r\n");
}

TEST(TidyTables, ArtistAlbums) {
  EXPECT_EQ(csv_text(artist_albums_table(two_artists())),
            "artist_rank,artist_key,artist_id,artist_name,album_rank,album_id,album_name,"
            "release_date,release_date_source,total_tracks,total_tracks_source,"
            "album_ranking_source\r\n"
            "1,a,a,=1+1,1,al,Album al,2019,spotify,7,spotify,spotify\r\n");
}

TEST(TidyTables, ArtistTopTracks) {
  EXPECT_EQ(csv_text(artist_top_tracks_table(two_artists())),
            "artist_rank,artist_key,artist_id,artist_name,track_rank,track_id,track_name,"
            "duration_ms,duration_min_sec,duration_source,bpm,bpm_source,mode,mode_source,"
            "track_ranking_source\r\n"
            "1,a,a,=1+1,1,t,Track t,3720999,62:00,spotify,136.902,reccobeats,minor,reccobeats,"
            "listener\r\n");
}

TEST(TidyTables, TheWideTableKeepsArtistsWithoutTracks) {
  EXPECT_EQ(csv_text(top_artists_wide_table(two_artists())),
            "artist_rank,artist_key,artist_id,artist_name,genres,genres_source,popularity,"
            "popularity_source,artist_ranking_source,track_rank,track_id,track_name,duration_ms,"
            "duration_min_sec,duration_source,bpm,bpm_source,mode,mode_source,"
            "track_ranking_source\r\n"
            "1,a,a,=1+1,rock; art pop,musicbrainz,0,spotify,spotify,1,t,Track t,3720999,62:00,"
            "spotify,136.902,reccobeats,minor,reccobeats,listener\r\n"
            "2,b,b,Listed b,,,,,spotify,,,,,,,,,,,\r\n");
}

TEST(TidyTables, TopTracks) {
  CompiledTopTrack top;
  top.snapshot_date = sample::day("2026-03-01");
  top.time_range = "short_term";
  top.rank = 1;
  top.track.name = "-";
  top.artist_name = "+44";
  top.ranking_source = "spotify";
  EXPECT_EQ(csv_text(top_tracks_table({top})),
            "snapshot_date,time_range,track_rank,track_id,track_name,duration_ms,duration_min_sec,"
            "duration_source,bpm,bpm_source,mode,mode_source,artist_id,artist_name,album_id,"
            "album_name,popularity,popularity_source,track_ranking_source\r\n"
            "2026-03-01,short_term,1,,-,,,,,,,,,+44,,,,,spotify\r\n");
}

TEST(TidyTables, EveryRowHasACellPerColumn) {
  for (const auto& table :
       {artists_table(two_artists()), artist_albums_table(two_artists()),
        artist_top_tracks_table(two_artists()), top_artists_wide_table(two_artists()),
        top_tracks_table({CompiledTopTrack{}})}) {
    for (const auto& row : table.rows) EXPECT_EQ(row.size(), table.header.size());
  }
}

TEST(TidyTables, WithoutArtistsOnlyTheHeaderStands) {
  EXPECT_TRUE(artists_table({}).rows.empty());
  EXPECT_TRUE(top_artists_wide_table({}).rows.empty());
  EXPECT_TRUE(top_tracks_table({}).rows.empty());
}

}  // namespace
}  // namespace soundlake::exports
