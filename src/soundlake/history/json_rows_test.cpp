// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/json_rows.hpp"

#include "soundlake/history/json_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace soundlake::history {
namespace {

using Step = JsonRows::Step;

/// The steps until the array ends, breaks or is cut off.
std::vector<Step> steps_of(std::string_view json) {
  JsonRows rows;
  std::vector<Step> steps;
  RawRow row;
  std::size_t at = 0;
  do {
    steps.push_back(rows.next(json, at, row));
  } while (steps.back() == Step::row || steps.back() == Step::other);
  return steps;
}

RawRow row_of(std::string_view json) {
  JsonRows rows;
  RawRow row;
  std::size_t at = 0;
  EXPECT_EQ(rows.next(json, at, row), Step::row) << json;
  return row;
}

TEST(JsonRows, ReadsTheValuesOfAskedForKeysOnly) {
  const std::string json =
      R"([{"ts" : "2024", "ms_played":-12.5e3,"ip_addr":"203.0.113.7","shuffle":true,
          "skipped":null,"offline":false,"platform":{"a":["}]\"",[]]},"new":[{"ts":"x"}]}])";
  const auto row = row_of(json);
  EXPECT_EQ(row[Field::ts].bytes, "2024");
  EXPECT_EQ(row[Field::ms_played].bytes, "-12.5e3");
  EXPECT_EQ(row[Field::shuffle].type, RawValue::Type::yes);
  EXPECT_EQ(row[Field::skipped].type, RawValue::Type::null);
  EXPECT_EQ(row[Field::offline].type, RawValue::Type::no);
  EXPECT_EQ(row[Field::platform].bytes, R"({"a":["}]\"",[]]})");
  EXPECT_EQ(row[Field::reason_end].type, RawValue::Type::absent);
}

TEST(JsonRows, EveryKeyLeadsToItsOwnField) {
  std::vector<bool> seen(kFields);
  for (const auto* key : {"ts",
                          "ms_played",
                          "platform",
                          "conn_country",
                          "master_metadata_track_name",
                          "master_metadata_album_artist_name",
                          "master_metadata_album_album_name",
                          "spotify_track_uri",
                          "episode_name",
                          "episode_show_name",
                          "spotify_episode_uri",
                          "audiobook_title",
                          "audiobook_uri",
                          "audiobook_chapter_uri",
                          "audiobook_chapter_title",
                          "reason_start",
                          "reason_end",
                          "shuffle",
                          "skipped",
                          "offline",
                          "offline_timestamp",
                          "incognito_mode",
                          "endTime",
                          "msPlayed",
                          "artistName",
                          "trackName",
                          "podcastName",
                          "episodeName",
                          "audiobookName",
                          "chapterName"}) {
    const auto field = field_of(key);
    ASSERT_TRUE(field) << key;
    EXPECT_FALSE(seen[static_cast<std::size_t>(*field)]) << key;
    seen[static_cast<std::size_t>(*field)] = true;
  }
  for (const auto* key : {"", "TS", "tz", "shufflE", "ip_addr", "spotify_track_urj", "username",
                          "a_key_that_is_longer_than_all_the_others_there_are"}) {
    EXPECT_FALSE(field_of(key)) << key;
  }
}

TEST(JsonRows, OfAKeyThatStandsTwiceTheLastCounts) {
  EXPECT_EQ(row_of(R"([{"ts":"a","ts":"b"}])")[Field::ts].bytes, "b");
  EXPECT_EQ(row_of(R"([{"ts":"a","\u0074s":null}])")[Field::ts].type, RawValue::Type::null);
}

TEST(JsonRows, ATextIsPlainWhereItsBytesAreItsValue) {
  for (int before = 0; before < 20; ++before) {
    const std::string filler(static_cast<std::size_t>(before), 'x');
    EXPECT_TRUE(row_of("[{\"ts\":\"" + filler + "\",\"é\":1}]")[Field::ts].plain) << before;
    for (const char* special : {"é", "\\n", "\x01"}) {
      const auto json = "[{\"ts\":\"" + filler + special + "yyyyyyyyyyyy\"}]";
      const auto row = row_of(json);
      EXPECT_FALSE(row[Field::ts].plain) << before << special;
      EXPECT_EQ(row[Field::ts].bytes, filler + special + "yyyyyyyyyyyy");
    }
  }
}

TEST(JsonRows, TellsWhatIsNoRowAndGoesOn) {
  EXPECT_THAT(steps_of(R"([1, "x", null, [2], {}, true])"),
              testing::ElementsAre(Step::other, Step::other, Step::other, Step::other, Step::row,
                                   Step::other, Step::end));
  EXPECT_THAT(steps_of("[]"), testing::ElementsAre(Step::end));
}

TEST(JsonRows, WhatIsNoArrayIsBroken) {
  for (const auto* json : {"{}", "x", "[,1]", "[{\"ts\" 1}]", "[{\"ts\":}]", "[{ts:1}]", "[{}{}]",
                           "[nul]", "[{\"a\":1,}]", "[1;2]", "[{\"a\":tru}]"}) {
    EXPECT_EQ(steps_of(json).back(), Step::broken) << json;
  }
}

TEST(JsonRows, NestingOfAnyDepthIsPassedOver) {
  const std::string deep(100'000, '[');
  const std::string shut(100'000, ']');
  EXPECT_EQ(row_of("[{\"ts\":" + deep + shut + ",\"shuffle\":true}]")[Field::shuffle].type,
            RawValue::Type::yes);
  EXPECT_EQ(steps_of("[" + deep).back(), Step::more);
}

TEST(JsonRows, AWindowMayEndAnywhere) {
  const std::string json =
      " [ {\"ts\":\"a\\\"b\",\"ms_played\":12} ,\n true , {\"x\":[{\"y\":\"]\"}],\"ts\":null} ] ";
  for (std::size_t cut = 0; cut <= json.size(); ++cut) {
    JsonRows rows;
    RawRow row;
    std::string seen;
    std::size_t begin = 0;
    std::size_t end = cut;
    for (;;) {
      std::size_t at = 0;
      const auto step = rows.next(std::string_view(json).substr(begin, end - begin), at, row);
      begin += at;
      if (step == Step::more) {
        ASSERT_LT(end, json.size()) << cut;
        end = json.size();
        continue;
      }
      if (step == Step::row) seen += "row " + text_of_json(row[Field::ts].bytes) + ". ";
      if (step == Step::other) seen += "other. ";
      if (step == Step::end || step == Step::broken) {
        seen += step == Step::end ? "end" : "broken";
        break;
      }
    }
    EXPECT_EQ(seen, "row a\"b. other. row null. end") << cut;
  }
}

}  // namespace
}  // namespace soundlake::history
