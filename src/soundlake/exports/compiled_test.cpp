// SPDX-License-Identifier: Apache-2.0
#include "soundlake/exports/compiled.hpp"

#include "soundlake/exports/sample_rows.hpp"
#include "soundlake/lake/keys.hpp"

#include <gmock/gmock.h>

namespace soundlake::exports {
namespace {

using namespace sample;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;
using testing::SizeIs;

std::vector<std::string> names(const auto& list) {
  std::vector<std::string> found;
  for (const auto& each : list) found.push_back(each.name.value_or("null"));
  return found;
}

TEST(CompileArtists, TheLatestShortTermSnapshotGivesTheArtistsInRankOrder) {
  ExportInput input;
  input.top_artists = {top_artist("2026-03-01", 2, "b"), top_artist("2026-03-01", 1, "a"),
                       top_artist("2026-02-28", 1, "older"),
                       top_artist("2026-03-02", 1, "long", "long_term")};
  EXPECT_THAT(names(compile_artists(input)), ElementsAre("Listed a", "Listed b"));
}

TEST(CompileArtists, FiftyAtMost) {
  ExportInput input;
  for (int rank = 60; rank > 0; --rank) {
    input.top_artists.push_back(top_artist("2026-03-01", rank, std::to_string(rank)));
  }
  const auto artists = compile_artists(input);
  ASSERT_THAT(artists, SizeIs(50));
  EXPECT_EQ(artists.back().id, "50");
}

TEST(CompileArtists, TheCurrentBestValuesAreTaken) {
  const auto artists = compile_artists(two_artists());
  ASSERT_THAT(artists, SizeIs(2));
  EXPECT_EQ(artists[0].name, "=1+1 \"日本\"\n");
  EXPECT_THAT(artists[0].genres.value, Optional(ElementsAre("rock", "art pop")));
  EXPECT_THAT(artists[0].popularity.value, Optional(0));
  EXPECT_THAT(artists[0].top_albums.at(0).release_date.value, Optional(std::string("2019")));
  EXPECT_EQ(artists[0].top_tracks_source, "listener");
  EXPECT_THAT(artists[0].top_tracks.at(0).bpm.value, Optional(136.902));
}

TEST(CompileArtists, WhatNobodyKnowsStaysUnknown) {
  const auto artists = compile_artists(two_artists());
  CompiledArtist unknown;
  unknown.rank = 2;
  unknown.key = "b";
  unknown.id = "b";
  unknown.name = "Listed b";
  unknown.ranking_source = "spotify";
  EXPECT_EQ(artists.at(1), unknown);
}

TEST(CompileArtists, AListTellsWhatNothingElseKnows) {
  auto input = two_artists();
  input.albums.clear();
  input.tracks.clear();
  input.artist_albums[0].release_date = "2019-05";
  input.artist_top_tracks[0].duration_ms = 1'000;
  const auto artist = compile_artists(input).at(0);
  EXPECT_EQ(artist.top_albums.at(0).name, "Album al");
  EXPECT_EQ(artist.top_albums.at(0).release_date,
            (lake::Sourced<std::string>{"2019-05", "spotify", std::nullopt}));
  EXPECT_THAT(artist.top_tracks.at(0).duration_ms.value, Optional(1'000));
  EXPECT_FALSE(artist.top_tracks.at(0).bpm.value);
}

TEST(CompileArtists, FiveAlbumsAndTenTracksInRankOrder) {
  auto input = two_artists();
  input.artist_albums.clear();
  input.artist_top_tracks.clear();
  for (int rank = 12; rank > 0; --rank) {
    input.artist_albums.push_back(artist_album("a", rank, std::to_string(rank)));
    input.artist_top_tracks.push_back(artist_track("a", rank, std::to_string(rank)));
  }
  const auto artist = compile_artists(input).at(0);
  EXPECT_THAT(names(artist.top_albums),
              ElementsAre("Album 1", "Album 2", "Album 3", "Album 4", "Album 5"));
  ASSERT_THAT(artist.top_tracks, SizeIs(10));
  EXPECT_EQ(artist.top_tracks.back().name, "Track 10");
}

TEST(CompileArtists, ATempoOfZeroIsUnknown) {
  auto input = two_artists();
  input.tracks[0].bpm = from("reccobeats", 0.0);
  EXPECT_EQ(compile_artists(input).at(0).top_tracks.at(0).bpm, lake::Sourced<double>{});
}

TEST(CompileArtists, ArtistsOfOneNameStayApart) {
  ExportInput input;
  input.top_artists = {top_artist("2026-03-01", 1, "a"), top_artist("2026-03-01", 2, "b")};
  input.artists = {artist("a", "Nova"), artist("b", "Nova")};
  input.artists[1].popularity = from<std::int32_t>("spotify", 9);
  input.artist_albums = {artist_album("b", 1, "of b")};
  const auto artists = compile_artists(input);
  EXPECT_FALSE(artists.at(0).popularity.value);
  EXPECT_THAT(artists.at(0).top_albums, IsEmpty());
  EXPECT_THAT(artists.at(1).top_albums, SizeIs(1));
}

TEST(CompileArtists, WithoutASnapshotTheMostHeardArtistsAreTaken) {
  ExportInput input;
  input.top_artists = {top_artist("2026-03-01", 1, "long", "long_term")};
  input.plays = {play("2026-03-01", "A", "x", 100), play("2026-03-01", "B", "y", 300, "Album"),
                 play("2026-03-01", "B", "z", 400)};
  const auto artists = compile_artists(input);
  ASSERT_THAT(names(artists), ElementsAre("B", "A"));
  EXPECT_EQ(artists[0].ranking_source, "listener");
  EXPECT_FALSE(artists[0].id);
  EXPECT_EQ(artists[0].top_tracks_source, "listener");
  EXPECT_EQ(artists[0].top_albums_source, "listener");
  EXPECT_THAT(names(artists[0].top_tracks), ElementsAre("z", "y"));
  EXPECT_THAT(names(artists[0].top_albums), ElementsAre("Album"));
  EXPECT_FALSE(artists[1].top_albums_source);
  EXPECT_FALSE(artists[1].genres.value);
}

TEST(CompileArtists, AnArtistKnownByNameBringsItsValues) {
  ExportInput input;
  input.plays = {play("2026-03-01", "Beyoncé", "Halo", 100)};
  input.plays[0].spotify_uri = "spotify:track:t";
  auto known = artist("spotify-id", "Beyoncé");
  known.aliases = {lake::artist_key_of_name("Beyoncé")};
  known.popularity = from<std::int32_t>("spotify", 90);
  input.artists = {known};
  input.tracks = {track("t")};
  input.tracks[0].duration_ms = from<std::int64_t>("spotify", 260'000);
  const auto artists = compile_artists(input);
  EXPECT_EQ(artists.at(0).id, "spotify-id");
  EXPECT_THAT(artists.at(0).popularity.value, Optional(90));
  EXPECT_THAT(artists.at(0).top_tracks.at(0).duration_ms.value, Optional(260'000));
  EXPECT_EQ(artists.at(0).top_tracks.at(0).name, "Halo");
}

TEST(CompileArtists, AnEmptyLakeGivesAnEmptyList) {
  EXPECT_THAT(compile_artists({}), IsEmpty());
}

}  // namespace
}  // namespace soundlake::exports
