// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/parquet_file.hpp"

#include "soundlake/lake/arrow_bridge.hpp"
#include "soundlake/lake/codec.hpp"
#include "soundlake/lake/play_batch.hpp"
#include "soundlake/lake/random_rows.hpp"

#include <arrow/array.h>
#include <arrow/builder.h>
#include <arrow/io/memory.h>
#include <arrow/table.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <parquet/arrow/reader.h>
#include <parquet/arrow/writer.h>
#include <parquet/file_reader.h>
#include <parquet/page_index.h>

namespace soundlake::lake {
namespace {

using testing::HasSubstr;

std::unique_ptr<parquet::ParquetFileReader> open(const std::string& bytes) {
  return parquet::ParquetFileReader::Open(
      std::make_shared<arrow::io::BufferReader>(arrow::Buffer::FromString(bytes)));
}

/// The file as an Arrow table, to write it again as an older, newer or foreign program would.
std::shared_ptr<arrow::Table> table_in(const std::string& bytes) {
  const auto reader =
      value_of(parquet::arrow::FileReader::Make(arrow::default_memory_pool(), open(bytes)),
               ErrorKind::data, "test");
  return value_of(reader->ReadTable(), ErrorKind::data, "test");
}

std::string file_of(const arrow::Table& table, std::int64_t rows_per_group = 1 << 20) {
  const auto sink = value_of(arrow::io::BufferOutputStream::Create(), ErrorKind::io, "test");
  check(parquet::arrow::WriteTable(table, arrow::default_memory_pool(), sink, rows_per_group),
        ErrorKind::io, "test");
  return value_of(sink->Finish(), ErrorKind::io, "test")->ToString();
}

std::string without(const std::string& bytes, const std::string& column) {
  const auto table = table_in(bytes);
  return file_of(*value_of(table->RemoveColumn(table->schema()->GetFieldIndex(column)),
                           ErrorKind::data, "test"));
}

std::shared_ptr<arrow::ChunkedArray> numbers(std::int64_t count) {
  arrow::Int64Builder builder;
  for (std::int64_t i = 0; i < count; ++i) check(builder.Append(i), ErrorKind::data, "test");
  return std::make_shared<arrow::ChunkedArray>(value_of(builder.Finish(), ErrorKind::data, "test"));
}

std::string with(const std::string& bytes, int at, const std::string& column) {
  const auto table = table_in(bytes);
  return file_of(*value_of(
      table->AddColumn(at, arrow::field(column, arrow::int64()), numbers(table->num_rows())),
      ErrorKind::data, "test"));
}

std::vector<Artist> some_artists() {
  auto rows = RandomRows(3).rows<Artist>(20);
  sort_rows(rows);
  return rows;
}

TEST(ParquetFile, ReadsAnOlderFileThatLacksColumns) {
  auto rows = some_artists();
  const auto older = without(without(encode(rows), "aliases"), "followers");
  for (auto& row : rows) {
    row.aliases.clear();
    row.followers.value.reset();
  }
  EXPECT_TRUE(decode<Artist>(older, "a file") == rows);
}

TEST(ParquetFile, ReadsANewerFileWithColumnsItDoesNotKnow) {
  const auto rows = some_artists();
  EXPECT_TRUE(decode<Artist>(with(encode(rows), 0, "mood"), "a file") == rows);
  EXPECT_TRUE(decode<Artist>(with(encode(rows), 5, "mood"), "a file") == rows);
}

TEST(ParquetFile, RefusesAFileThatLacksWhatTellsRowsApart) {
  EXPECT_THROW(decode<Artist>(without(encode(some_artists()), "key"), "a file"), Error);
}

TEST(ParquetFile, RefusesAColumnOfAnotherType) {
  const auto foreign = with(without(encode(some_artists()), "name"), 0, "name");
  try {
    decode<Artist>(foreign, "a file");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::data);
    EXPECT_THAT(error.message(), HasSubstr("column name is int64 instead of string"));
  }
}

TEST(ParquetFile, RefusesAColumnThatIsThereTwice) {
  const auto foreign = with(encode(RandomRows(5).rows<Track>(3)), 0, "duration_ms");
  EXPECT_THROW(decode<Track>(foreign, "a file"), Error);
}

TEST(ParquetFile, ReadsPlaysSpreadOverSeveralRowGroups) {
  auto plays = RandomRows(17).rows<Play>(500);
  sort_rows(plays);
  const auto file = file_of(*table_in(encode(plays)), 64);
  EXPECT_EQ(open(file)->metadata()->num_row_groups(), 8);
  EXPECT_TRUE(decode<Play>(file, "a file") == plays);
  EXPECT_TRUE(to_plays(decode_play_batch(file, "a file")) == plays);
}

TEST(ParquetFile, ReadsPlaysOfAnOlderFileIntoColumns) {
  auto plays = RandomRows(19).rows<Play>(50);
  sort_rows(plays);
  const auto older = without(without(without(encode(plays), "platform"), "shuffle"), "ms_played");
  for (auto& play : plays) {
    play.platform.reset();
    play.shuffle.reset();
    play.ms_played = 0;
  }
  EXPECT_TRUE(to_plays(decode_play_batch(older, "a file")) == plays);
  const auto absent = decode_play_batch(older, "a file", {"platform"});
  EXPECT_EQ(absent.rows, 50U);
  EXPECT_EQ(absent.platform.codes, std::vector<std::int32_t>(50, -1));
}

TEST(ParquetFile, SaysHowItIsSortedAndLeavesNothingUncompressed) {
  auto plays = RandomRows(23).rows<Play>(300);
  const auto file = open(encode(plays));
  const auto metadata = file->metadata();
  ASSERT_EQ(metadata->num_row_groups(), 1);
  const auto sorting = metadata->RowGroup(0)->sorting_columns();
  ASSERT_EQ(sorting.size(), 2U);
  EXPECT_EQ(metadata->schema()->Column(sorting[0].column_idx)->name(), "played_at");
  EXPECT_EQ(metadata->schema()->Column(sorting[1].column_idx)->name(), "play_id");
  for (int i = 0; i < metadata->num_columns(); ++i) {
    const auto column = metadata->RowGroup(0)->ColumnChunk(i);
    const auto name = metadata->schema()->Column(i)->name();
    EXPECT_EQ(column->compression(), parquet::Compression::ZSTD) << name;
    EXPECT_TRUE(column->is_stats_set()) << name;
    EXPECT_TRUE(column->GetOffsetIndexLocation().has_value()) << name;
    EXPECT_EQ(column->has_dictionary_page(),
              !mostly_distinct("plays", name) &&
                  metadata->schema()->Column(i)->physical_type() != parquet::Type::BOOLEAN)
        << name;
  }
}

TEST(ParquetFile, HoldsNothingThatChangesFromRunToRun) {
  const auto file = open(encode(some_artists()));
  EXPECT_EQ(file->metadata()->created_by(), parquet::DEFAULT_CREATED_BY);
  EXPECT_EQ(file->metadata()->key_value_metadata(), nullptr);
}

TEST(ParquetFile, UsesTheTypesTheReferenceNames) {
  for (const auto& table : all_tables()) {
    for (const auto& column : table.columns) {
      const auto type = arrow_type(column.type)->ToString();
      const std::string name = name_of(column.type);
      if (column.type == ColumnType::timestamp) {
        EXPECT_EQ(type, "timestamp[us, tz=UTC]");
      } else if (column.type == ColumnType::day) {
        EXPECT_EQ(type, "date32[day]");
      } else if (column.type == ColumnType::text_list) {
        EXPECT_EQ(type, "list<element: string not null>");
      } else {
        EXPECT_EQ(type, name) << table.name << "." << column.name;
      }
    }
  }
}

TEST(ArrowBridge, RefusesAnotherArrowThanTheOneItWasBuiltWith) {
  EXPECT_NO_THROW(require_same_arrow("25.0.1", "25.0.1"));
  EXPECT_NO_THROW(require_same_arrow());
  try {
    require_same_arrow("25.0.0", "25.0.1");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.message(), testing::AllOf(HasSubstr("25.0.0"), HasSubstr("25.0.1")));
    EXPECT_THAT(error.hint(), HasSubstr("LD_LIBRARY_PATH"));
  }
}

}  // namespace
}  // namespace soundlake::lake
