// SPDX-License-Identifier: Apache-2.0
#include "soundlake/facts/facts.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

namespace soundlake::facts {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::SizeIs;
using namespace std::chrono_literals;

constexpr auto kWeek = 24h * 7;

Answer answer(lake::Text value, const std::string& fetched_at, std::string source = "spotify",
              std::chrono::hours time_to_live = kWeek) {
  Answer made;
  made.entity = artist_entity("a");
  made.field = "popularity";
  made.value = std::move(value);
  made.source = std::move(source);
  made.fetched_at = *base::parse_utc(fetched_at);
  made.expires_at = made.fetched_at + time_to_live;
  made.method = "me/top/artists";
  return made;
}

std::vector<std::string> values(const std::vector<lake::Fact>& facts) {
  std::vector<std::string> found;
  for (const auto& fact : facts) found.push_back(fact.value.value_or("null") + ' ' + fact.status);
  return found;
}

TEST(MergeFacts, AFirstAnswerIsAChosenRow) {
  const auto facts = merge({}, {answer("70", "2026-03-01T12:00:00Z")});
  ASSERT_THAT(facts, SizeIs(1));
  EXPECT_EQ(facts[0].entity, "artist:a");
  EXPECT_EQ(facts[0].status, "chosen");
  EXPECT_EQ(facts[0].method, "me/top/artists");
  EXPECT_EQ(facts[0].expires_at, base::parse_utc("2026-03-08T12:00:00Z"));
}

TEST(MergeFacts, AnUnchangedRefetchOnTheSameDayChangesNothing) {
  const auto facts = merge({}, {answer("70", "2026-03-01T00:00:01Z", "spotify", 1h)});
  EXPECT_EQ(merge(facts, {answer("70", "2026-03-01T23:59:59Z", "spotify", 1h)}), facts);
}

TEST(MergeFacts, AnUnchangedRefetchOnALaterDayMovesOnlyTheExpiry) {
  const auto facts = merge({}, {answer("70", "2026-03-01T12:00:00Z")});
  const auto later = merge(facts, {answer("70", "2026-03-03T09:00:00Z")});
  auto expected = facts;
  expected[0].expires_at = base::parse_utc("2026-03-10T09:00:00Z");
  EXPECT_EQ(later, expected);
  // The second refetch of that day as well.
  EXPECT_EQ(merge(later, {answer("70", "2026-03-03T18:00:00Z")}), later);
}

TEST(MergeFacts, TheExpiryNeverMovesBack) {
  const auto facts = merge({}, {answer("70", "2026-03-01T12:00:00Z")});
  EXPECT_EQ(merge(facts, {answer("70", "2026-03-03T12:00:00Z", "spotify", 1h)}), facts);
}

TEST(MergeFacts, AChangedValueIsANewRowAndWins) {
  auto facts = merge({}, {answer("70", "2026-03-01T12:00:00Z")});
  facts = merge(facts, {answer("71", "2026-03-01T13:00:00Z")});
  EXPECT_THAT(values(facts), ElementsAre("70 alternate", "71 chosen"));
}

TEST(MergeFacts, AValueThatComesBackIsANewRowAndWins) {
  auto facts = merge({}, {answer("70", "2026-03-01T12:00:00Z")});
  facts = merge(facts, {answer("71", "2026-03-02T12:00:00Z")});
  facts = merge(facts, {answer("70", "2026-03-03T12:00:00Z")});
  EXPECT_THAT(values(facts), ElementsAre("70 alternate", "71 alternate", "70 chosen"));
}

TEST(MergeFacts, AnAnswerOlderThanWhatIsKnownDoesNotWin) {
  auto facts = merge({}, {answer("71", "2026-03-02T12:00:00Z")});
  facts = merge(facts, {answer("70", "2026-03-01T12:00:00Z")});
  EXPECT_THAT(values(facts), ElementsAre("70 alternate", "71 chosen"));
}

TEST(MergeFacts, ASourceThatHasNoValueIsUnknown) {
  EXPECT_THAT(values(merge({}, {answer(std::nullopt, "2026-03-01T12:00:00Z")})),
              ElementsAre("null unknown"));
}

TEST(MergeFacts, ASurerMatchIsANewRow) {
  auto first = answer("70", "2026-03-01T12:00:00Z", "deezer");
  first.confidence = 0.6;
  auto surer = answer("70", "2026-03-02T12:00:00Z", "deezer");
  surer.confidence = 0.9;
  EXPECT_THAT(values(merge(merge({}, {first}), {surer})), ElementsAre("70 alternate", "70 chosen"));
}

TEST(MergeFacts, ARejectedRowStaysAndDoesNotAbsorbALaterAnswer) {
  auto known = merge({}, {answer("70", "2026-03-01T12:00:00Z", "deezer")});
  known[0].status = "rejected";
  EXPECT_THAT(values(merge(known, {answer("70", "2026-03-02T12:00:00Z", "deezer")})),
              ElementsAre("70 rejected", "70 chosen"));
}

TEST(MergeFacts, OtherFieldsAreLeftAsTheyAre) {
  auto other = answer("x", "2026-03-01T12:00:00Z");
  other.field = "genres";
  auto known = merge({}, {other});
  known[0].status = "disputed";
  const auto facts = merge(known, {answer("70", "2026-03-02T12:00:00Z")});
  EXPECT_THAT(facts, ElementsAre(Field(&lake::Fact::status, "disputed"),
                                 Field(&lake::Fact::status, "chosen")));
}

TEST(MergeFacts, TheOrderAndRepetitionOfAnswersDoNotMatter) {
  std::mt19937 random(7);
  const std::vector<std::string> sources{"spotify", "deezer", "musicbrainz"};
  for (int round = 0; round < 200; ++round) {
    std::vector<Answer> answers;
    for (std::size_t i = 0, count = 1 + random() % 10; i < count; ++i) {
      auto made =
          answer(random() % 5 == 0 ? std::nullopt : lake::Text(std::to_string(random() % 2)),
                 "2026-03-01T12:00:00Z", sources[random() % sources.size()],
                 std::chrono::hours(1 + random() % 48));
      const auto moved = std::chrono::hours(random() % 72);
      made.fetched_at += moved;
      *made.expires_at += moved;
      made.confidence = random() % 3 == 0 ? 0.5 : 1;
      answers.push_back(std::move(made));
    }
    const auto facts = merge({}, answers);
    ASSERT_EQ(merge(facts, answers), facts);
    auto shuffled = answers;
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    shuffled.push_back(shuffled[random() % shuffled.size()]);
    ASSERT_EQ(merge({}, shuffled), facts);
  }
}

}  // namespace
}  // namespace soundlake::facts
