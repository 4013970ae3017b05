// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/catalogue.hpp"

#include "soundlake/history/told_test_support.hpp"
#include "soundlake/lake/keys.hpp"

#include <gmock/gmock.h>

namespace soundlake::history {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

lake::Play heard(const std::string& title, const std::string& artist, const lake::Text& id,
                 const std::string& end = "2024-03-01T10:00:00Z") {
  auto row = told_row("extended", *base::parse_utc(end), 60'000, title);
  row.artist_name = artist;
  row.album_name = "Album";
  row.spotify_uri = id ? lake::Text("spotify:track:" + *id) : std::nullopt;
  return row;
}

Catalogue heard_in(const std::vector<lake::Play>& rows, Verdict verdict = Verdict::stored) {
  return heard_in(told(rows), std::vector<Verdict>(rows.size(), verdict));
}

template <class Row>
std::vector<std::string> keys_of(const std::vector<Row>& rows) {
  std::vector<std::string> keys;
  for (const auto& row : rows) keys.push_back(row.key);
  return keys;
}

lake::Artist web_artist(const std::string& id, const std::string& name) {
  lake::Artist row;
  row.key = id;
  row.id = id;
  row.name = name;
  return row;
}

TEST(HeardIn, NamesGetTheKeysOfTheirNames) {
  const auto catalogue = heard_in({heard("Song", "Band", std::nullopt)});
  EXPECT_THAT(keys_of(catalogue.artists), ElementsAre(lake::artist_key_of_name("Band")));
  EXPECT_THAT(keys_of(catalogue.albums), ElementsAre(lake::album_key_of_name("Album", "Band")));
  ASSERT_THAT(keys_of(catalogue.tracks), ElementsAre(lake::track_key_of_name("Song", "Band")));
  const auto& track = catalogue.tracks[0];
  EXPECT_EQ(track.artist_key, catalogue.artists[0].key);
  EXPECT_EQ(track.album_key, catalogue.albums[0].key);
  EXPECT_EQ(track.album_name, "Album");
  EXPECT_EQ(track.id, std::nullopt);
}

TEST(HeardIn, ATrackWithAUriHasItsSpotifyIdAndStaysFoundByItsName) {
  const auto catalogue = heard_in({heard("Song", "Band", "id1")});
  ASSERT_THAT(keys_of(catalogue.tracks), ElementsAre("id1"));
  EXPECT_EQ(catalogue.tracks[0].id, "id1");
  EXPECT_THAT(catalogue.tracks[0].aliases, ElementsAre(lake::track_key_of_name("Song", "Band")));
}

TEST(HeardIn, SeveralUrisOfOneSongShareItsName) {
  const auto catalogue = heard_in({heard("Song", "Band", "id1"), heard("Song", "Band", "id2")});
  ASSERT_THAT(keys_of(catalogue.tracks), ElementsAre("id1", "id2"));
  EXPECT_EQ(catalogue.tracks[0].aliases, catalogue.tracks[1].aliases);
}

TEST(HeardIn, ARenamedUriKeepsBothNamesAndShowsTheLaterOne) {
  const auto catalogue = heard_in({heard("New", "Band", "id1", "2024-03-01T10:00:00Z"),
                                   heard("Old", "Band", "id1", "2019-03-01T10:00:00Z")});
  ASSERT_THAT(catalogue.tracks, SizeIs(1));
  EXPECT_EQ(catalogue.tracks[0].name, "New");
  EXPECT_THAT(catalogue.tracks[0].aliases,
              UnorderedElementsAre(lake::track_key_of_name("New", "Band"),
                                   lake::track_key_of_name("Old", "Band")));
}

TEST(HeardIn, ASongToldWithAndWithoutAUriIsTheOneWithTheUri) {
  const auto catalogue =
      heard_in({heard("Song", "Band", std::nullopt), heard("Song", "Band", "id1"),
                heard("Other", "Band", std::nullopt)});
  EXPECT_THAT(keys_of(catalogue.tracks),
              UnorderedElementsAre("id1", lake::track_key_of_name("Other", "Band")));
}

TEST(HeardIn, PodcastsAndNamelessRowsAreNoMusic) {
  auto episode = heard("Song", "Band", std::nullopt);
  episode.kind = "episode";
  auto nameless = heard("Song", "Band", "id1");
  nameless.artist_name = std::nullopt;
  auto empty = heard("Song", "", "id1");
  const auto catalogue = heard_in({episode, nameless, empty});
  EXPECT_THAT(catalogue.artists, IsEmpty());
  EXPECT_THAT(catalogue.tracks, IsEmpty());
}

TEST(HeardIn, RowsThatAreCoveredNameNothing) {
  EXPECT_THAT(heard_in({heard("Song", "Band", "id1")}, Verdict::covered).tracks, IsEmpty());
}

TEST(HeardIn, DoesNotDependOnTheOrderOfRows) {
  std::vector<lake::Play> rows{heard("New", "Band", "id1", "2024-03-01T10:00:00Z"),
                               heard("Old", "Band", "id1", "2019-03-01T10:00:00Z"),
                               heard("Nfd e\u0301", "Band", std::nullopt, "2024-03-01T10:00:00Z"),
                               heard("Nfd \u00e9", "Band", std::nullopt, "2024-03-01T10:00:00Z")};
  const auto forward = heard_in(rows);
  std::reverse(rows.begin(), rows.end());
  const auto backward = heard_in(rows);
  EXPECT_EQ(forward.artists, backward.artists);
  EXPECT_EQ(forward.albums, backward.albums);
  EXPECT_EQ(forward.tracks, backward.tracks);
  EXPECT_THAT(forward.tracks, SizeIs(2));
}

TEST(WithHeard, AnArtistOfTheWebApiTakesTheNamesKeyAsAlias) {
  const auto all = with_heard({.artists = {web_artist("4Z8", "Band")}, .albums = {}, .tracks = {}},
                              heard_in({heard("Song", "Band", "id1")}));
  ASSERT_THAT(keys_of(all.artists), ElementsAre("4Z8"));
  EXPECT_THAT(all.artists[0].aliases, ElementsAre(lake::artist_key_of_name("Band")));
  EXPECT_EQ(all.tracks.at(0).artist_key, "4Z8");
}

TEST(WithHeard, TheFirstOfTwoArtistsOfOneNameGetsItAndKeepsIt) {
  const auto once = with_heard(
      {.artists = {web_artist("b", "Band"), web_artist("c", "Band")}, .albums = {}, .tracks = {}},
      heard_in({heard("Song", "Band", "id1")}));
  ASSERT_THAT(keys_of(once.artists), ElementsAre("b", "c"));
  EXPECT_THAT(once.artists[0].aliases, SizeIs(1));
  EXPECT_THAT(once.artists[1].aliases, IsEmpty());
  auto later = once;
  later.artists.push_back(web_artist("a", "Band"));
  link_names(later);
  EXPECT_THAT(keys_of(later.artists), ElementsAre("a", "b", "c"));
  EXPECT_THAT(later.artists[0].aliases, IsEmpty());
}

TEST(WithHeard, KnownValuesStay) {
  auto known = heard_in({heard("Song", "Band", "id1")});
  known.tracks[0].album_name = "Album of the Web API";
  known.tracks[0].duration_ms.value = 200'000;
  const auto all = with_heard(known, heard_in({heard("Song", "Band", "id1")}));
  EXPECT_EQ(all.tracks, known.tracks);
}

TEST(WithHeard, ANameOfAccountDataGoesWhereItsUriIsKnown) {
  const auto from_account = heard_in({heard("Song", "Band", std::nullopt)});
  const auto from_extended = heard_in({heard("Song", "Band", "id1")});
  const auto one = with_heard(from_account, from_extended);
  const auto other = with_heard(from_extended, from_account);
  EXPECT_THAT(keys_of(one.tracks), ElementsAre("id1"));
  EXPECT_EQ(one.tracks, other.tracks);
}

TEST(LinkNames, RowsThatTheWebApiTellsLaterReplaceThoseOfTheirName) {
  auto catalogue = heard_in({heard("Song", "Band", "id1"), heard("Other", "Elsewhere", "id2")});
  catalogue.artists.push_back(web_artist("4Z8", "Band"));
  link_names(catalogue);
  EXPECT_THAT(keys_of(catalogue.artists),
              ElementsAre("4Z8", lake::artist_key_of_name("Elsewhere")));
  EXPECT_EQ(catalogue.albums.size(), 2U);
  const auto before = catalogue.artists;
  link_names(catalogue);
  EXPECT_EQ(catalogue.artists, before);
}

TEST(LinkNames, ArtistsThatNoPlayNamesGetNoAlias) {
  Catalogue catalogue{.artists = {web_artist("4Z8", "Band")}, .albums = {}, .tracks = {}};
  link_names(catalogue);
  EXPECT_THAT(catalogue.artists[0].aliases, IsEmpty());
}

}  // namespace
}  // namespace soundlake::history
