// SPDX-License-Identifier: Apache-2.0
#include "soundlake/facts/fill.hpp"

#include <gmock/gmock.h>

namespace soundlake::facts {
namespace {

lake::Fact fact(std::string entity, std::string field, std::string value) {
  lake::Fact made;
  made.entity = std::move(entity);
  made.field = std::move(field);
  made.value = std::move(value);
  made.source = "spotify";
  made.confidence = 1;
  made.status = "chosen";
  return made;
}

template <class Row>
std::vector<Row> rows(const std::vector<std::string>& keys) {
  std::vector<Row> made(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) made[i].key = keys[i];
  return made;
}

template <class Value>
lake::Sourced<Value> spotify(Value value) {
  return {std::move(value), "spotify", 1.0};
}

TEST(Fill, AnArtistGetsEveryChosenValue) {
  auto artists = rows<lake::Artist>({"a", "b"});
  fill(artists, Chosen({fact("artist:a", "genres", R"(["rock"])"),
                        fact("artist:a", "popularity", "0"), fact("artist:b", "followers", "12")}));
  EXPECT_EQ(artists[0].genres, spotify<std::vector<std::string>>({"rock"}));
  EXPECT_EQ(artists[0].popularity, spotify<std::int32_t>(0));
  EXPECT_FALSE(artists[0].followers.value);
  EXPECT_EQ(artists[1].followers, spotify<std::int64_t>(12));
}

TEST(Fill, AnAlbumGetsEveryChosenValue) {
  auto albums = rows<lake::Album>({"a"});
  fill(albums,
       Chosen({fact("album:a", "release_date", "2019"), fact("album:a", "total_tracks", "7")}));
  EXPECT_EQ(albums[0].release_date, spotify<std::string>("2019"));
  EXPECT_EQ(albums[0].total_tracks, spotify<std::int32_t>(7));
}

TEST(Fill, ATrackGetsEveryChosenValue) {
  auto tracks = rows<lake::Track>({"t"});
  fill(tracks, Chosen({fact("track:t", "duration_ms", "260000"), fact("track:t", "isrc", "X"),
                       fact("track:t", "bpm", "120.5"), fact("track:t", "mode", "minor"),
                       fact("track:t", "tonic", "11"), fact("track:t", "popularity", "55")}));
  EXPECT_EQ(tracks[0].duration_ms, spotify<std::int64_t>(260000));
  EXPECT_EQ(tracks[0].isrc, spotify<std::string>("X"));
  EXPECT_EQ(tracks[0].bpm, spotify(120.5));
  EXPECT_EQ(tracks[0].mode, spotify<std::string>("minor"));
  EXPECT_EQ(tracks[0].tonic, spotify<std::int32_t>(11));
  EXPECT_EQ(tracks[0].popularity, spotify<std::int32_t>(55));
}

TEST(Fill, AValueThatNoFactKnowsAnyMoreIsUnknown) {
  auto artists = rows<lake::Artist>({"a"});
  artists[0].popularity = spotify<std::int32_t>(70);
  fill(artists, Chosen({}));
  EXPECT_EQ(artists[0].popularity, lake::Sourced<std::int32_t>{});
}

}  // namespace
}  // namespace soundlake::facts
