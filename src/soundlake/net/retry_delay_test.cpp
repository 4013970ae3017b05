// SPDX-License-Identifier: Apache-2.0
#include "soundlake/net/retry_delay.hpp"

#include "soundlake/net/http_date.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace soundlake::net {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

// Sun, 06 Nov 1994 08:49:37 GMT
const base::Instant kNow = *base::parse_utc("1994-11-06T08:49:37Z");

struct HeaderRow {
  std::string name;
  std::string header;
  std::optional<milliseconds> wait;
};

class RetryAfter : public testing::TestWithParam<HeaderRow> {};

TEST_P(RetryAfter, IsReadAsRfc9110WritesItOrNotAtAll) {
  EXPECT_EQ(parse_retry_after(GetParam().header, kNow), GetParam().wait);
}

INSTANTIATE_TEST_SUITE_P(
    Headers, RetryAfter,
    testing::Values(
        HeaderRow{"zero", "0", 0ms}, HeaderRow{"one", "1", 1s},
        HeaderRow{"leading_zeros", "007", 7s}, HeaderRow{"a_day", "86236", 86236s},
        HeaderRow{"blanks_around", " 12\t", 12s}, HeaderRow{"fraction", "1.5", 1500ms},
        HeaderRow{"long_fraction", "0.12399", 123ms}, HeaderRow{"thirty_days", "2592000", 2592000s},
        HeaderRow{"beyond_thirty_days", "2592001", 2592000s},
        HeaderRow{"huge", "99999999999999999999999999999999", 2592000s},
        HeaderRow{"negative", "-5", std::nullopt}, HeaderRow{"plus", "+5", std::nullopt},
        HeaderRow{"empty", "", std::nullopt}, HeaderRow{"blank", "  ", std::nullopt},
        HeaderRow{"word", "soon", std::nullopt}, HeaderRow{"unit", "5s", std::nullopt},
        HeaderRow{"two_numbers", "5, 6", std::nullopt}, HeaderRow{"exponent", "1e3", std::nullopt},
        HeaderRow{"hex", "0x10", std::nullopt}, HeaderRow{"point_alone", ".", std::nullopt},
        HeaderRow{"no_digits_after_point", "1.", std::nullopt},
        HeaderRow{"two_points", "1.2.3", std::nullopt},
        HeaderRow{"fixdate", "Sun, 06 Nov 1994 08:50:37 GMT", 60s},
        HeaderRow{"rfc850", "Sunday, 06-Nov-94 08:50:37 GMT", 60s},
        HeaderRow{"asctime", "Sun Nov  6 08:50:37 1994", 60s},
        HeaderRow{"next_day", "Mon, 07 Nov 1994 08:49:37 GMT", 24h},
        HeaderRow{"this_moment", "Sun, 06 Nov 1994 08:49:37 GMT", 0ms},
        HeaderRow{"past", "Sat, 05 Nov 1994 08:49:37 GMT", 0ms},
        HeaderRow{"long_past", "Thu, 01 Jan 1970 00:00:00 GMT", 0ms},
        HeaderRow{"far_future", "Fri, 31 Dec 9999 23:59:59 GMT", 2592000s},
        HeaderRow{"no_such_day", "Wed, 31 Feb 1995 08:49:37 GMT", std::nullopt},
        HeaderRow{"no_such_hour", "Sun, 06 Nov 1994 24:00:00 GMT", std::nullopt},
        HeaderRow{"no_such_month", "Sun, 06 Nox 1994 08:50:37 GMT", std::nullopt},
        HeaderRow{"other_zone", "Sun, 06 Nov 1994 08:50:37 CET", std::nullopt},
        HeaderRow{"without_zone", "Sun, 06 Nov 1994 08:50:37", std::nullopt},
        HeaderRow{"iso", "1994-11-06T08:50:37Z", std::nullopt}),
    [](const auto& row) { return row.param.name; });

TEST(RetryAfterProperty, StaysWithinZeroAndThirtyDaysForAnyBytes) {
  std::mt19937_64 random(3);
  static constexpr std::string_view kPieces = "0123456789 .,-:GMTSunNovJan+\x00\xff";
  for (int round = 0; round < 10000; ++round) {
    std::string bytes(std::uniform_int_distribution<std::size_t>(0, 40)(random), '\0');
    for (char& c : bytes) {
      const auto value = random();
      c = (value & 7) != 0 ? kPieces[(value >> 8) % kPieces.size()] : static_cast<char>(value >> 8);
    }
    const auto wait = parse_retry_after(bytes, kNow);
    if (!wait) continue;
    ASSERT_GE(*wait, 0ms);
    ASSERT_LE(*wait, 30 * 24h);
  }
}

TEST(HttpDate, TakesTheNearestCenturyForTwoDigits) {
  EXPECT_EQ(
      parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT", *base::parse_utc("2026-11-23T00:00:00Z")),
      kNow);
  EXPECT_EQ(
      parse_http_date("Friday, 06-Nov-26 08:49:37 GMT", *base::parse_utc("2026-11-23T00:00:00Z")),
      base::parse_utc("2026-11-06T08:49:37Z"));
}

struct DelayRow {
  std::string name;
  RetryDelayInput input;
  milliseconds least;
  milliseconds most;
};

class Delay : public testing::TestWithParam<DelayRow> {};

TEST_P(Delay, SpreadsOverTheWholeRangeAndNeverLeavesIt) {
  const auto& [name, input, least, most] = GetParam();
  std::mt19937_64 random(4);
  milliseconds lowest = milliseconds::max();
  milliseconds highest = milliseconds::min();
  for (int i = 0; i < 2000; ++i) {
    const auto delay = retry_delay(input, random);
    lowest = std::min(lowest, delay);
    highest = std::max(highest, delay);
  }
  EXPECT_GE(lowest, least);
  EXPECT_LE(highest, most);
  EXPECT_LE(lowest - least, (most - least) / 20);
  EXPECT_LE(most - highest, (most - least) / 20);
}

INSTANTIATE_TEST_SUITE_P(
    Inputs, Delay,
    testing::Values(
        DelayRow{"first", {.attempt = 1, .retry_after = {}}, 0ms, 200ms},
        DelayRow{"second", {.attempt = 2, .retry_after = {}}, 0ms, 400ms},
        DelayRow{"fifth", {.attempt = 5, .retry_after = {}}, 0ms, 3200ms},
        DelayRow{"capped", {.attempt = 9, .retry_after = {}}, 0ms, 20'000ms},
        DelayRow{"no_overflow", {.attempt = 2'000'000'000, .retry_after = {}}, 0ms, 20'000ms},
        DelayRow{"attempt_zero", {.attempt = 0, .retry_after = {}}, 0ms, 200ms},
        DelayRow{"retry_after_is_a_floor", {.attempt = 1, .retry_after = 7s}, 7000ms, 7200ms},
        DelayRow{"ceiling_does_not_cap_it", {.attempt = 1, .retry_after = 50s}, 50'000ms, 50'200ms},
        DelayRow{"negative_floor", {.attempt = 1, .retry_after = -5s}, 0ms, 200ms},
        DelayRow{"no_base", {.attempt = 3, .base = 0ms, .retry_after = {}}, 0ms, 0ms},
        DelayRow{"base_above_ceiling",
                 {.attempt = 1, .base = 9s, .ceiling = 1s, .retry_after = {}},
                 0ms,
                 1000ms},
        DelayRow{"odd_ceiling",
                 {.attempt = 10, .base = 3ms, .ceiling = 1001ms, .retry_after = {}},
                 0ms,
                 1001ms}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace soundlake::net
