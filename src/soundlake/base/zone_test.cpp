// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/zone.hpp"

#include "soundlake/base/error.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

namespace soundlake::base {
namespace {

LocalTime local(const char* zone, const char* utc) {
  return Zone::named(zone).local(parse_utc(utc).value());
}

Instant moment(const char* utc) {
  return parse_utc(utc).value();
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

TEST(Zone, APeriodHoldsTheMomentAndKeepsItsOffset) {
  // A change of two hours, half an hour, a half-hour zone, one without changes, odd seconds long
  // ago.
  for (const char* name : {"Europe/Berlin", "Antarctica/Troll", "Australia/Lord_Howe",
                           "Asia/Kolkata", "Africa/Monrovia", "America/New_York", "UTC"}) {
    const auto zone = Zone::named(name);
    std::mt19937_64 random(7);
    for (int round = 0; round < 300; ++round) {
      const auto at = from_unix_ms(static_cast<std::int64_t>(random() % 4'000'000'000'000));
      const auto period = zone.period(at);
      ASSERT_LE(period.from, at) << name;
      ASSERT_LT(at, period.to) << name;
      const auto minutes = period.offset.count() / 60;
      ASSERT_EQ(minutes, zone.local(at).offset_min) << name;
      const auto last = period.to - std::chrono::microseconds(1);
      if (period.from != Instant::min()) {
        ASSERT_EQ(minutes, zone.local(period.from).offset_min);
      }
      if (period.to != Instant::max()) {
        ASSERT_EQ(minutes, zone.local(last).offset_min);
      }
    }
  }
}

TEST(Zone, PeriodsBeginAndEndWithDaylightSaving) {
  const auto period = Zone::named("Europe/Berlin").period(moment("2024-07-01T00:00:00Z"));
  EXPECT_EQ(period.from, moment("2024-03-31T01:00:00Z"));
  EXPECT_EQ(period.to, moment("2024-10-27T01:00:00Z"));
  EXPECT_EQ(period.offset, std::chrono::hours(2));
}

/// What `zic -b slim` makes of a half-hour zone with daylight saving: one written change (1 October
/// 2020), and the rule for everything after it in the last line only.
constexpr unsigned char kSlimZone[] = {
    0x54, 0x5a, 0x69, 0x66, 0x32, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x54, 0x5a, 0x69, 0x66, 0x32, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00,
    0x03, 0x00, 0x00, 0x00, 0x10, 0x00, 0x00, 0x00, 0x00, 0x5f, 0x74, 0xce, 0xa8, 0x00, 0x00,
    0x00, 0x00, 0x5f, 0x94, 0xce, 0x10, 0x02, 0x01, 0x00, 0x00, 0x4d, 0x58, 0x00, 0x00, 0x00,
    0x00, 0x4d, 0x58, 0x00, 0x04, 0x00, 0x00, 0x5b, 0x68, 0x01, 0x0a, 0x49, 0x53, 0x54, 0x00,
    0x2b, 0x30, 0x35, 0x33, 0x30, 0x00, 0x2b, 0x30, 0x36, 0x33, 0x30, 0x00, 0x0a, 0x3c, 0x2b,
    0x30, 0x35, 0x33, 0x30, 0x3e, 0x2d, 0x35, 0x3a, 0x33, 0x30, 0x3c, 0x2b, 0x30, 0x36, 0x33,
    0x30, 0x3e, 0x2c, 0x4d, 0x33, 0x2e, 0x35, 0x2e, 0x30, 0x2f, 0x36, 0x3a, 0x33, 0x30, 0x2c,
    0x4d, 0x31, 0x30, 0x2e, 0x35, 0x2e, 0x30, 0x2f, 0x37, 0x3a, 0x33, 0x30, 0x0a,
};

TEST(Zone, ReadsTheLastLineOfASlimZoneFile) {
  const auto folder =
      std::filesystem::path(testing::TempDir()) / ("zones." + std::to_string(::getpid()));
  std::filesystem::create_directories(folder / "Slim");
  std::ofstream(folder / "Slim" / "Halfway", std::ios::binary)
      .write(reinterpret_cast<const char*>(kSlimZone), sizeof kSlimZone);
  const char* const before = std::getenv("TZDIR");
  const std::string kept = before == nullptr ? "" : before;
  ::setenv("TZDIR", folder.c_str(), 1);
  const auto zone = Zone::named("Slim/Halfway");
  if (before == nullptr) {
    ::unsetenv("TZDIR");
  } else {
    ::setenv("TZDIR", kept.c_str(), 1);
  }
  std::filesystem::remove_all(folder);

  EXPECT_EQ(zone.local(moment("2019-07-01T00:00:00Z")).offset_min, 330);
  EXPECT_EQ(zone.local(moment("2035-01-15T00:00:00Z")).offset_min, 330);
  EXPECT_EQ(zone.local(moment("2035-07-15T00:00:00Z")).offset_min, 390);
  const auto period = zone.period(moment("2035-07-15T00:00:00Z"));
  EXPECT_EQ(period.from, moment("2035-03-25T01:00:00Z"));
  EXPECT_EQ(period.to, moment("2035-10-28T01:00:00Z"));
  EXPECT_EQ(format_day(zone.local(moment("2035-07-15T17:30:00Z")).date), "2035-07-16");
}

TEST(Zone, RefusesNamesThatAreNoZones) {
  for (const char* name : {"", "Mars/Olympus", "/etc/localtime", "../zoneinfo/UTC"}) {
    EXPECT_THROW(Zone::named(name), Error) << name;
  }
}

}  // namespace
}  // namespace soundlake::base
