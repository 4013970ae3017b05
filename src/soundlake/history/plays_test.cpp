// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/plays.hpp"

#include "soundlake/history/identity.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <iterator>
#include <random>

namespace soundlake::history {
namespace {

using testing::ElementsAre;
using namespace std::chrono_literals;

lake::Play play(const std::string& source, base::Instant end, std::int64_t ms, int song) {
  lake::Play made;
  made.source = source;
  made.kind = "track";
  made.played_at = end;
  made.reported_at = base::format_utc(end);
  made.ms_played = ms;
  made.started_at = end - std::chrono::milliseconds(ms);
  made.track_name = "Song " + std::to_string(song);
  made.artist_name = "Artist " + std::to_string(song % 3);
  if (source != "account") made.spotify_uri = "spotify:track:" + std::to_string(song);
  return made;
}

lake::Play play(const std::string& source, const std::string& end, std::int64_t ms, int song) {
  return play(source, *base::parse_utc(end), ms, song);
}

const base::Zone& berlin() {
  static const auto zone = base::Zone::named("Europe/Berlin");
  return zone;
}

std::vector<lake::Play> table_of(const MergeResult& result) {
  std::vector<lake::Play> plays;
  for (const auto& [year, rows] : result.years) plays.insert(plays.end(), rows.begin(), rows.end());
  return plays;
}

std::vector<std::int64_t> lengths(const std::vector<lake::Play>& plays) {
  std::vector<std::int64_t> found;
  for (const auto& each : plays) found.push_back(each.ms_played);
  return found;
}

/// Merges the rows in a random order, in random portions, some of them again.
std::vector<lake::Play> merged_in_any_way(std::vector<lake::Play> rows, std::mt19937& random) {
  std::shuffle(rows.begin(), rows.end(), random);
  std::vector<lake::Play> table;
  for (std::size_t at = 0; at < rows.size();) {
    const auto size = std::min<std::size_t>(rows.size() - at, 1 + random() % 7);
    std::vector<lake::Play> portion(rows.begin() + static_cast<std::ptrdiff_t>(at),
                                    rows.begin() + static_cast<std::ptrdiff_t>(at + size));
    if (random() % 2 == 0) portion.push_back(rows[random() % (at + size)]);
    table = table_of(merge_plays(table, portion, berlin()));
    at += size;
  }
  return table;
}

TEST(SettleRecent, ARecentPlayLastsItsTracksLengthAtMost) {
  std::vector<lake::Play> plays{play("recent", "2026-03-01T10:00:00Z", 200'000, 1)};
  settle_recent(plays);
  EXPECT_EQ(plays[0].ms_played, 200'000);
  EXPECT_TRUE(plays[0].ms_estimated);
  EXPECT_EQ(plays[0].started_at, base::parse_utc("2026-03-01T09:56:40Z"));
}

TEST(SettleRecent, ARecentPlayBeginsNoEarlierThanThePlayBeforeItEnded) {
  std::vector<lake::Play> plays{play("extended", "2026-03-01T10:00:00Z", 1'000, 1),
                                play("recent", "2026-03-01T10:01:00.5Z", 200'000, 2),
                                play("recent", "2026-03-01T10:01:00.5Z", 200'000, 3),
                                play("recent", "2026-03-01T10:01:10Z", 200'000, 4)};
  settle_recent(plays);
  EXPECT_THAT(lengths(plays), ElementsAre(1'000, 60'500, 60'500, 9'500));
  EXPECT_EQ(plays[1].started_at, base::parse_utc("2026-03-01T10:00:00Z"));
}

TEST(SettleRecent, OtherSourcesKeepWhatTheyTell) {
  std::vector<lake::Play> plays{play("extended", "2026-03-01T10:00:00Z", 1'000, 1),
                                play("extended", "2026-03-01T10:00:01Z", 200'000, 2),
                                play("account", "2026-03-01T10:01:00Z", 200'000, 2)};
  const auto before = plays;
  settle_recent(plays);
  EXPECT_EQ(plays, before);
}

TEST(MergePlays, APlayGetsItsIdItsYearAndItsLocalDay) {
  const auto result =
      merge_plays({}, {play("recent", "2026-01-01T00:01:00Z", 120'000, 1)}, berlin());
  ASSERT_THAT(result.years, testing::SizeIs(1));
  EXPECT_EQ(result.years.begin()->first, 2026);
  const auto& row = result.years.begin()->second.at(0);
  EXPECT_EQ(row.play_id, play_id_of(row));
  EXPECT_EQ(base::format_day(row.local_date), "2026-01-01");
  EXPECT_EQ(row.utc_offset_min, 60);
  EXPECT_EQ(row.length_ms, 120'000);
}

TEST(MergePlays, TheCountsBalance) {
  const auto first = play("recent", "2026-03-01T10:00:00Z", 100'000, 1);
  const auto second = play("recent", "2026-03-01T10:05:00Z", 100'000, 2);
  const auto table = table_of(merge_plays({}, {first}, berlin()));
  EXPECT_EQ(merge_plays(table, {first, second, second}, berlin()).counts,
            (MergeCounts{.added = 1, .duplicates = 2, .displaced = 0}));
}

TEST(MergePlays, AnIncomingRowThatIsCoveredIsADuplicate) {
  const auto table =
      table_of(merge_plays({}, {play("extended", "2026-03-01T10:00:00Z", 90'000, 1)}, berlin()));
  const auto result =
      merge_plays(table, {play("recent", "2026-03-01T10:00:00.7Z", 100'000, 1)}, berlin());
  EXPECT_EQ(result.counts, (MergeCounts{.added = 0, .duplicates = 1, .displaced = 0}));
  EXPECT_EQ(table_of(result), table);
}

TEST(MergePlays, ABetterRowTakesThePlaceOfAKnownOne) {
  const auto recent = play("recent", "2026-03-01T10:00:00.7Z", 100'000, 1);
  const auto extended = play("extended", "2026-03-01T10:00:00Z", 90'000, 1);
  const auto table = table_of(merge_plays({}, {recent}, berlin()));
  const auto result = merge_plays(table, {extended}, berlin());
  EXPECT_EQ(result.counts, (MergeCounts{.added = 1, .duplicates = 0, .displaced = 1}));
  EXPECT_EQ(table_of(result), table_of(merge_plays({}, {extended}, berlin())));
}

TEST(MergePlays, TheEstimateFollowsThePlaysThatRemain) {
  // The covered recent play ended later than the extended row that stays, and must leave no trace.
  const auto covered = play("recent", "2026-03-01T10:00:40Z", 100'000, 1);
  const auto extended = play("extended", "2026-03-01T10:00:00Z", 90'000, 1);
  const auto next = play("recent", "2026-03-01T10:01:00Z", 100'000, 2);
  const auto table = table_of(merge_plays({}, {covered, next}, berlin()));
  EXPECT_THAT(lengths(table), ElementsAre(100'000, 20'000));
  EXPECT_THAT(lengths(table_of(merge_plays(table, {extended}, berlin()))),
              ElementsAre(90'000, 60'000));
}

TEST(MergePlays, OfRowsOfOnePlayTheOneThatKnowsMoreStays) {
  const auto bare = play("extended", "2026-03-01T10:00:00Z", 90'000, 1);
  auto rich = bare;
  rich.platform = "android";
  const auto table = table_of(merge_plays({}, {bare}, berlin()));
  const auto result = merge_plays(table, {rich}, berlin());
  EXPECT_EQ(result.counts.added, 0);
  EXPECT_EQ(table_of(result).at(0).platform, "android");
  EXPECT_EQ(table_of(merge_plays(table_of(result), {bare}, berlin())), table_of(result));
}

TEST(MergePlays, AnAbsurdLengthIsBounded) {
  const auto result = merge_plays(
      {},
      {play("recent", "2026-03-01T10:00:00Z", 1, 1), play("recent", "2026-02-01T10:00:00Z", -5, 2),
       play("recent", "2025-03-01T10:00:00Z", 1'000'000'000'000, 3)},
      berlin());
  EXPECT_THAT(lengths(table_of(result)), ElementsAre(7 * 86'400'000, 0, 1));
}

TEST(MergePlays, AnotherZoneRewritesTheDays) {
  const auto table =
      table_of(merge_plays({}, {play("recent", "2026-03-01T23:59:00Z", 1'000, 1)}, berlin()));
  EXPECT_EQ(base::format_day(table.at(0).local_date), "2026-03-02");
  const auto moved = table_of(merge_plays(table, {}, base::Zone::utc()));
  EXPECT_EQ(base::format_day(moved.at(0).local_date), "2026-03-01");
}

/// Rows crowded into a few minutes around New Year, so that every rule is met often.
std::vector<lake::Play> crowded(const std::vector<std::string>& sources, std::mt19937& random) {
  const auto midnight = *base::parse_utc("2026-01-01T00:00:00Z");
  std::vector<lake::Play> rows;
  for (std::size_t i = 0, count = 1 + random() % 25; i < count; ++i) {
    const auto& source = sources[random() % sources.size()];
    auto end = midnight + std::chrono::milliseconds(static_cast<int>(random() % 600'000) - 300'000);
    if (source == "account") end = std::chrono::floor<std::chrono::minutes>(end);
    if (source == "extended") end = std::chrono::floor<std::chrono::seconds>(end);
    rows.push_back(
        play(source, end, static_cast<int>(random() % 3) * 40'000, static_cast<int>(random() % 3)));
    if (random() % 3 == 0) rows.back().country = "DE";
  }
  return rows;
}

TEST(MergePlays, AnyOrderSplitAndRepetitionOfTwoSourcesGivesTheSameTable) {
  std::mt19937 random(20260101);
  for (const auto& sources : std::vector<std::vector<std::string>>{
           {"recent"}, {"extended", "recent"}, {"extended", "account"}, {"account", "recent"}}) {
    for (int round = 0; round < 40; ++round) {
      const auto rows = crowded(sources, random);
      const auto table = table_of(merge_plays({}, rows, berlin()));
      ASSERT_EQ(merged_in_any_way(rows, random), table) << testing::PrintToString(sources);
      ASSERT_EQ(table_of(merge_plays(table, rows, berlin())), table);
    }
  }
}

/// What three sources tell about the same evening: the export ends at some moment, the Web API
/// begins at some moment and leaves out what was played for less than half a minute.
std::vector<lake::Play> evening(std::mt19937& random) {
  auto end = *base::parse_utc("2025-12-31T22:00:00Z");
  const auto exported_until = end + std::chrono::minutes(random() % 240);
  const auto polled_from = end + std::chrono::minutes(random() % 240);
  std::vector<lake::Play> rows;
  for (int song = 0; song < 40; ++song) {
    const auto ms = static_cast<std::int64_t>(random() % 240'000);
    end += std::chrono::milliseconds(ms + random() % 120'000);
    const auto second = std::chrono::floor<std::chrono::seconds>(end);
    if (second < exported_until) rows.push_back(play("extended", second, ms, song));
    if (random() % 4 != 0) {
      rows.push_back(play("account", std::chrono::floor<std::chrono::minutes>(second), ms, song));
    }
    if (end >= polled_from && ms >= 30'000) rows.push_back(play("recent", end, 240'000, song));
  }
  return rows;
}

TEST(MergePlays, AnyOrderSplitAndRepetitionOfAllSourcesGivesEachPlayOnce) {
  std::mt19937 random(31);
  for (int round = 0; round < 30; ++round) {
    const auto rows = evening(random);
    const auto table = table_of(merge_plays({}, rows, berlin()));
    ASSERT_EQ(merged_in_any_way(rows, random), table);
    std::set<lake::Text> songs;
    for (const auto& row : table) songs.insert(row.track_name);
    ASSERT_EQ(songs.size(), table.size());
  }
}

TEST(AffectedYears, APlayNearNewYearReachesTheNextYear) {
  EXPECT_THAT(affected_years({play("recent", "2026-06-01T00:00:00Z", 1, 1)}), ElementsAre(2026));
  EXPECT_THAT(affected_years({play("recent", "2026-12-30T00:00:00Z", 1, 1)}),
              ElementsAre(2026, 2027));
  EXPECT_THAT(affected_years({play("recent", "2026-01-02T00:00:00Z", 1, 1)}),
              ElementsAre(2025, 2026));
  EXPECT_THAT(affected_years({}), ElementsAre());
}

}  // namespace
}  // namespace soundlake::history
