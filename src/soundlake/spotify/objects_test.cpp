// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/objects.hpp"

#include "soundlake/spotify/catalogue_endpoints.hpp"
#include "soundlake/spotify/me_endpoints.hpp"
#include "soundlake/spotify/test_json.hpp"

#include <gmock/gmock.h>

namespace soundlake::spotify {
namespace {

using testing::ElementsAre;
using testing::Eq;
using testing::Optional;

TEST(ArtistObjects, TakeAbsentNullEmptyAndWrongTypesForUnknown) {
  for (
      const char* text :
      {R"({"id":"a"})",
       R"({"id":"a","name":null,"genres":null,"popularity":null,"followers":null})",
       R"({"id":"a","name":"","genres":[],"popularity":"7","followers":{"total":null},"images":[]})",
       R"({"id":"a","name":3,"genres":[null,""],"popularity":101,"followers":9,"images":[null,{}]})"}) {
    const auto artist = read_artist(json(text).root());
    ASSERT_TRUE(artist) << text;
    EXPECT_EQ(artist->id, "a");
    EXPECT_FALSE(artist->name) << text;
    EXPECT_TRUE(artist->genres.empty()) << text;
    EXPECT_FALSE(artist->popularity) << text;
    EXPECT_FALSE(artist->followers) << text;
    EXPECT_FALSE(artist->image_url) << text;
  }
}

TEST(ArtistObjects, KeepPopularityZeroAsAValue) {
  EXPECT_THAT(read_artist(json(R"({"id":"a","popularity":0})").root())->popularity, Optional(0));
}

TEST(Objects, WithoutAnIdAreNobodys) {
  EXPECT_FALSE(read_artist(json(R"({"name":"x"})").root()));
  EXPECT_FALSE(read_artist(json("null").root()));
  EXPECT_FALSE(read_album(json(R"({"id":""})").root()));
  EXPECT_FALSE(read_track(json(R"({"name":"x"})").root()));
}

TEST(AlbumObjects, KeepTheDateAtItsPrecision) {
  const auto date = [](const char* text) {
    return read_album(json(std::string(R"({"id":"a","release_date":")") + text + "\"}").root())
        ->release_date;
  };
  EXPECT_EQ(date("2019"), "2019");
  EXPECT_EQ(date("2019-05"), "2019-05");
  EXPECT_EQ(date("2019-05-17"), "2019-05-17");
  EXPECT_FALSE(date("0000"));
  EXPECT_FALSE(date("May 2019"));
  EXPECT_FALSE(date("2019-5-17"));
}

TEST(TrackObjects, OfLocalFilesHaveNoId) {
  const auto track = read_track(
      json(R"({"id":null,"uri":"spotify:local:a:b:c:200","name":"c","artists":[{"name":"a"}]})")
          .root());
  ASSERT_TRUE(track);
  EXPECT_FALSE(track->id);
  EXPECT_EQ(track->uri, "spotify:local:a:b:c:200");
  EXPECT_TRUE(track->artists.empty());
}

TEST(AudioFeatureObjects, TakeTempoZeroAndKeyMinusOneForUnknown) {
  const auto unknown = read_audio_feature(json(R"({"id":"t","tempo":0,"mode":2,"key":-1})").root());
  ASSERT_TRUE(unknown);
  EXPECT_FALSE(unknown->bpm);
  EXPECT_FALSE(unknown->mode);
  EXPECT_FALSE(unknown->tonic);
  const auto minor =
      read_audio_feature(json(R"({"id":"t","tempo":114.944,"mode":0,"key":11})").root());
  EXPECT_THAT(minor->bpm, Optional(114.944));
  EXPECT_EQ(minor->mode, "minor");
  EXPECT_THAT(minor->tonic, Optional(11));
}

TEST(Pages, SkipNullItemsAndKeepTheirPlaces) {
  const auto page = read_top_artists(
      json(R"({"items":[{"id":"a"},null,{"id":null},{"id":"b"}],"next":null})").root());
  ASSERT_TRUE(page);
  EXPECT_EQ(page->places, 4);
  EXPECT_EQ(page->skipped(), 2);
  EXPECT_EQ(page->items[1].place, 3);
  EXPECT_FALSE(page->more);
}

TEST(Pages, WithoutAListAreNoPages) {
  EXPECT_FALSE(read_top_artists(json("{}").root()));
  EXPECT_FALSE(read_top_artists(json(R"({"items":null})").root()));
  EXPECT_FALSE(read_top_artists(json("[]").root()));
  EXPECT_FALSE(read_top_artists(json(R"({"items":[],"offset":0,"total":7})").root()));
  EXPECT_TRUE(read_top_artists(json(R"({"items":[],"offset":50,"total":7})").root()));
  EXPECT_TRUE(read_top_artists(json(R"({"items":[],"total":0})").root()));
  EXPECT_FALSE(read_artist_top_tracks(json(R"({"tracks":{}})").root()));
  EXPECT_FALSE(read_audio_features(json(R"({"error":{}})").root()));
}

TEST(RecentPages, DropItemsWithoutTimeOrTrack) {
  const auto page =
      read_recent(json(R"({"items":[{"track":null,"played_at":"2026-02-25T20:15:20.497Z"},
    {"track":{"id":"t","uri":"spotify:track:t"},"played_at":"yesterday"},
    {"track":{"id":"t","uri":"spotify:track:t"},"played_at":"2026-02-25T20:15:20.497Z"}],"cursors":null,"next":null})")
                      .root());
  ASSERT_TRUE(page);
  ASSERT_EQ(page->items.size(), 1u);
  EXPECT_EQ(page->items[0].item.played_at, "2026-02-25T20:15:20.497Z");
  EXPECT_EQ(base::to_unix_ms(page->items[0].item.at), 1772050520497);
}

TEST(Accounts, AreNamedByTheIdThatNeverChanges) {
  EXPECT_EQ(read_account_id(json(R"({"id":"ann","account_id":"x1"})").root()), "x1");
  EXPECT_EQ(read_account_id(json(R"({"id":"ann","account_id":null})").root()), "ann");
  EXPECT_FALSE(read_account_id(json(R"({"display_name":"Ann"})").root()));
}

TEST(NextLinks, AreAskedWhereTheFirstPageWas) {
  const Call call = top_call(TopKind::artists, "short_term", "account/x/2026-11-23");
  const auto further = next_top_call(
      call, "https://elsewhere.example/v1/me/top/artists?offset=50&limit=50&token=x", 0, "k");
  ASSERT_TRUE(further);
  EXPECT_EQ(further->path, "/me/top/artists");
  EXPECT_EQ(net::url_query(further->query), "time_range=short_term&limit=50&offset=50");
  EXPECT_NE(further->cache_key, call.cache_key);
}

TEST(NextLinks, ThatLeadNowhereAreNotFollowed) {
  const Call call = top_call(TopKind::artists, "short_term", "k");
  EXPECT_FALSE(next_top_call(call, "", 0, "k"));
  EXPECT_FALSE(next_top_call(call, "https://api.spotify.com/v1/me/top/artists", 0, "k"));
  EXPECT_FALSE(next_top_call(call, "https://api.spotify.com/v1/me/top/tracks?offset=50", 0, "k"));
  const auto second =
      next_top_call(call, "https://api.spotify.com/v1/me/top/artists?offset=50", 0, "k");
  EXPECT_FALSE(
      next_top_call(*second, "https://api.spotify.com/v1/me/top/artists?offset=50", 50, "k"));
  EXPECT_FALSE(
      next_top_call(*second, "https://api.spotify.com/v1/me/top/artists?offset=0", 50, "k"));
}

TEST(TopCalls, KeepTheirAnswersByAccountAndDay) {
  const base::Day day = *base::parse_day("2026-11-23");
  EXPECT_NE(top_keeping("ann", day), top_keeping("bob", day));
  EXPECT_NE(top_keeping("ann", day), top_keeping("ann", day + std::chrono::days(1)));
  EXPECT_THAT(top_keeping("ann", day), testing::Not(testing::HasSubstr("ann")));
}

TEST(RecordedAnswers, OfTopArtistsAreRead) {
  SOUNDLAKE_RECORDED_ANSWER(answer, "top_artists.json");
  const auto page = read_top_artists(answer.root());
  ASSERT_TRUE(page);
  ASSERT_EQ(page->items.size(), 48u);
  const ArtistObject& first = page->items[0].item;
  EXPECT_EQ(first.id, "6cmp7ut7okJAgJOSaMAVf3");
  EXPECT_EQ(first.name, "Machinae Supremacy");
  EXPECT_THAT(first.genres, ElementsAre("power metal"));
  EXPECT_THAT(first.popularity, Optional(37));
  EXPECT_THAT(first.followers, Optional(Eq(68073)));
  EXPECT_TRUE(page->more);
  EXPECT_TRUE(next_top_call(top_call(TopKind::artists, "long_term", "k"), page->next, 0, "k"));
}

TEST(RecordedAnswers, OfTopTracksAreRead) {
  SOUNDLAKE_RECORDED_ANSWER(answer, "top_tracks.json");
  const auto page = read_top_tracks(answer.root());
  ASSERT_TRUE(page);
  ASSERT_EQ(page->items.size(), 48u);
  EXPECT_EQ(page->skipped(), 0);
  for (const auto& [place, track] : page->items) {
    EXPECT_TRUE(track.duration_ms && track.isrc && track.popularity && track.album &&
                track.album->release_date);
    EXPECT_FALSE(track.artists.empty());
  }
}

TEST(RecordedAnswers, OfRecentPlaysAreRead) {
  SOUNDLAKE_RECORDED_ANSWER(answer, "recently_played_tracks.json");
  const auto page = read_recent(answer.root());
  ASSERT_TRUE(page);
  EXPECT_EQ(page->items.size(), 48u);
  EXPECT_EQ(page->items[0].item.track.duration_ms, 211333);
  EXPECT_EQ(page->items[0].item.track.isrc, "GXF972482646");
}

TEST(RecordedAnswers, OfAlbumsAreRead) {
  SOUNDLAKE_RECORDED_ANSWER(answer, "artist_albums.json");
  const auto page = read_albums(answer.root());
  ASSERT_TRUE(page);
  EXPECT_EQ(page->items.size(), 48u);
  EXPECT_EQ(page->items[0].item.release_date, "2025-08-29");
  EXPECT_THAT(page->items[0].item.total_tracks, Optional(11));
}

TEST(RecordedAnswers, OfAudioFeaturesAreRead) {
  SOUNDLAKE_RECORDED_ANSWER(answer, "audio_features.json");
  const auto feature = read_audio_feature(answer.root());
  ASSERT_TRUE(feature);
  EXPECT_THAT(feature->bpm, Optional(114.944));
  EXPECT_EQ(feature->mode, "major");
  EXPECT_THAT(feature->tonic, Optional(2));
}

}  // namespace
}  // namespace soundlake::spotify
