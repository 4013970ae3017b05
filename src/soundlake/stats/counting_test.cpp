// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/error.hpp"
#include "soundlake/stats/stats_test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace soundlake::stats {
namespace {

using testing::ElementsAre;

std::string plays_under(const Dataset& data, const std::string& rule) {
  return lines(ask(data, "totals", {{"rule", rule}}), {"plays"}).front();
}

TEST(Counting, FollowsTheRule) {
  auto skipped = a_play("2024-01-01T10:00:00Z", "A", "short", 29);
  skipped.reason_end = "fwdbtn";
  auto thirty = a_play("2024-01-01T11:00:00Z", "A", "thirty", 30);
  thirty.reason_end = "fwdbtn";
  const auto data = dataset_of({skipped, thirty, a_play("2024-01-01T12:00:00Z", "A", "full", 200)});
  EXPECT_EQ(plays_under(data, "all"), "3");
  EXPECT_EQ(plays_under(data, "30s"), "2");
  EXPECT_EQ(plays_under(data, "trackdone"), "1");
}

TEST(Counting, HalfMeansHalfOfTheKnownLengthOrFourMinutes) {
  Sources sources;
  const std::pair<const char*, std::int64_t> tracks[] = {{"minute", 60'000}, {"hour", 3'600'000}};
  for (const auto& [name, length] : tracks) {
    lake::Track track;
    track.key = std::string("key of ") + name;
    track.name = name;
    track.artist_name = "A";
    track.duration_ms.value = length;
    sources.tracks.push_back(track);
  }
  std::sort(sources.tracks.begin(), sources.tracks.end(),
            [](const auto& a, const auto& b) { return a.key < b.key; });
  const auto half = [&](const char* name, std::int64_t seconds) {
    return plays_under(dataset_of({a_play("2024-01-01T10:00:00Z", "A", name, seconds)}, sources),
                       "half");
  };
  EXPECT_EQ(half("minute", 30), "1");
  EXPECT_EQ(half("minute", 29), "0");
  EXPECT_EQ(half("hour", 240), "1");
  EXPECT_EQ(half("hour", 239), "0");
  EXPECT_EQ(half("unknown", 30), "1");
  EXPECT_EQ(half("unknown", 29), "0");
}

TEST(Counting, EstimatedPlaysCountUnderThirtySecondsAndNeverAsDone) {
  auto play = a_play("2024-01-01T10:00:00Z", "A", "x", 20);
  play.ms_estimated = true;
  play.source = "recent";
  const auto data = dataset_of({play});
  EXPECT_EQ(plays_under(data, "30s"), "1");
  EXPECT_EQ(plays_under(data, "trackdone"), "0");
  EXPECT_THAT(lines(ask(data, "totals"), {"ms", "ms_estimated"}), ElementsAre("20000 20000"));
}

TEST(Counting, IsMusicUnlessTheKindSaysOtherwise) {
  auto episode = a_play("2024-01-01T10:00:00Z", "A", "x");
  episode.kind = "episode";
  episode.artist_name = episode.track_name = episode.album_name = std::nullopt;
  episode.show_name = "Show";
  episode.episode_name = "One";
  const auto data = dataset_of({episode, a_play("2024-01-01T11:00:00Z", "A", "x")});
  EXPECT_THAT(lines(ask(data, "totals"), {"plays"}), ElementsAre("1"));
  EXPECT_THAT(lines(ask(data, "totals", {{"kind", "all"}}), {"plays", "artists"}),
              ElementsAre("2 1"));
  EXPECT_THAT(lines(ask(data, "top-shows"), {"name", "plays"}), ElementsAre("Show 1"));
  EXPECT_THAT(lines(ask(data, "top-episodes"), {"name", "artist"}), ElementsAre("One Show"));
}

TEST(Counting, APlayBelongsToTheLocalDateOfItsStart) {
  // 23:59 in Berlin; it ends on the next day, and on the next year's first day in UTC terms.
  const auto data = dataset_of({a_play("2023-12-31T22:59:00Z", "A", "x")});
  EXPECT_THAT(lines(ask(data, "totals", {{"year", "2023"}}), {"plays"}), ElementsAre("1"));
  EXPECT_THAT(lines(ask(data, "totals", {{"year", "2024"}}), {"plays"}), ElementsAre("0"));
}

TEST(Counting, HoursAreLocalInZonesOfHalfAnHour) {
  // Monday 18:30 UTC is Tuesday midnight in India.
  const auto data = dataset_of({a_play("2024-01-01T18:30:00Z", "A", "x", 60, 330)});
  const auto rows = lines(ask(data, "week-hours"), {"weekday", "hour", "plays"});
  EXPECT_EQ(rows.size(), 168U);
  EXPECT_THAT(rows, testing::Contains("2 0 1"));
}

TEST(Counting, TheHourThatComesTwiceCountsTwice) {
  // 27 October 2024, Berlin: 02:30 with summer time, then 02:30 with winter time.
  const auto data = dataset_of({a_play("2024-10-27T00:30:00Z", "A", "x", 60, 120),
                                a_play("2024-10-27T01:30:00Z", "A", "x", 60, 60)});
  EXPECT_THAT(lines(ask(data, "week-hours"), {"weekday", "hour", "plays"}),
              testing::Contains("7 2 2"));
}

TEST(Counting, SeriesHasEveryStepOfTheRange) {
  const auto data = dataset_of(
      {a_play("2024-01-31T10:00:00Z", "A", "x"), a_play("2024-03-01T10:00:00Z", "A", "x")});
  EXPECT_THAT(lines(ask(data, "series"), {"start", "plays"}),
              ElementsAre("2024-01-01 1", "2024-02-01 0", "2024-03-01 1"));
  EXPECT_THAT(
      lines(ask(data, "series", {{"from", "2024-02-28"}, {"to", "2024-03-01"}, {"step", "day"}}),
            {"start", "plays"}),
      ElementsAre("2024-02-28 0", "2024-02-29 0", "2024-03-01 1"));
}

TEST(Counting, NothingAtAllIsAnAnswerToo) {
  const auto data = dataset_of({});
  for (const auto& statistic : all_statistics()) {
    for (const auto& pairs : {Pairs{}, Pairs{{"year", "2024"}}}) {
      if (statistic.name == "artist" || statistic.name == "album" || statistic.name == "track")
        continue;
      EXPECT_NO_THROW(ask(data, statistic.name, pairs)) << statistic.name;
    }
  }
  const auto result = ask(data, "totals");
  EXPECT_FALSE(result.from);
  EXPECT_THAT(lines(result, {"plays", "ms", "days"}), ElementsAre("0 0 0"));
}

TEST(Counting, OnePlayIsAnAnswerToo) {
  const auto data = dataset_of({a_play("2024-02-29T10:00:00Z", "A", "x")});
  for (const auto& statistic : all_statistics()) {
    if (statistic.name == "artist" || statistic.name == "album" || statistic.name == "track")
      continue;
    EXPECT_NO_THROW(ask(data, statistic.name)) << statistic.name;
  }
}

TEST(Counting, SaysAtLeastWhereAGapLies) {
  Sources sources;
  sources.timezone = "Europe/Berlin";
  sources.gaps.push_back({.from = *base::parse_utc("2024-01-10T22:30:00Z"),
                          .to = *base::parse_utc("2024-01-10T23:30:00Z"),
                          .found_at = {},
                          .reason = "x"});
  const auto data = dataset_of({a_play("2024-01-01T10:00:00Z", "A", "x")}, sources);
  EXPECT_TRUE(ask(data, "totals", {{"from", "2024-01-11"}, {"to", "2024-01-12"}}).at_least);
  EXPECT_FALSE(ask(data, "totals", {{"from", "2024-01-12"}, {"to", "2024-01-13"}}).at_least);
  EXPECT_FALSE(ask(data, "totals", {{"from", "2024-01-08"}, {"to", "2024-01-09"}}).at_least);
}

}  // namespace
}  // namespace soundlake::stats
