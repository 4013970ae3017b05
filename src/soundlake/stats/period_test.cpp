// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/period.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/stats/stats_test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace soundlake::stats {
namespace {

std::string text(const Days& days) {
  return days.empty()
             ? "empty"
             : base::format_day(to_day(days.from)) + " " + base::format_day(to_day(days.to));
}

Dataset two_plays() {
  return dataset_of(
      {a_play("2024-01-05T10:00:00Z", "A", "x"), a_play("2024-03-07T10:00:00Z", "A", "y")});
}

std::string period(const Pairs& pairs, const char* today = "2026-03-31") {
  const auto found = period_of(parse_query(pairs), two_plays(), *base::parse_day(today));
  return text(found.days) + (found.previous ? " after " + text(*found.previous) : "");
}

TEST(Period, IsThatOfAllPlaysWhenNothingIsGiven) {
  EXPECT_EQ(period({}), "2024-01-05 2024-03-07");
  EXPECT_EQ(period({{"last", "all"}}), "2024-01-05 2024-03-07");
}

TEST(Period, IsEmptyWithoutPlaysAndDates) {
  EXPECT_TRUE(period_of({}, dataset_of({}), kToday).days.empty());
}

TEST(Period, OfAYearComesAfterTheYearBefore) {
  EXPECT_EQ(period({{"year", "2025"}}), "2025-01-01 2025-12-31 after 2024-01-01 2024-12-31");
}

TEST(Period, ComesAfterAnEquallyLongOne) {
  EXPECT_EQ(period({{"from", "2024-03-01"}, {"to", "2024-03-07"}}),
            "2024-03-01 2024-03-07 after 2024-02-23 2024-02-29");
}

TEST(Period, CountsTodayWhenItCountsBack) {
  EXPECT_EQ(period({{"last", "1d"}}), "2026-03-31 2026-03-31 after 2026-03-30 2026-03-30");
  EXPECT_EQ(period({{"last", "1w"}}), "2026-03-25 2026-03-31 after 2026-03-18 2026-03-24");
}

TEST(Period, CountsBackInMonthsToTheSameDayOrTheLastOne) {
  EXPECT_THAT(period({{"last", "6m"}}), testing::StartsWith("2025-10-01 2026-03-31"));
  EXPECT_THAT(period({{"last", "1m"}}), testing::StartsWith("2026-03-01 2026-03-31"));
  EXPECT_THAT(period({{"last", "1y"}}, "2024-02-29"), testing::StartsWith("2023-03-01 2024-02-29"));
}

TEST(Period, EndsWithThePlaysWhenOneEndIsOpen) {
  EXPECT_THAT(period({{"from", "2024-02-01"}}), testing::StartsWith("2024-02-01 2024-03-07"));
  EXPECT_THAT(period({{"to", "2024-02-01"}}), testing::StartsWith("2024-01-05 2024-02-01"));
  EXPECT_THAT(period({{"from", "2025-02-01"}}), testing::StartsWith("2025-02-01 2025-02-01"));
}

std::vector<std::string> starts(const char* from, const char* to, Step step) {
  const auto steps =
      steps_of({from_day(*base::parse_day(from)), from_day(*base::parse_day(to))}, step);
  std::vector<std::string> texts;
  for (const auto start : steps.starts) texts.push_back(base::format_day(to_day(start)));
  return texts;
}

TEST(Steps, OfWeeksBeginOnMondayAcrossYears) {
  // 2020 has an ISO week 53, which ends on 3 January 2021.
  EXPECT_THAT(starts("2020-12-30", "2021-01-04", Step::week),
              testing::ElementsAre("2020-12-28", "2021-01-04"));
}

TEST(Steps, BeginAtTheCalendarEvenWhenTheRangeBeginsInside) {
  EXPECT_THAT(starts("2024-02-29", "2024-04-01", Step::month),
              testing::ElementsAre("2024-02-01", "2024-03-01", "2024-04-01"));
  EXPECT_THAT(starts("2024-06-30", "2024-07-01", Step::quarter),
              testing::ElementsAre("2024-04-01", "2024-07-01"));
  EXPECT_THAT(starts("2023-12-31", "2024-01-01", Step::year),
              testing::ElementsAre("2023-01-01", "2024-01-01"));
}

TEST(Steps, GiveEveryDayItsStep) {
  const auto steps =
      steps_of({from_day(*base::parse_day("2024-01-31")), from_day(*base::parse_day("2024-02-02"))},
               Step::month);
  EXPECT_THAT(steps.of_day, testing::ElementsAre(0, 1, 1));
}

TEST(Steps, BeforeNineteenSeventyAreRightToo) {
  EXPECT_THAT(starts("1969-12-31", "1970-01-05", Step::week),
              testing::ElementsAre("1969-12-29", "1970-01-05"));
}

TEST(Steps, AreRefusedWhenThereAreTooMany) {
  EXPECT_THROW(starts("1990-01-01", "2020-01-01", Step::day), Error);
  EXPECT_NO_THROW(starts("1990-01-01", "2020-01-01", Step::week));
}

}  // namespace
}  // namespace soundlake::stats
