// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/play_batch.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/lake/codec.hpp"
#include "soundlake/lake/random_rows.hpp"
#include "soundlake/lake/run_all.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

namespace soundlake::lake {
namespace {

std::vector<Play> some_plays(std::size_t count, std::uint64_t seed = 5) {
  auto plays = RandomRows(seed).rows<Play>(count);
  sort_rows(plays);
  return plays;
}

/// The values in the opposite order, each twice, with one that no row uses.
TextColumn wasteful(const TextColumn& column) {
  TextColumn result;
  result.add_value("nobody plays this");
  for (int copy = 0; copy < 2; ++copy) {
    for (auto code = column.values() - 1; code >= 0; --code) result.add_value(column.value(code));
  }
  for (std::size_t row = 0; row < column.codes.size(); ++row) {
    const auto code = column.codes[row];
    const auto copy = static_cast<std::int32_t>(row % 2);
    result.codes.push_back(code < 0 ? -1
                                    : 1 + copy * column.values() + (column.values() - 1 - code));
  }
  return result;
}

TEST(PlayBatch, IsTheSamePlaysAsItsRows) {
  const auto plays = some_plays(300);
  EXPECT_TRUE(to_plays(to_batch(plays)) == plays);
}

TEST(PlayBatch, CallsEveryColumnByItsName) {
  std::vector<Play> plays(1);
  auto& play = plays[0];
  play.play_id = "id";
  play.played_at = base::from_unix_us(1);
  play.started_at = base::from_unix_us(2);
  play.reported_at = "reported";
  play.local_date = base::Day{std::chrono::days{3}};
  play.utc_offset_min = 4;
  play.ms_played = 5;
  play.ms_estimated = true;
  play.kind = "track";
  play.spotify_uri = "uri";
  play.track_name = "track name";
  play.artist_name = "artist";
  play.album_name = "album";
  play.show_name = "show";
  play.episode_name = "episode";
  play.audiobook_name = "audiobook";
  play.chapter_name = "chapter";
  play.platform = "platform";
  play.country = "DE";
  play.reason_start = "start";
  play.reason_end = "end";
  play.shuffle = true;
  play.skipped = false;
  play.offline = true;
  play.source = "recent";
  const auto batch = decode_play_batch(encode(plays), "a file");
  EXPECT_EQ(batch.rows, 1U);
  EXPECT_EQ(batch.play_id.at(0), "id");
  EXPECT_EQ(batch.played_at[0], 1);
  EXPECT_EQ(batch.started_at[0], 2);
  EXPECT_EQ(batch.reported_at.at(0), "reported");
  EXPECT_EQ(batch.local_date[0], 3);
  EXPECT_EQ(batch.utc_offset_min[0], 4);
  EXPECT_EQ(batch.ms_played[0], 5);
  EXPECT_EQ(batch.ms_estimated[0], 1);
  EXPECT_EQ(batch.kind.at(0), "track");
  EXPECT_EQ(batch.spotify_uri.at(0), "uri");
  EXPECT_EQ(batch.track_name.at(0), "track name");
  EXPECT_EQ(batch.artist_name.at(0), "artist");
  EXPECT_EQ(batch.album_name.at(0), "album");
  EXPECT_EQ(batch.show_name.at(0), "show");
  EXPECT_EQ(batch.episode_name.at(0), "episode");
  EXPECT_EQ(batch.audiobook_name.at(0), "audiobook");
  EXPECT_EQ(batch.chapter_name.at(0), "chapter");
  EXPECT_EQ(batch.platform.at(0), "platform");
  EXPECT_EQ(batch.country.at(0), "DE");
  EXPECT_EQ(batch.reason_start.at(0), "start");
  EXPECT_EQ(batch.reason_end.at(0), "end");
  EXPECT_EQ(batch.shuffle[0], 1);
  EXPECT_EQ(batch.skipped[0], 0);
  EXPECT_EQ(batch.offline[0], 1);
  EXPECT_EQ(batch.incognito[0], -1);
  EXPECT_EQ(batch.source.at(0), "recent");
}

TEST(PlayBatch, GivesTheBytesThatItsRowsGive) {
  for (const std::size_t count : {0, 1, 2, 777}) {
    const auto plays = some_plays(count);
    EXPECT_TRUE(encode(to_batch(plays)) == encode(plays)) << count;
  }
}

TEST(PlayBatch, GivesTheSameBytesHoweverItsTextIsCoded) {
  const auto plays = some_plays(500);
  auto batch = to_batch(plays);
  for (auto* column :
       {&batch.play_id, &batch.reported_at, &batch.track_name, &batch.artist_name, &batch.kind}) {
    *column = wasteful(*column);
  }
  EXPECT_TRUE(encode(batch) == encode(plays));
}

TEST(PlayBatch, GivesTheSameBytesWhateverOrderPlaysComeIn) {
  RandomRows random(31);
  auto plays = some_plays(400);
  // Two plays at the same moment with the same id differ in what comes behind.
  plays[7] = plays[8];
  plays[7].country = "ZZ";
  const auto bytes = encode(plays);
  random.shuffle(plays);
  EXPECT_TRUE(encode(to_batch(plays)) == bytes);
}

TEST(PlayBatch, GivesTheSameBytesWithThreads) {
  // Enough rows for threads; the same rows in another order must sort to the same file.
  std::vector<Play> plays(kRowsWorthThreads + 10);
  RandomRows random(37);
  for (auto& play : plays) {
    play.played_at = base::from_unix_us(static_cast<std::int64_t>(random.below(1'000'000'000)));
    play.play_id = std::to_string(random.below(1'000'000'000'000));
    play.track_name = "track " + std::to_string(random.below(500));
    if (random.below(2) == 0) play.skipped = random.below(2) == 0;
  }
  const auto bytes = encode(plays);
  auto shuffled = plays;
  random.shuffle(shuffled);
  EXPECT_TRUE(encode(to_batch(shuffled)) == bytes);
  sort_rows(plays);
  EXPECT_TRUE(decode<Play>(bytes, "a file") == plays);
  EXPECT_TRUE(to_plays(decode_play_batch(bytes, "a file")) == plays);
}

TEST(PlayBatch, ReadsOnlyTheColumnsAskedFor) {
  const auto plays = some_plays(100);
  const auto batch = decode_play_batch(encode(plays), "a file", {"track_name", "ms_played"});
  EXPECT_EQ(batch.rows, 100U);
  EXPECT_EQ(batch.ms_played.size(), 100U);
  EXPECT_EQ(batch.track_name.codes.size(), 100U);
  EXPECT_TRUE(batch.played_at.empty());
  EXPECT_TRUE(batch.artist_name.codes.empty());
  for (std::size_t row = 0; row < plays.size(); ++row) {
    EXPECT_EQ(batch.track_name.is_null(row), !plays[row].track_name.has_value());
    EXPECT_EQ(batch.track_name.at(row), plays[row].track_name.value_or(""));
  }
}

TEST(PlayBatch, KnowsEachTextOfAColumnOnce) {
  std::vector<Play> plays(100);
  for (std::size_t i = 0; i < plays.size(); ++i) plays[i].artist_name = i % 2 == 0 ? "Ann" : "Bob";
  const auto batch = decode_play_batch(encode(plays), "a file");
  EXPECT_EQ(batch.artist_name.values(), 2);
  EXPECT_EQ(batch.track_name.values(), 0);
}

TEST(PlayBatch, RefusesAColumnThatPlaysDoNotHave) {
  EXPECT_THROW(decode_play_batch(encode(some_plays(1)), "a file", {"tempo"}), Error);
}

TEST(PlayBatch, RefusesColumnsOfDifferentLength) {
  auto batch = to_batch(some_plays(10));
  batch.ms_played.pop_back();
  EXPECT_THROW(encode(batch), Error);
}

TEST(PlayBatch, RefusesACodeWithoutAValue) {
  auto batch = to_batch(some_plays(10));
  batch.track_name.codes[3] = batch.track_name.values();
  EXPECT_THROW(encode(batch), Error);
  batch = to_batch(some_plays(10));
  batch.play_id.codes[3] = batch.play_id.values();
  EXPECT_THROW(encode(batch), Error);
}

TEST(TextCoder, GivesEqualTextsOneCode) {
  TextColumn column;
  column.add_value("known before");
  TextCoder coder(column);
  EXPECT_EQ(coder.code_of("known before"), 0);
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 1000; ++i) EXPECT_EQ(coder.code_of(std::to_string(i)), i + 1);
  }
  EXPECT_EQ(coder.code_of(""), 1001);
  EXPECT_EQ(coder.code_of(std::string_view("\0", 1)), 1002);
  EXPECT_EQ(column.value(1001), "");
  EXPECT_EQ(column.values(), 1003);
}

TEST(RunAll, DoesEveryTaskAndReportsAFailure) {
  for (const bool threads : {false, true}) {
    std::vector<int> done(50, 0);
    std::vector<std::function<void()>> tasks;
    for (auto& mark : done) tasks.emplace_back([&mark] { mark = 1; });
    run_all(tasks, threads);
    EXPECT_EQ(std::count(done.begin(), done.end(), 1), 50);
    tasks.emplace_back([] { throw std::runtime_error("full"); });
    EXPECT_THROW(run_all(tasks, threads), std::runtime_error);
  }
}

}  // namespace
}  // namespace soundlake::lake
