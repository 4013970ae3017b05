// SPDX-License-Identifier: Apache-2.0
#include "soundlake/facts/facts.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

namespace soundlake::facts {
namespace {

using testing::ElementsAre;
using namespace std::chrono_literals;

const base::Instant kNoon = *base::parse_utc("2026-03-01T12:00:00Z");

lake::Fact fact(std::string source, lake::Text value, double confidence = 1, int hours = 0,
                std::string status = "alternate") {
  lake::Fact made;
  made.entity = "artist:a";
  made.field = "genres";
  made.source = std::move(source);
  made.value = std::move(value);
  made.confidence = confidence;
  made.fetched_at = kNoon + std::chrono::hours(hours);
  made.status = std::move(status);
  return made;
}

std::vector<std::string> statuses(std::vector<lake::Fact> facts) {
  choose(facts);
  std::vector<std::string> found;
  for (const auto& each : facts) found.push_back(each.status);
  return found;
}

TEST(Choose, AnOverrideBeatsSpotify) {
  EXPECT_THAT(statuses({fact("spotify", "a", 1, 5), fact("override", "b", 0.1)}),
              ElementsAre("alternate", "chosen"));
}

TEST(Choose, SpotifyBeatsAnyOtherServiceHoweverSure) {
  EXPECT_THAT(statuses({fact("musicbrainz", "a", 1, 5), fact("spotify", "b", 0.2)}),
              ElementsAre("alternate", "chosen"));
}

TEST(Choose, TheSurerServiceWins) {
  EXPECT_THAT(statuses({fact("deezer", "a", 0.7, 5), fact("musicbrainz", "b", 0.9)}),
              ElementsAre("alternate", "chosen"));
}

TEST(Choose, OfEquallySureServicesTheNewerWins) {
  EXPECT_THAT(statuses({fact("deezer", "a", 0.9, 0), fact("musicbrainz", "b", 0.9, 1)}),
              ElementsAre("alternate", "chosen"));
}

TEST(Choose, OfEqualsTheNameDecides) {
  EXPECT_THAT(statuses({fact("musicbrainz", "b"), fact("deezer", "a")}),
              ElementsAre("alternate", "chosen"));
}

TEST(Choose, OnlyTheNewestRowOfASourceMayWin) {
  EXPECT_THAT(statuses({fact("deezer", "old", 1, 0), fact("deezer", "new", 0.3, 1),
                        fact("musicbrainz", "m", 0.5)}),
              ElementsAre("alternate", "alternate", "chosen"));
}

TEST(Choose, ARejectedRowNeverWinsNorHidesAnOlderOne) {
  EXPECT_THAT(statuses({fact("deezer", "good", 0.5, 0),
                        fact("deezer", "another artist", 1, 1, "rejected")}),
              ElementsAre("chosen", "rejected"));
  EXPECT_THAT(statuses({fact("override", "x", 1, 0, "rejected")}), ElementsAre("rejected"));
}

TEST(Choose, ASourceThatNoLongerKnowsHasNoSay) {
  EXPECT_THAT(statuses({fact("spotify", "a", 1, 0), fact("spotify", std::nullopt, 1, 1),
                        fact("deezer", "b", 0.2)}),
              ElementsAre("alternate", "unknown", "chosen"));
}

TEST(Choose, NothingIsChosenWhereNobodyKnows) {
  EXPECT_THAT(statuses({fact("spotify", std::nullopt), fact("deezer", std::nullopt)}),
              ElementsAre("unknown", "unknown"));
  EXPECT_THAT(statuses({}), ElementsAre());
}

TEST(Choose, AnEarlierChoiceDoesNotCount) {
  EXPECT_THAT(statuses({fact("deezer", "a", 0.2, 0, "chosen"), fact("spotify", "b")}),
              ElementsAre("alternate", "chosen"));
}

TEST(Choose, TheOrderOfTheRowsDoesNotMatter) {
  std::mt19937 random(20261123);
  const std::vector<std::string> sources{"override", "spotify", "deezer", "musicbrainz"};
  for (int round = 0; round < 300; ++round) {
    std::vector<lake::Fact> facts;
    for (std::size_t i = 0, count = random() % 8; i < count; ++i) {
      const lake::Text value =
          random() % 4 == 0 ? std::nullopt : lake::Text(std::to_string(random() % 3));
      facts.push_back(fact(sources[random() % sources.size()], value,
                           static_cast<double>(random() % 3) / 2, static_cast<int>(random() % 3),
                           random() % 5 == 0 ? "rejected" : "alternate"));
    }
    const auto by_content = [](const lake::Fact& a, const lake::Fact& b) {
      return std::tie(a.source, a.fetched_at, a.value, a.confidence, a.status) <
             std::tie(b.source, b.fetched_at, b.value, b.confidence, b.status);
    };
    auto shuffled = facts;
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    choose(facts);
    choose(shuffled);
    std::sort(facts.begin(), facts.end(), by_content);
    std::sort(shuffled.begin(), shuffled.end(), by_content);
    ASSERT_EQ(facts, shuffled);
    ASSERT_LE(std::count_if(facts.begin(), facts.end(),
                            [](const auto& each) { return each.status == "chosen"; }),
              1);
  }
}

}  // namespace
}  // namespace soundlake::facts
