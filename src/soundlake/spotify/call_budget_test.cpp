// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/call_budget.hpp"

#include <gtest/gtest.h>

namespace soundlake::spotify {
namespace {

using std::chrono::hours;

struct BudgetTest : testing::Test {
  base::Instant now = *base::parse_utc("2026-11-23T10:00:00Z");
  base::Clock clock = [this] { return now; };
  base::Database state = base::Database::in_memory();
};

TEST_F(BudgetTest, FreesEachCallADayAfterItWasSent) {
  CallBudget budget(state, "albums", 3, clock);
  budget.spend(2);
  now += hours(1);
  budget.spend(1);
  EXPECT_EQ(budget.left(), 0);
  EXPECT_EQ(budget.next_free(), *base::parse_utc("2026-11-24T10:00:00Z"));
  now += hours(23);
  EXPECT_EQ(budget.left(), 2);
  EXPECT_EQ(budget.next_free(), now);
}

TEST_F(BudgetTest, OutlivesTheRunAndCountsEachBucketAlone) {
  CallBudget(state, "albums", 3, clock).spend(3);
  EXPECT_EQ(CallBudget(state, "albums", 3, clock).left(), 0);
  EXPECT_EQ(CallBudget(state, "artists", 3, clock).left(), 3);
}

TEST_F(BudgetTest, TakesBackACallThatWasNotSent) {
  CallBudget budget(state, "albums", 2, clock);
  budget.spend(2);
  budget.give_back(1);
  EXPECT_EQ(budget.left(), 1);
}

TEST_F(BudgetTest, ThatWasMadeSmallerWaitsUntilFewerAreCounted) {
  CallBudget wide(state, "albums", 5, clock);
  wide.spend(1);
  now += hours(1);
  wide.spend(1);
  now += hours(1);
  wide.spend(1);
  CallBudget narrow(state, "albums", 2, clock);
  EXPECT_EQ(narrow.left(), 0);
  EXPECT_EQ(narrow.next_free(), *base::parse_utc("2026-11-24T11:00:00Z"));
}

TEST_F(BudgetTest, OfNothingNeverLetsACallLeave) {
  CallBudget budget(state, "albums", 0, clock);
  EXPECT_EQ(budget.left(), 0);
  EXPECT_GT(budget.next_free(), now);
}

}  // namespace
}  // namespace soundlake::spotify
