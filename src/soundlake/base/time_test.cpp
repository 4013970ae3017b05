// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/time.hpp"

#include <gtest/gtest.h>

#include <random>

namespace soundlake::base {
namespace {

TEST(ParseUtc, AcceptsEveryFormSpotifyWrites) {
  const auto at = [](const char* text) { return format_utc(parse_utc(text).value()); };
  EXPECT_EQ(at("2026-02-25T20:15:20.497Z"), "2026-02-25T20:15:20.497Z");
  EXPECT_EQ(at("2026-02-25T20:15:20Z"), "2026-02-25T20:15:20Z");
  EXPECT_EQ(at("2021-08-01 13:37:59"), "2021-08-01T13:37:59Z");
  EXPECT_EQ(at("2021-08-01 13:37"), "2021-08-01T13:37:00Z");
  EXPECT_EQ(at("2021-08-01T13:37:59.1234567Z"), "2021-08-01T13:37:59.123456Z");
  EXPECT_EQ(at("1969-12-31T23:59:59.5Z"), "1969-12-31T23:59:59.500Z");
}

TEST(ParseUtc, RefusesCalendarNonsenseAndTrailingText) {
  for (const char* text :
       {"", "2026", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-02-25T24:00:00Z",
        "2026-02-25T20:60:00Z", "2026-02-25T20:15:60Z", "2026-02-25T20:15:20.Z",
        "2026-02-25T20:15:20Zx", "2026-02-25T20:15:20+01:00", "2026-2-25T20:15:20Z", "yesterday"}) {
    EXPECT_FALSE(parse_utc(text)) << text;
  }
}

TEST(FormatUtc, ReadsBackWhatItWrote) {
  std::mt19937_64 random(7);
  std::uniform_int_distribution<std::int64_t> micros(-2'000'000'000'000'000, 4'000'000'000'000'000);
  for (int i = 0; i < 2000; ++i) {
    const Instant at = from_unix_us(micros(random));
    ASSERT_EQ(parse_utc(format_utc(at)), at) << format_utc(at);
  }
}

TEST(UnixMilliseconds, RoundDownAlsoBefore1970) {
  EXPECT_EQ(to_unix_ms(from_unix_us(-1)), -1);
  EXPECT_EQ(to_unix_ms(from_unix_us(1999)), 1);
}

TEST(ParseDay, IsStrict) {
  EXPECT_EQ(format_day(parse_day("2024-02-29").value()), "2024-02-29");
  EXPECT_FALSE(parse_day("2023-02-29"));
  EXPECT_FALSE(parse_day("2024-02-29 "));
}

TEST(FormatDuration, ReadsLikeAPersonWouldSayIt) {
  using std::chrono::milliseconds;
  EXPECT_EQ(format_duration(milliseconds(12)), "12 ms");
  EXPECT_EQ(format_duration(milliseconds(45'400)), "45 s");
  EXPECT_EQ(format_duration(milliseconds(12 * 60'000)), "12 min");
  EXPECT_EQ(format_duration(milliseconds(3 * 3'600'000 + 20 * 60'000)), "3 h 20 min");
  EXPECT_EQ(format_duration(milliseconds(86'400'000)), "24 h");
  EXPECT_EQ(format_duration(milliseconds(10 * 86'400'000LL)), "10 days");
}

}  // namespace
}  // namespace soundlake::base
