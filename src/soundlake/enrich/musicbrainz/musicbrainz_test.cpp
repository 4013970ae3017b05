// SPDX-License-Identifier: Apache-2.0
#include "soundlake/enrich/musicbrainz/musicbrainz.hpp"

#include <gmock/gmock.h>

namespace soundlake::enrich::musicbrainz {
namespace {

using testing::ElementsAre;

TEST(MusicBrainz, AnswersAreJoinedByUrlNotByPlace) {
  const auto found = read_urls(R"({"url-count":1,"urls":[{"resource":
    "https://open.spotify.com/artist/b","relations":[{"artist":{"id":"m","name":"B"}}]}]})");
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->contains("a"));
  EXPECT_EQ(found->at("b").at(0).id, "m");
}

TEST(MusicBrainz, OneUrlComesAsABareObject) {
  const auto found = read_urls(R"({"resource":"https://open.spotify.com/artist/b",
    "relations":[{"artist":{"id":"m","name":"B"}}]})");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->at("b").size(), 1u);
}

TEST(MusicBrainz, OneUrlOfTwoArtistsIsDecidedByTheNameOrNotAtAll) {
  const std::vector<Linked> two{{"1", "Lawrence Cover Band"}, {"2", "LAWRENCE"}};
  ASSERT_TRUE(pick(two, "Lawrence"));
  EXPECT_EQ(pick(two, "Lawrence")->id, "2");
  EXPECT_FALSE(pick(two, "Another"));
  EXPECT_FALSE(pick({{"1", "Lawrence"}, {"2", "Lawrence"}}, "Lawrence"));
  EXPECT_FALSE(pick({}, "Lawrence"));
}

TEST(MusicBrainz, GenresComeByTheirVotes) {
  const auto about = read_artist(R"({"id":"m","genres":[{"name":"rock","count":2},
    {"name":"doom metal","count":9},{"name":"pop","count":0}],"relations":[
    {"url":{"resource":"https://www.deezer.com/artist/399"}}]})",
                                 "m");
  ASSERT_TRUE(about);
  EXPECT_THAT(about->genres, ElementsAre("doom metal", "rock"));
  EXPECT_EQ(about->deezer_id, "399");
}

TEST(MusicBrainz, TwoDeezerArtistsAreNone) {
  const auto about = read_artist(R"({"id":"m","relations":[
    {"url":{"resource":"https://www.deezer.com/artist/399"}},
    {"url":{"resource":"https://www.deezer.com/artist/400"}}]})",
                                 "m");
  ASSERT_TRUE(about);
  EXPECT_EQ(about->deezer_id, "");
}

TEST(MusicBrainz, HtmlOrAnotherArtistIsNoAnswer) {
  EXPECT_FALSE(read_urls("<html>busy</html>"));
  EXPECT_FALSE(read_urls("{}"));
  EXPECT_FALSE(read_artist(R"({"id":"other"})", "m"));
}

}  // namespace
}  // namespace soundlake::enrich::musicbrainz
