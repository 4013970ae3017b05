// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/tables.hpp"

#include "soundlake/lake/random_rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace soundlake::lake {
namespace {

using testing::ElementsAre;

const ColumnInfo& column_of(const TableInfo& table, const std::string& name) {
  for (const auto& column : table.columns) {
    if (column.name == name) return column;
  }
  throw std::out_of_range(table.name + "." + name);
}

TEST(Tables, HaveTheFoldersTheDesignNames) {
  std::vector<std::string> keys;
  for (const auto& table : all_tables()) keys.push_back(table.key);
  EXPECT_THAT(keys,
              testing::UnorderedElementsAre(
                  "artists/artists.parquet", "albums/albums.parquet", "tracks/tracks.parquet",
                  "top_artists/top_artists.parquet", "top_tracks/top_tracks.parquet",
                  "artist_albums/artist_albums.parquet",
                  "artist_top_tracks/artist_top_tracks.parquet", "plays/year={year}/plays.parquet",
                  "facts/facts.parquet", "gaps/gaps.parquet", "runs/runs.parquet"));
  EXPECT_STREQ(table_name<TopArtist>(), "top_artists");
  EXPECT_TRUE(table_of<Play>().partitioned());
  EXPECT_FALSE(table_of<Gap>().partitioned());
}

TEST(Tables, HaveThePlaysColumnsThatOthersRelyOn) {
  std::vector<std::string> names;
  for (const auto& column : table_of<Play>().columns) names.push_back(column.name);
  EXPECT_THAT(names, ElementsAre("play_id", "played_at", "started_at", "reported_at", "local_date",
                                 "utc_offset_min", "ms_played", "ms_estimated", "kind",
                                 "spotify_uri", "track_name", "artist_name", "album_name",
                                 "show_name", "episode_name", "audiobook_name", "chapter_name",
                                 "platform", "country", "reason_start", "reason_end", "shuffle",
                                 "skipped", "offline", "incognito", "source", "length_ms"));
}

TEST(Tables, DescribeEveryColumnOnceWithATypeAndASentence) {
  for (const auto& table : all_tables()) {
    std::set<std::string> names;
    EXPECT_FALSE(table.doc.empty());
    for (const auto& column : table.columns) {
      EXPECT_TRUE(names.insert(column.name).second) << table.name << "." << column.name;
      EXPECT_FALSE(column.doc.empty()) << table.name << "." << column.name;
      EXPECT_NE(column.name, "year") << "the partition's column must not stand in a file";
    }
    EXPECT_FALSE(table.sorted_by.empty());
    for (const auto& name : table.sorted_by) EXPECT_FALSE(column_of(table, name).nullable) << name;
  }
}

TEST(Tables, GiveAValueWithASourceThreeColumns) {
  const auto& tracks = table_of<Track>();
  EXPECT_EQ(column_of(tracks, "bpm").type, ColumnType::number);
  EXPECT_EQ(column_of(tracks, "bpm_source").type, ColumnType::text);
  EXPECT_EQ(column_of(tracks, "bpm_confidence").type, ColumnType::number);
  EXPECT_TRUE(column_of(tracks, "bpm").nullable && column_of(tracks, "bpm_source").nullable);
  EXPECT_EQ(column_of(table_of<Artist>(), "genres").type, ColumnType::text_list);
  EXPECT_FALSE(column_of(tracks, "aliases").nullable);
}

TEST(Tables, SortPlaysByTimeAndThenById) {
  std::vector<Play> plays(3);
  plays[0].played_at = base::from_unix_us(2);
  plays[1].played_at = base::from_unix_us(1);
  plays[1].play_id = "b";
  plays[2].played_at = base::from_unix_us(1);
  plays[2].play_id = "a";
  sort_rows(plays);
  EXPECT_EQ(plays[0].play_id, "a");
  EXPECT_EQ(plays[1].play_id, "b");
  EXPECT_EQ(plays[2].played_at, base::from_unix_us(2));
}

TEST(Tables, SortTopListsByDayRangeAndRank) {
  std::vector<TopTrack> rows(3);
  rows[0].rank = 10;
  rows[1].rank = 9;
  rows[2].rank = 1;
  rows[2].time_range = "short_term";
  sort_rows(rows);
  EXPECT_EQ(rows[0].rank, 9);
  EXPECT_EQ(rows[1].rank, 10);
  EXPECT_EQ(rows[2].time_range, "short_term");
}

TEST(Tables, SortRowsThatAgreeInTheirKeyByTheRestNullsFirst) {
  std::vector<Artist> rows(3);
  rows[0].name = "B";
  rows[1].name = "A";
  sort_rows(rows);
  EXPECT_EQ(rows[0].name, std::nullopt);
  EXPECT_EQ(rows[1].name, "A");
  EXPECT_EQ(rows[2].name, "B");
}

TEST(Tables, SortEvenNumbersThatAreNone) {
  std::vector<Track> rows(64);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].bpm.value = i % 3 == 0 ? std::nan("") : static_cast<double>(i % 7);
  }
  sort_rows(rows);
  EXPECT_TRUE(sorted(rows));
}

TEST(Tables, SortToTheSameOrderFromAnyOrder) {
  RandomRows random(41);
  auto rows = random.rows<Fact>(300);
  sort_rows(rows);
  const auto expected = rows;
  random.shuffle(rows);
  EXPECT_FALSE(sorted(rows));
  sort_rows(rows);
  EXPECT_EQ(rows, expected);
}

TEST(Tables, FindTheYearInAKeyOfPlays) {
  EXPECT_EQ(plays_key(2024), "plays/year=2024/plays.parquet");
  EXPECT_EQ(year_of_plays_key(plays_key(2024)), 2024);
  for (const auto* key : {"plays/year=/plays.parquet", "plays/year=2024/other.parquet",
                          "plays/year=02024/plays.parquet", "plays/year=2024x/plays.parquet",
                          "plays/year=99999999999999/plays.parquet", "plays/year=plays.parquet",
                          "artists/artists.parquet", ""}) {
    EXPECT_EQ(year_of_plays_key(key), std::nullopt) << key;
  }
}

}  // namespace
}  // namespace soundlake::lake
