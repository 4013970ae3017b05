// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/merge_rows.hpp"

#include <gmock/gmock.h>

namespace soundlake::spotify {
namespace {

using testing::ElementsAre;

const base::Day kMonday = *base::parse_day("2026-11-23");

TopList<lake::TopArtist> top(base::Day day, const std::vector<std::string>& ids,
                             bool whole = false) {
  TopList<lake::TopArtist> list{
      .date = day, .time_range = "short_term", .whole = whole, .rows = {}};
  for (const std::string& id : ids) {
    lake::TopArtist row;
    row.snapshot_date = day;
    row.time_range = "short_term";
    row.rank = static_cast<std::int32_t>(list.rows.size()) + 1;
    row.id = id;
    list.rows.push_back(row);
  }
  return list;
}

std::vector<std::string> ids(const std::vector<lake::TopArtist>& rows, base::Day day) {
  std::vector<std::string> result;
  for (const auto& row : rows) {
    if (row.snapshot_date == day) result.push_back(std::to_string(row.rank) + row.id);
  }
  return result;
}

const facts::Chosen kNothingChosen{{}};

TEST(TopLists, OfTheSameDayReplaceAndOfOtherDaysStay) {
  std::vector<lake::TopArtist> rows;
  merge_top_list(rows, top(kMonday - std::chrono::days(1), {"a", "b"}, true), kNothingChosen);
  merge_top_list(rows, top(kMonday, {"a", "b", "c"}, true), kNothingChosen);
  merge_top_list(rows, top(kMonday, {"b", "a"}, true), kNothingChosen);
  EXPECT_THAT(ids(rows, kMonday - std::chrono::days(1)), ElementsAre("1a", "2b"));
  EXPECT_THAT(ids(rows, kMonday), ElementsAre("1b", "2a"));
}

TEST(TopLists, OfOtherRangesStay) {
  std::vector<lake::TopArtist> rows;
  merge_top_list(rows, top(kMonday, {"a"}, true), kNothingChosen);
  auto longer = top(kMonday, {"b"}, true);
  longer.time_range = longer.rows[0].time_range = "long_term";
  merge_top_list(rows, longer, kNothingChosen);
  EXPECT_EQ(rows.size(), 2u);
}

TEST(TopLists, CutAtFiftyKeepTheDeeperRanksOfTheDay) {
  std::vector<lake::TopArtist> rows;
  merge_top_list(rows, top(kMonday, {"a", "b", "c", "d"}, true), kNothingChosen);
  merge_top_list(rows, top(kMonday, {"c", "a"}), kNothingChosen);
  EXPECT_THAT(ids(rows, kMonday), testing::UnorderedElementsAre("1c", "2a", "4d"));
}

TEST(TopLists, WithoutRowsReplaceNothing) {
  std::vector<lake::TopArtist> rows;
  merge_top_list(rows, top(kMonday, {"a"}, true), kNothingChosen);
  merge_top_list(rows, top(kMonday, {}), kNothingChosen);
  merge_top_list(rows, top(kMonday, {}, true), kNothingChosen);
  EXPECT_THAT(ids(rows, kMonday), ElementsAre("1a"));
}

TEST(TopLists, TellWhatWasKnownThatDayWithItsSource) {
  lake::Fact fact;
  fact.entity = facts::artist_entity("a");
  fact.field = "popularity";
  fact.value = "44";
  fact.source = "deezer";
  fact.status = "chosen";
  std::vector<lake::TopArtist> rows;
  merge_top_list(rows, top(kMonday, {"a"}, true), facts::Chosen({fact}));
  EXPECT_EQ(rows[0].popularity, 44);
  EXPECT_EQ(rows[0].popularity_source, "deezer");
  EXPECT_FALSE(rows[0].genres_source);
}

TEST(Identities, KeepWhatIsNotToldAnewAndTheKeyOnceIssued) {
  lake::Artist old;
  old.key = "n-0123456789abcdef";
  old.name = "Ann";
  old.image_url = "https://i.example/1";
  old.aliases = {"a"};
  std::vector<lake::Artist> known = {old};
  lake::Artist now;
  now.key = "a";
  now.id = "a";
  now.name = "ANN";
  merge_identities(known, {now});
  ASSERT_EQ(known.size(), 1u);
  EXPECT_EQ(known[0].key, "n-0123456789abcdef");
  EXPECT_EQ(known[0].id, "a");
  EXPECT_EQ(known[0].name, "ANN");
  EXPECT_EQ(known[0].image_url, "https://i.example/1");
}

TEST(Identities, OfTwoArtistsOfOneNameStayApart) {
  lake::Artist one, two;
  one.key = "1";
  two.key = "2";
  one.name = two.name = "Same";
  std::vector<lake::Artist> known;
  merge_identities(known, {one, two});
  EXPECT_EQ(known.size(), 2u);
}

AlbumList albums(std::size_t count, bool whole = true, const char* source = "spotify") {
  AlbumList list{.artist_key = "a", .whole = whole, .rows = {}};
  for (std::size_t i = 0; i < count; ++i) {
    lake::ArtistAlbum row;
    row.artist_key = "a";
    row.rank = static_cast<std::int32_t>(i) + 1;
    row.album_key = "l" + std::to_string(i);
    row.ranking_source = source;
    list.rows.push_back(row);
  }
  return list;
}

TEST(AlbumLists, AreNotReplacedByEmptyOrBrokenOnes) {
  std::vector<lake::ArtistAlbum> rows;
  merge_albums(rows, albums(4));
  merge_albums(rows, albums(0));
  EXPECT_EQ(rows.size(), 4u);
  merge_albums(rows, albums(2, false));
  EXPECT_EQ(rows.size(), 4u);
  merge_albums(rows, albums(5, false));
  EXPECT_EQ(rows.size(), 5u);
  merge_albums(rows, albums(3));
  EXPECT_EQ(rows.size(), 3u);
}

TEST(AlbumLists, NewestFirstGiveWayToARanking) {
  std::vector<lake::ArtistAlbum> rows = albums(2, true, "listenbrainz").rows;
  merge_albums(rows, albums(5));
  EXPECT_EQ(rows.size(), 2u);
}

TrackList tracks(std::size_t count, const char* source) {
  TrackList list{.artist_key = "a", .rows = {}};
  for (std::size_t i = 0; i < count; ++i) {
    lake::ArtistTopTrack row;
    row.artist_key = "a";
    row.rank = static_cast<std::int32_t>(i) + 1;
    row.track_key = source + std::to_string(i);
    row.ranking_source = source;
    list.rows.push_back(row);
  }
  return list;
}

TEST(TrackLists, OfSpotifyReplaceAnyAndTheListenersOwnOnlyTheirOwn) {
  std::vector<lake::ArtistTopTrack> rows;
  merge_top_tracks(rows, tracks(3, "listener"));
  merge_top_tracks(rows, tracks(5, "listener"));
  EXPECT_EQ(rows.size(), 5u);
  merge_top_tracks(rows, tracks(2, "spotify"));
  EXPECT_EQ(rows.size(), 2u);
  merge_top_tracks(rows, tracks(9, "listener"));
  EXPECT_EQ(rows.size(), 2u);
  merge_top_tracks(rows, tracks(0, "spotify"));
  EXPECT_EQ(rows.size(), 2u);
}

}  // namespace
}  // namespace soundlake::spotify
