// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/quotas.hpp"

#include <gtest/gtest.h>

namespace soundlake::sim {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

const base::Instant kNow = *base::parse_utc("2026-11-20T12:00:00Z");

TEST(Quotas, ClosesABucketUntilTheOldestRequestIsADayOld) {
  Quotas quotas;
  quotas.set_ceilings({{"albums", 2}});
  EXPECT_FALSE(quotas.admit("albums", kNow));
  EXPECT_FALSE(quotas.admit("albums", kNow + hours(1)));
  const auto refused = quotas.admit("albums", kNow + hours(2));
  ASSERT_TRUE(refused);
  EXPECT_TRUE(refused->for_the_day);
  EXPECT_EQ(refused->retry_after_s, 22 * 3600);
  EXPECT_TRUE(quotas.admit("albums", kNow + hours(24) - seconds(1)));
  EXPECT_FALSE(quotas.admit("albums", kNow + hours(24)));
  EXPECT_TRUE(quotas.admit("albums", kNow + hours(24)));
}

TEST(Quotas, CountsBucketsApartAndRefusedRequestsNot) {
  Quotas quotas;
  quotas.set_ceilings({{"albums", 1}});
  EXPECT_FALSE(quotas.admit("albums", kNow));
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(quotas.admit("albums", kNow));
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(quotas.admit("tracks", kNow));
  EXPECT_EQ(quotas.used("albums", kNow), 1u);
  EXPECT_EQ(quotas.used("tracks", kNow + hours(24)), 0u);
}

TEST(Quotas, ClosesABucketWithTheCeilingZeroForAWholeDay) {
  Quotas quotas;
  quotas.set_ceilings({{"albums", 0}, {"tracks", -1}});
  EXPECT_EQ(quotas.admit("albums", kNow)->retry_after_s, 86'400);
  EXPECT_FALSE(quotas.admit("tracks", kNow));
}

TEST(Quotas, HoldsBackAllBucketsTogetherOverHalfAMinute) {
  Quotas quotas;
  quotas.set_window(2);
  EXPECT_FALSE(quotas.admit("albums", kNow));
  EXPECT_FALSE(quotas.admit("tracks", kNow + seconds(10)));
  const auto refused = quotas.admit("tracks", kNow + seconds(20));
  ASSERT_TRUE(refused);
  EXPECT_FALSE(refused->for_the_day);
  EXPECT_EQ(refused->retry_after_s, 10);
  EXPECT_FALSE(quotas.admit("tracks", kNow + seconds(30)));
}

}  // namespace
}  // namespace soundlake::sim
