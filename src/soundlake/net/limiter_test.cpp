// SPDX-License-Identifier: Apache-2.0
#include "soundlake/net/limiter.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/net/retry_budget.hpp"

#include <gtest/gtest.h>

namespace soundlake::net {
namespace {

using namespace std::chrono_literals;

const Ticks kStart{1000s};

/// How many requests leave from `now` on if each is over at once.
int leave_at(Limiter& limiter, Ticks now) {
  int count = 0;
  while (limiter.next_start(now) == now) {
    limiter.started(now);
    limiter.ended();
    ++count;
  }
  return count;
}

TEST(Limiter, LetsTheBurstLeaveAndThenTheRate) {
  Limiter limiter({.requests_per_second = 4, .burst = 16}, kStart);
  EXPECT_EQ(leave_at(limiter, kStart), 16);
  EXPECT_EQ(limiter.next_start(kStart), kStart + 250ms);
  EXPECT_EQ(leave_at(limiter, kStart + 250ms), 1);
  EXPECT_EQ(leave_at(limiter, kStart + 1250ms), 4);
  EXPECT_EQ(leave_at(limiter, kStart + 1h), 16);
}

TEST(Limiter, GivesATurnExactlyWhenItSaidSo) {
  for (const double rate : {0.3, 1.0, 3.0, 7.0, 49.9}) {
    Limiter limiter({.requests_per_second = rate, .burst = 1}, kStart);
    Ticks now = kStart;
    for (int i = 0; i < 1000; ++i) {
      const auto next = limiter.next_start(now);
      ASSERT_TRUE(next);
      now = *next;
      ASSERT_EQ(limiter.next_start(now), now);
      limiter.started(now);
      limiter.ended();
    }
    const double seconds = std::chrono::duration<double>(now - kStart).count();
    EXPECT_NEAR(999 / rate, seconds, 0.001 * seconds);
  }
}

TEST(Limiter, CapsThoseUnderWay) {
  Limiter limiter({.in_flight = 2}, kStart);
  limiter.started(kStart);
  EXPECT_EQ(limiter.next_start(kStart), kStart);
  limiter.started(kStart);
  EXPECT_EQ(limiter.next_start(kStart), std::nullopt);
  limiter.ended();
  EXPECT_EQ(limiter.next_start(kStart), kStart);
}

TEST(Limiter, LetsNothingLeaveWhileHeldAndNoBurstAfterwards) {
  Limiter limiter({.requests_per_second = 4, .burst = 16}, kStart);
  limiter.hold_until(kStart + 10s, kStart);
  EXPECT_EQ(limiter.next_start(kStart), kStart + 10s);
  EXPECT_EQ(limiter.next_start(kStart + 9s), kStart + 10s);
  EXPECT_EQ(leave_at(limiter, kStart + 10s), 1);
  EXPECT_EQ(leave_at(limiter, kStart + 11s), 4);
}

TEST(Limiter, KeepsTheLongerHold) {
  Limiter limiter({}, kStart);
  limiter.hold_until(kStart + 10s, kStart);
  limiter.hold_until(kStart + 5s, kStart + 1s);
  EXPECT_EQ(limiter.next_start(kStart + 1s), kStart + 10s);
  limiter.hold_until(kStart + 12s, kStart + 1s);
  EXPECT_EQ(limiter.next_start(kStart + 1s), kStart + 12s);
}

TEST(Limiter, IgnoresAHoldThatIsOver) {
  Limiter limiter({.burst = 3}, kStart);
  limiter.hold_until(kStart, kStart);
  EXPECT_EQ(leave_at(limiter, kStart), 3);
}

TEST(Limiter, KeepsAHoldAndThoseUnderWayWhenLimitsChange) {
  Limiter limiter({.in_flight = 1}, kStart);
  limiter.started(kStart);
  limiter.hold_until(kStart + 5s, kStart);
  limiter.change({.in_flight = 2});
  EXPECT_EQ(limiter.next_start(kStart), kStart + 5s);
  limiter.started(kStart + 5s);
  EXPECT_EQ(limiter.next_start(kStart + 9s), std::nullopt);
}

TEST(Limiter, RefusesLimitsThatLetNothingLeave) {
  EXPECT_THROW(Limiter({.requests_per_second = 0}, kStart), Error);
  EXPECT_THROW(Limiter({.burst = 0.5}, kStart), Error);
  EXPECT_THROW(Limiter({.in_flight = 0}, kStart), Error);
  EXPECT_THROW(Limiter({.tries = 0}, kStart), Error);
}

TEST(RetryBudget, EndsRetriesWhenItIsSpentAndRecoversWithSuccesses) {
  RetryBudget budget;
  int retries = 0;
  while (budget.take(RetryBudget::kRetryCost)) ++retries;
  EXPECT_EQ(retries, 100);
  budget.refund(RetryBudget::kFirstTryRefund);
  EXPECT_FALSE(budget.take(RetryBudget::kRetryCost));
  budget.refund(RetryBudget::kRetryCost);
  EXPECT_TRUE(budget.take(RetryBudget::kRetryCost));
  EXPECT_EQ(budget.tokens(), 1);
}

TEST(RetryBudget, NeverHoldsMoreThanItsCapacity) {
  RetryBudget budget;
  budget.refund(1000);
  EXPECT_EQ(budget.tokens(), RetryBudget::kCapacity);
  EXPECT_FALSE(budget.take(RetryBudget::kCapacity + 1));
  EXPECT_EQ(budget.tokens(), RetryBudget::kCapacity);
}

}  // namespace
}  // namespace soundlake::net
