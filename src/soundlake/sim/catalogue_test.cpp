// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/catalogue.hpp"

#include "soundlake/base/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace soundlake::sim {
namespace {

const base::Instant kNow = *base::parse_utc("2026-11-20T12:00:00Z");

const Catalogue& usual() {
  static const Catalogue kCatalogue = make_catalogue(1, 60, kNow);
  return kCatalogue;
}

const CatalogueArtist* named(const std::string& name) {
  for (const auto& artist : usual().artists)
    if (artist.name == name) return &artist;
  return nullptr;
}

TEST(Catalogue, HoldsNamesThatAreHardForCsvJsonAndScreens) {
  for (const char* name : {"+49 Nebelhorn", "=cmd Orchestra", "-3 Grad", "@tide_table",
                           "琥珀天文台", "Größenwahn im Reihenhaus", "Ida \"Comma\" Quill, & Sons"})
    EXPECT_NE(named(name), nullptr) << name;
  EXPECT_TRUE(std::any_of(usual().artists.begin(), usual().artists.end(),
                          [](const auto& artist) { return artist.name.size() == 60; }));
  for (const auto& artist : usual().artists) EXPECT_EQ(artist.name, base::nfc(artist.name));
}

TEST(Catalogue, NamesTwoArtistsAlikeAndTheOthersNot) {
  std::map<std::string, std::set<std::string>> ids;
  for (const auto& artist : usual().artists) ids[artist.name].insert(artist.id);
  EXPECT_EQ(ids["Kestrelby"].size(), 2u);
  EXPECT_EQ(ids.size(), usual().artists.size() - 1);
  EXPECT_EQ(make_catalogue(2, 400, kNow).artist_by_id.size(), 401u);
}

TEST(Catalogue, GivesIdsLikeSpotifys) {
  for (const auto* ids : {&usual().artist_by_id, &usual().album_by_id, &usual().track_by_id})
    for (const auto& [id, index] : *ids) ASSERT_THAT(id, testing::MatchesRegex("[0-9A-Za-z]{22}"));
  EXPECT_EQ(usual().artist_by_id.size(), usual().artists.size());
  EXPECT_EQ(usual().album_by_id.size(), usual().albums.size());
  EXPECT_EQ(usual().track_by_id.size(), usual().tracks.size());
}

TEST(Catalogue, GivesEveryArtistThreeToFourteenAlbums) {
  for (std::size_t i = 0; i < usual().known_artists; ++i) {
    EXPECT_GE(usual().artists[i].albums.size(), 3u);
    EXPECT_LE(usual().artists[i].albums.size(), 14u);
  }
}

TEST(Catalogue, HasEveryKindAndPrecisionOfAlbum) {
  std::set<std::string> types, dates;
  int variants = 0;
  for (const auto& album : usual().albums) {
    types.insert(album.type);
    dates.insert(album.precision);
    EXPECT_EQ(album.release_date().size(), album.precision == "year"    ? 4u
                                           : album.precision == "month" ? 7u
                                                                        : 10u);
    variants += album.name.find("Deluxe") != std::string::npos ||
                album.name.find("Remaster") != std::string::npos;
  }
  EXPECT_THAT(types, testing::ElementsAre("album", "compilation", "single"));
  EXPECT_THAT(dates, testing::ElementsAre("day", "month", "year"));
  EXPECT_GT(variants, 10);
  EXPECT_TRUE(std::any_of(usual().artists.begin(), usual().artists.end(),
                          [](const auto& artist) { return !artist.appears_on.empty(); }));
}

TEST(Catalogue, KeepsTheRecordingOfAReissuedTrackButNotOfARemaster) {
  std::map<std::string, std::set<std::string>> names;
  for (const auto& track : usual().tracks) names[track.isrc].insert(track.name);
  EXPECT_LT(names.size(), usual().tracks.size());
  for (const auto& [isrc, titles] : names) {
    ASSERT_THAT(isrc, testing::MatchesRegex("ZZSL[0-9]{8}"));
    EXPECT_EQ(titles.size(), 1u) << isrc;
  }
}

TEST(Catalogue, KnowsValuesThatAreEasilyTakenForMissing) {
  const auto& artists = usual().artists;
  const auto& tracks = usual().tracks;
  EXPECT_TRUE(
      std::any_of(artists.begin(), artists.end() - 1, [](auto& a) { return a.popularity == 0; }));
  EXPECT_TRUE(
      std::any_of(artists.begin(), artists.end() - 1, [](auto& a) { return a.genres.empty(); }));
  EXPECT_TRUE(std::any_of(tracks.begin(), tracks.end(), [](auto& t) { return t.tempo == 0; }));
  EXPECT_TRUE(std::any_of(tracks.begin(), tracks.end(), [](auto& t) { return !t.analysed; }));
  EXPECT_TRUE(
      std::any_of(tracks.begin(), tracks.end(), [](auto& t) { return t.duration_ms > 3'600'000; }));
}

TEST(Catalogue, IsTheSameAllYear) {
  const auto later = make_catalogue(1, 60, *base::parse_utc("2026-01-02T00:00:00Z"));
  ASSERT_EQ(later.albums.size(), usual().albums.size());
  for (std::size_t i = 0; i < later.albums.size(); ++i)
    EXPECT_EQ(later.albums[i].release_date(), usual().albums[i].release_date());
}

}  // namespace
}  // namespace soundlake::sim
