// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/error.hpp"
#include "soundlake/lake/keys.hpp"
#include "soundlake/stats/stats_test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace soundlake::stats {
namespace {

using testing::ElementsAre;

TEST(Top, OrdersByTimeThenPlaysThenNameThenArtist) {
  auto nameless = a_play("2024-01-01T15:00:00Z", "A", "x", 1000);
  nameless.artist_name.reset();
  const auto data = dataset_of({a_play("2024-01-01T10:00:00Z", "Once", "x", 400),
                                a_play("2024-01-01T11:00:00Z", "Twice", "x", 200),
                                a_play("2024-01-01T12:00:00Z", "Twice", "x", 200),
                                a_play("2024-01-01T13:00:00Z", "a", "x", 60),
                                a_play("2024-01-01T14:00:00Z", "B", "x", 60), nameless});
  EXPECT_THAT(lines(ask(data, "top-artists"), {"rank", "name", "plays", "ms"}),
              ElementsAre("1 Twice 2 400000", "2 Once 1 400000", "3 B 1 60000", "4 a 1 60000",
                          "5 - 1 1000000"));
  EXPECT_THAT(lines(ask(data, "top-artists", {{"by", "plays"}, {"limit", "2"}, {"offset", "1"}}),
                    {"rank", "name"}),
              ElementsAre("2 Once", "3 B"));
}

TEST(Top, ASameNamedTrackOfAnotherArtistIsAnotherTrack) {
  const auto data = dataset_of({a_play("2024-01-01T10:00:00Z", "A", "Intro", 100),
                                a_play("2024-01-01T11:00:00Z", "B", "Intro", 50)});
  EXPECT_THAT(lines(ask(data, "top-tracks"), {"name", "artist", "share"}),
              ElementsAre("Intro A 0.666667", "Intro B 0.333333"));
}

TEST(Top, GroupsByTheKeyThatAliasesLeadTo) {
  Sources sources;
  lake::Artist artist;
  artist.key = "6kBDZFXuLrZgHnvmPu9NsG";
  artist.name = "New Name";
  artist.aliases = {lake::artist_key_of_name("Old Name")};
  sources.artists = {artist};
  const auto data = dataset_of({a_play("2024-01-01T10:00:00Z", "Old Name", "x", 100),
                                a_play("2024-01-01T11:00:00Z", "New Name", "x", 50),
                                a_play("2024-01-01T12:00:00Z", "Other", "x", 40)},
                               sources);
  EXPECT_THAT(lines(ask(data, "top-artists"), {"key", "name", "plays"}),
              ElementsAre("6kBDZFXuLrZgHnvmPu9NsG New Name 2",
                          lake::artist_key_of_name("Other") + " Other 1"));
  for (const auto& word :
       {std::string("6kBDZFXuLrZgHnvmPu9NsG"), lake::artist_key_of_name("Old Name"),
        std::string("old name"), std::string("New Name")}) {
    EXPECT_THAT(lines(ask(data, "totals", {{"artist", word}}), {"plays", "artists"}),
                ElementsAre("2 1"))
        << word;
  }
}

TEST(Top, TakesNamesThatDifferInNormalFormForOne) {
  const auto data = dataset_of({a_play("2024-01-01T10:00:00Z", "Beyonc\xC3\xA9", "x"),
                                a_play("2024-01-01T11:00:00Z", "Beyonce\xCC\x81", "x")});
  EXPECT_THAT(lines(ask(data, "top-artists"), {"name", "plays"}), ElementsAre("Beyonc\xC3\xA9 2"));
}

TEST(Top, TellsTheRankOfThePeriodBefore) {
  const auto data = dataset_of(
      {a_play("2023-05-01T10:00:00Z", "A", "x", 300), a_play("2023-05-02T10:00:00Z", "B", "x", 200),
       a_play("2023-05-03T10:00:00Z", "C", "x", 250), a_play("2024-05-01T10:00:00Z", "B", "x", 100),
       a_play("2024-05-01T11:00:00Z", "New", "x", 90)});
  EXPECT_THAT(lines(ask(data, "top-artists", {{"year", "2024"}}), {"name", "previous_rank"}),
              ElementsAre("B 3", "New -"));
  EXPECT_THAT(lines(ask(data, "top-artists"), {"previous_rank"}), testing::Each("-"));
}

TEST(Top, CountsGenresOfTheArtists) {
  Sources sources;
  for (const auto& [key, name] : {std::pair("1", "A"), std::pair("2", "B")}) {
    lake::Artist artist;
    artist.key = key;
    artist.name = name;
    artist.genres.value = {{"pop"}};
    if (artist.key == "2") artist.genres.value->push_back("art rock");
    sources.artists.push_back(artist);
  }
  const auto data = dataset_of(
      {a_play("2024-01-01T10:00:00Z", "A", "x", 100), a_play("2024-01-01T11:00:00Z", "B", "x", 50),
       a_play("2024-01-01T12:00:00Z", "Unknown", "x", 50)},
      sources);
  EXPECT_THAT(lines(ask(data, "top-genres"), {"name", "plays", "ms", "share"}),
              ElementsAre("pop 2 150000 0.75", "art rock 1 50000 0.25", "- 1 50000 0.25"));
  EXPECT_THAT(lines(ask(data, "totals", {{"genre", "Art Rock"}}), {"plays"}), ElementsAre("1"));
  EXPECT_THAT(lines(ask(data, "totals", {{"family", "pop"}}), {"plays"}), ElementsAre("2"));
}

TEST(Top, RefusesAnArtistNobodyKnowsAndNamesTheNearest) {
  const auto data = dataset_of({a_play("2024-01-01T10:00:00Z", "Radiohead", "x")});
  try {
    ask(data, "top-tracks", {{"artist", "Radiohaed"}});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_THAT(error.hint(), testing::HasSubstr("Radiohead"));
  }
}

}  // namespace
}  // namespace soundlake::stats
