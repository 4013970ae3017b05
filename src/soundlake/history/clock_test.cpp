// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/clock.hpp"

#include "soundlake/base/time.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace soundlake::history {
namespace {

std::int64_t ms_of(const char* utc) {
  return base::to_unix_ms(*base::parse_utc(utc));
}

TEST(Clock, ReadsEveryFormThatExportsWriteAndCanWriteItAgain) {
  for (const auto* text : {"2024-02-29T23:59:59Z", "2012-12-31 00:00:00", "2019-05-01 07:08"}) {
    const auto time = read_time(text);
    ASSERT_TRUE(time) << text;
    EXPECT_EQ(time->at, ms_of(text));
    EXPECT_EQ(reported_text(time->at, time->form), text);
  }
}

TEST(Clock, AFormOfAnotherKindIsKeptAsUtc) {
  EXPECT_EQ(read_time("2024-02-29T23:59:59.250Z"),
            (ReportedTime{ms_of("2024-02-29T23:59:59.250Z"), TimeForm::utc_seconds}));
  EXPECT_EQ(read_time("2024-02-29T23:59"),
            (ReportedTime{ms_of("2024-02-29T23:59:00Z"), TimeForm::utc_seconds}));
}

TEST(Clock, WhatIsNoTimeIsNone) {
  for (const auto* text :
       {"", "yesterday", "2023-02-29T00:00:00Z", "2024-13-01T00:00:00Z", "2024-01-00T00:00:00Z",
        "2024-01-01T24:00:00Z", "2024-01-01T00:60:00Z", "2024-01-01T00:00:60Z",
        "2024-01-01T00:00:00X", "20x4-01-01T00:00:00Z", "2024-0--01T00:00:00Z", "1709290000"}) {
    EXPECT_FALSE(read_time(text)) << text;
  }
}

TEST(Clock, APlayEndsWhenItIsReported) {
  const auto ts = ms_of("2023-05-05T10:00:00Z");
  EXPECT_EQ(end_of_play(ts, 180'000, std::nullopt), ts);
  EXPECT_EQ(end_of_play(ts, 180'000, 0), ts);
  EXPECT_EQ(end_of_play(ts, 180'000, 1'683'280'620), ts) << "seconds";
}

TEST(Clock, AnOfflinePlayOfTheMillisecondEraEndsItsLengthAfterItsStart) {
  const auto upload = ms_of("2020-05-05T10:00:00Z");
  const auto start = ms_of("2020-05-04T20:00:00.123Z");
  EXPECT_EQ(end_of_play(upload, 180'000, start), start + 180'000);
}

TEST(Clock, AStartThatCannotBeIsAClockSetWrong) {
  const auto upload = ms_of("2020-05-05T10:00:00Z");
  EXPECT_EQ(end_of_play(upload, 1000, ms_of("1980-01-06T00:00:00Z")), upload);
  EXPECT_EQ(end_of_play(upload, 1000, ms_of("2021-05-05T10:00:00Z")), upload);
  EXPECT_EQ(end_of_play(upload, 1000, std::numeric_limits<std::int64_t>::max()), upload);
  EXPECT_EQ(end_of_play(upload, 1000, std::numeric_limits<std::int64_t>::min()), upload);
}

TEST(Clock, WhetherAPlayWasSkippedIsKnownSinceOctober2022) {
  EXPECT_FALSE(skipped_is_known(ms_of("2022-10-15T23:59:59Z")));
  EXPECT_TRUE(skipped_is_known(ms_of("2022-10-16T00:00:00Z")));
}

}  // namespace
}  // namespace soundlake::history
