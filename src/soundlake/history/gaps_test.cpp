// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/gaps.hpp"

#include <gmock/gmock.h>

namespace soundlake::history {
namespace {

using testing::ElementsAre;

lake::Play play(const std::string& source, const std::string& end, const std::string& uri = "u") {
  lake::Play made;
  made.source = source;
  made.played_at = *base::parse_utc(end);
  made.spotify_uri = uri;
  return made;
}

const auto kKnown = play("recent", "2026-03-01T10:00:00Z", "known");
const std::vector<lake::Play> kLater{play("recent", "2026-03-01T15:00:00Z"),
                                     play("recent", "2026-03-01T12:00:00Z")};
const PollInfo kFull{.items = 50, .polled_at = *base::parse_utc("2026-03-01T16:00:00Z")};

lake::Gap gap(const std::string& from, const std::string& to) {
  return {*base::parse_utc(from), *base::parse_utc(to), kFull.polled_at, "poll"};
}

TEST(GapOfPoll, AFullPollThatReachesNoKnownPlayLeavesAGap) {
  const auto found = gap_of_poll(kKnown, kLater, kFull);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->from, base::parse_utc("2026-03-01T10:00:00Z"));
  EXPECT_EQ(found->to, base::parse_utc("2026-03-01T12:00:00Z"));
  EXPECT_EQ(found->found_at, kFull.polled_at);
}

TEST(GapOfPoll, APollThatIsNotFullMissesNothing) {
  auto poll = kFull;
  poll.items = 49;
  EXPECT_FALSE(gap_of_poll(kKnown, kLater, poll));
}

TEST(GapOfPoll, APollThatReachesAKnownPlayMissesNothing) {
  auto plays = kLater;
  plays.push_back(kKnown);
  EXPECT_FALSE(gap_of_poll(kKnown, plays, kFull));
}

TEST(GapOfPoll, BeforeTheFirstKnownPlayNothingIsClaimed) {
  EXPECT_FALSE(gap_of_poll(std::nullopt, kLater, kFull));
  EXPECT_FALSE(gap_of_poll(kKnown, {}, kFull));
}

TEST(GapOfPoll, AnotherSourcesClockOfTheSamePlayIsNoGap) {
  EXPECT_FALSE(gap_of_poll(play("extended", "2026-03-01T11:59:59Z"), kLater, kFull));
  EXPECT_TRUE(gap_of_poll(play("extended", "2026-03-01T11:59:59Z", "other"), kLater, kFull));
  auto account = play("account", "2026-03-01 11:59");
  account.spotify_uri.reset();
  account.track_name = "Halo";
  auto plays = kLater;
  plays[1].track_name = "halo";
  EXPECT_FALSE(gap_of_poll(account, plays, kFull));
}

TEST(WithGap, AGapIsRecordedOnce) {
  const auto first = gap("2026-03-01T10:00:00Z", "2026-03-01T12:00:00Z");
  auto again = first;
  again.found_at += std::chrono::hours(1);
  EXPECT_THAT(with_gap(with_gap({}, first), again), ElementsAre(first));
}

TEST(WithGap, GapsStandInTheOrderOfTime) {
  const auto early = gap("2026-03-01T10:00:00Z", "2026-03-01T12:00:00Z");
  const auto late = gap("2026-03-02T10:00:00Z", "2026-03-02T12:00:00Z");
  EXPECT_THAT(with_gap(with_gap({}, late), early), ElementsAre(early, late));
}

}  // namespace
}  // namespace soundlake::history
