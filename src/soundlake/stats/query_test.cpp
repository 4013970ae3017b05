// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/query.hpp"

#include "soundlake/base/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

namespace soundlake::stats {
namespace {

Error refusal(const Pairs& pairs) {
  try {
    parse_query(pairs);
  } catch (const Error& error) {
    return error;
  }
  return Error(ErrorKind::internal, "not refused");
}

TEST(Query, SaysNothingWhenNothingIsGiven) {
  const auto query = parse_query({});
  EXPECT_FALSE(query.from || query.to || query.year || query.last || query.kinds);
  EXPECT_EQ(query.rule, Rule::seconds30);
  EXPECT_EQ(query.by, Measure::time);
}

TEST(Query, ReadsEveryName) {
  const auto query = parse_query({{"from", "2024-02-29"},
                                  {"to", "2024-03-01"},
                                  {"rule", "half"},
                                  {"by", "plays"},
                                  {"kind", "track,episode"},
                                  {"artist", "A"},
                                  {"artist", "B, C"},
                                  {"album", "x"},
                                  {"track", "y"},
                                  {"show", "z"},
                                  {"genre", "art pop"},
                                  {"family", "Pop"},
                                  {"pop", "60-100"},
                                  {"step", "quarter"},
                                  {"limit", "7"},
                                  {"offset", "3"},
                                  {"field", "country,shuffle"},
                                  {"term", "long"}});
  EXPECT_EQ(query.from, base::parse_day("2024-02-29"));
  EXPECT_EQ(query.rule, Rule::half);
  EXPECT_EQ(query.by, Measure::plays);
  EXPECT_THAT(*query.kinds, testing::ElementsAre(Kind::track, Kind::episode));
  EXPECT_THAT(query.artists, testing::ElementsAre("A", "B, C"));
  EXPECT_EQ(query.popularity, std::pair(60, 100));
  EXPECT_EQ(query.step, Step::quarter);
  EXPECT_EQ(query.limit, 7U);
  EXPECT_EQ(query.offset, 3U);
  EXPECT_THAT(query.fields, testing::ElementsAre("country", "shuffle"));
  EXPECT_EQ(query.term, "long_term");
}

TEST(Query, CountsBackInDaysWeeksMonthsAndYears) {
  for (const char* value : {"90d", "4w", "6m", "1y"})
    EXPECT_EQ(parse_query({{"last", value}}).last->unit, value[strlen(value) - 1]) << value;
  EXPECT_EQ(parse_query({{"last", "all"}}).last->unit, 'a');
}

TEST(Query, RefusesWhatItDoesNotKnowAndNamesTheNearest) {
  const auto error = refusal({{"yaer", "2024"}});
  EXPECT_EQ(error.kind(), ErrorKind::usage);
  EXPECT_THAT(error.message(), testing::HasSubstr("yaer"));
  EXPECT_THAT(error.hint(), testing::HasSubstr("year"));
}

TEST(Query, RefusesValuesThatAreNone) {
  const Pairs wrong{
      {"from", "2024-02-30"}, {"from", "yesterday"}, {"year", "24"},   {"year", "-1"},
      {"last", "4x"},         {"last", "0d"},        {"last", "d"},    {"last", "-3d"},
      {"rule", "60s"},        {"by", "ms"},          {"kind", "song"}, {"kind", "track,"},
      {"pop", "60"},          {"pop", "0-101"},      {"pop", "70-60"}, {"step", "hour"},
      {"limit", "0"},         {"limit", "10001"},    {"limit", "1e3"}, {"offset", "-1"},
      {"artist", ""},         {"term", "short_term"}};
  for (const auto& pair : wrong)
    EXPECT_EQ(refusal({pair}).kind(), ErrorKind::usage) << pair.first << "=" << pair.second;
}

TEST(Query, RefusesAReversedRange) {
  EXPECT_EQ(refusal({{"from", "2024-02-02"}, {"to", "2024-02-01"}}).kind(), ErrorKind::usage);
  EXPECT_NO_THROW(parse_query({{"from", "2024-02-02"}, {"to", "2024-02-02"}}));
}

TEST(Query, RefusesTwoWaysOfSayingTheDates) {
  EXPECT_EQ(refusal({{"from", "2024-02-02"}, {"year", "2024"}}).kind(), ErrorKind::usage);
  EXPECT_EQ(refusal({{"last", "4w"}, {"year", "2024"}}).kind(), ErrorKind::usage);
  EXPECT_EQ(refusal({{"year", "2023"}, {"year", "2024"}}).kind(), ErrorKind::usage);
}

}  // namespace
}  // namespace soundlake::stats
