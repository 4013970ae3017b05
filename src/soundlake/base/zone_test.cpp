// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/zone.hpp"

#include "soundlake/base/error.hpp"

#include <gtest/gtest.h>

namespace soundlake::base {
namespace {

LocalTime local(const char* zone, const char* utc) {
  return Zone::named(zone).local(parse_utc(utc).value());
}

TEST(Zone, FollowsDaylightSaving) {
  EXPECT_EQ(local("Europe/Berlin", "2026-03-29T00:59:59Z").offset_min, 60);
  EXPECT_EQ(local("Europe/Berlin", "2026-03-29T01:00:00Z").offset_min, 120);
  EXPECT_EQ(local("Europe/Berlin", "2026-03-29T01:00:00Z").hour, 3);
  EXPECT_EQ(local("America/New_York", "2026-11-01T05:59:59Z").offset_min, -240);
  EXPECT_EQ(local("America/New_York", "2026-11-01T06:00:00Z").offset_min, -300);
}

TEST(Zone, KnowsRulesBeyondTheLastWrittenTransition) {
  EXPECT_EQ(local("Europe/Berlin", "2045-07-01T12:00:00Z").offset_min, 120);
}

TEST(Zone, HandlesHalfHoursAndDaysThatAreElsewhereAlready) {
  const auto at = local("Asia/Kolkata", "2026-01-31T19:00:00Z");
  EXPECT_EQ(at.offset_min, 330);
  EXPECT_EQ(format_day(at.date), "2026-02-01");
  EXPECT_EQ(at.hour, 0);
  EXPECT_EQ(at.minute, 30);
  EXPECT_EQ(at.weekday, 7);
  EXPECT_EQ(local("Asia/Kathmandu", "2026-01-01T00:00:00Z").offset_min, 345);
}

TEST(Zone, CountsDownBefore1970) {
  const auto at = local("UTC", "1969-12-31T23:59:59.9Z");
  EXPECT_EQ(format_day(at.date), "1969-12-31");
  EXPECT_EQ(at.hour, 23);
}

TEST(Zone, ADayBeginsWhereTheClockReachesIt) {
  const auto start = [](const char* zone, const char* day) {
    return format_utc(Zone::named(zone).start_of(parse_day(day).value()));
  };
  EXPECT_EQ(start("Europe/Berlin", "2026-07-01"), "2026-06-30T22:00:00Z");
  // Midnight of this day does not exist in Beirut: clocks jump from 00:00 to 01:00.
  EXPECT_EQ(start("Asia/Beirut", "2026-03-29"), "2026-03-28T22:00:00Z");
}

TEST(Zone, RefusesNamesThatAreNoZones) {
  for (const char* name : {"", "Mars/Olympus", "/etc/localtime", "../zoneinfo/UTC"}) {
    EXPECT_THROW(Zone::named(name), Error) << name;
  }
}

}  // namespace
}  // namespace soundlake::base
