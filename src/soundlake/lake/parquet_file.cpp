// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/parquet_file.hpp"

#include "soundlake/lake/arrow_bridge.hpp"

#include <arrow/array.h>
#include <arrow/buffer.h>
#include <arrow/io/memory.h>
#include <arrow/table.h>
#include <arrow/type.h>
#include <fmt/format.h>
#include <parquet/arrow/reader.h>
#include <parquet/arrow/schema.h>
#include <parquet/arrow/writer.h>
#include <parquet/file_reader.h>
#include <parquet/properties.h>

#include <algorithm>
#include <exception>

namespace soundlake::lake {
namespace {

constexpr std::int64_t kMaxRowsPerGroup = 1 << 20;
constexpr std::int64_t kDictionaryPageLimit = 16 << 20;
constexpr int kZstdLevel = 3;
/// Below this, starting threads takes longer than they save.
constexpr std::int64_t kRowsWorthThreads = 50'000;

std::shared_ptr<arrow::Field> arrow_field(const ColumnInfo& column) {
  return arrow::field(column.name, arrow_type(column.type), column.nullable);
}

std::shared_ptr<parquet::WriterProperties> writer_properties(const TableInfo& table) {
  parquet::WriterProperties::Builder builder;
  // `created_by` stays Arrow's own: readers decide by it which statistics they may trust, and a
  // version of ours in it would change every file with every release.
  builder.version(parquet::ParquetVersion::PARQUET_2_6)
      ->compression(parquet::Compression::ZSTD)
      ->compression_level(kZstdLevel)
      ->dictionary_pagesize_limit(kDictionaryPageLimit)
      ->max_row_group_length(kMaxRowsPerGroup)
      ->enable_statistics()
      ->enable_write_page_index()
      ->enable_page_checksum();
  for (const auto& column : table.columns) {
    if (mostly_distinct(table.name, column.name)) builder.disable_dictionary(column.name);
  }
  std::vector<parquet::SortingColumn> sorting;
  for (const auto& name : table.sorted_by) {
    const auto at = std::find_if(table.columns.begin(), table.columns.end(),
                                 [&](const ColumnInfo& column) { return column.name == name; });
    sorting.push_back({.column_idx = static_cast<std::int32_t>(at - table.columns.begin()),
                       .descending = false,
                       .nulls_first = true});
  }
  builder.set_sorting_columns(std::move(sorting));
  return builder.build();
}

/// Whether all text of an array is UTF-8, of its dictionary or its elements as well.
bool is_valid_text(const arrow::Array& array) {
  switch (array.type_id()) {
    case arrow::Type::STRING:
      return static_cast<const arrow::StringArray&>(array).ValidateUTF8().ok();
    case arrow::Type::LIST:
      return is_valid_text(*static_cast<const arrow::ListArray&>(array).values());
    case arrow::Type::DICTIONARY:
      return is_valid_text(*static_cast<const arrow::DictionaryArray&>(array).dictionary());
    default:
      return true;
  }
}

bool same_type(const arrow::DataType& found, const arrow::DataType& wanted) {
  if (found.id() == arrow::Type::LIST && wanted.id() == arrow::Type::LIST) {
    // The name of the element and whether it can be null differ between writers.
    return same_type(*found.field(0)->type(), *wanted.field(0)->type());
  }
  return found.Equals(wanted);
}

/// Where a wanted column lies in the file: its leaf, −1 when there is none.
std::vector<int> find_leaves(const parquet::arrow::SchemaManifest& manifest,
                             const std::vector<WantedColumn>& wanted, const std::string& what) {
  std::vector<int> leaves(wanted.size(), -1);
  for (const auto& found : manifest.schema_fields) {
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (wanted[i].name != found.field->name()) continue;
      const auto type = arrow_type(wanted[i].type);
      if (!same_type(*found.field->type(), *type)) {
        throw unreadable(what, fmt::format("its column {} is {} instead of {}", wanted[i].name,
                                           found.field->type()->ToString(), type->ToString()));
      }
      if (leaves[i] != -1) throw unreadable(what, "it has two columns called " + wanted[i].name);
      const auto& leaf = found.is_leaf() ? found : found.children.at(0);
      leaves[i] = leaf.column_index;
    }
  }
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].required && leaves[i] == -1) {
      throw unreadable(what, "it has no column " + wanted[i].name);
    }
  }
  return leaves;
}

void check_codes(const arrow::Array& array, const std::string& what) {
  const auto& coded = static_cast<const arrow::DictionaryArray&>(array);
  const auto& codes = static_cast<const arrow::Int32Array&>(*coded.indices());
  const auto values = coded.dictionary()->length();
  for (std::int64_t i = 0; i < codes.length(); ++i) {
    if (codes.IsValid(i) && (codes.Value(i) < 0 || codes.Value(i) >= values)) {
      throw unreadable(what, "a code points outside its dictionary");
    }
  }
}

void check_column(const arrow::ChunkedArray& column, std::int64_t rows, const std::string& what) {
  if (column.length() != rows) throw unreadable(what, "its columns differ in length");
  const arrow::Array* known_dictionary = nullptr;
  for (const auto& chunk : column.chunks()) {
    if (chunk->type_id() == arrow::Type::DICTIONARY) {
      check_codes(*chunk, what);
      const auto* dictionary =
          static_cast<const arrow::DictionaryArray&>(*chunk).dictionary().get();
      if (dictionary == known_dictionary) continue;
      known_dictionary = dictionary;
    }
    if (!is_valid_text(*chunk)) throw unreadable(what, "it holds text that is not UTF-8");
  }
}

ParquetColumns read_checked(std::string_view bytes, const std::string& what,
                            const std::vector<WantedColumn>& wanted) {
  parquet::ReaderProperties properties;
  properties.set_page_checksum_verification(true);
  auto file = parquet::ParquetFileReader::Open(
      std::make_shared<arrow::io::BufferReader>(std::make_shared<arrow::Buffer>(bytes)),
      properties);
  const auto metadata = file->metadata();

  parquet::arrow::SchemaManifest manifest;
  const parquet::ArrowReaderProperties plain;
  check(parquet::arrow::SchemaManifest::Make(metadata->schema(), nullptr, plain, &manifest),
        ErrorKind::data, what);
  const auto leaves = find_leaves(manifest, wanted, what);

  parquet::ArrowReaderProperties reading(metadata->num_rows() >= kRowsWorthThreads);
  reading.set_batch_size(kMaxRowsPerGroup);
  std::vector<int> chosen;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (leaves[i] == -1) continue;
    chosen.push_back(leaves[i]);
    reading.set_read_dictionary(leaves[i], wanted[i].dictionary);
  }
  // How many rows there are is what a column really holds, never only what the file's end claims.
  if (chosen.empty() && metadata->num_columns() > 0) chosen.push_back(0);
  const auto reader = value_of(
      parquet::arrow::FileReader::Make(arrow::default_memory_pool(), std::move(file), reading),
      ErrorKind::data, what);
  const auto table = value_of(reader->ReadTable(chosen), ErrorKind::data, what);

  ParquetColumns result{.rows = table->num_rows(), .columns = {}};
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    auto column = leaves[i] == -1 ? nullptr : table->GetColumnByName(wanted[i].name);
    if (column) check_column(*column, result.rows, what);
    result.columns.push_back(std::move(column));
  }
  return result;
}

}  // namespace

std::shared_ptr<arrow::DataType> arrow_type(ColumnType type) {
  switch (type) {
    case ColumnType::text:
      return arrow::utf8();
    case ColumnType::int32:
      return arrow::int32();
    case ColumnType::int64:
      return arrow::int64();
    case ColumnType::number:
      return arrow::float64();
    case ColumnType::boolean:
      return arrow::boolean();
    case ColumnType::timestamp:
      return arrow::timestamp(arrow::TimeUnit::MICRO, "UTC");
    case ColumnType::day:
      return arrow::date32();
    case ColumnType::text_list:
      return arrow::list(arrow::field("element", arrow::utf8(), false));
  }
  throw Error(ErrorKind::internal, "a column type without an Arrow type");
}

bool mostly_distinct(const std::string& table, const std::string& column) {
  return table == "plays" && (column == "play_id" || column == "reported_at" ||
                              column == "played_at" || column == "started_at");
}

std::string write_parquet(const TableInfo& table,
                          const std::vector<std::shared_ptr<arrow::Array>>& columns,
                          std::int64_t rows) {
  require_same_arrow();
  const std::string what = "writing the table " + table.name;
  arrow::FieldVector fields;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto& column = table.columns[i];
    if (columns.at(i)->length() != rows) {
      throw Error(ErrorKind::internal,
                  what + ": the column " + column.name + " has another length");
    }
    if (!is_valid_text(*columns[i])) {
      throw Error(ErrorKind::internal,
                  what + ": the column " + column.name + " holds text that is not UTF-8");
    }
    fields.push_back(arrow_field(column)->WithType(columns[i]->type()));
  }
  const auto batch = arrow::Table::Make(arrow::schema(std::move(fields)), columns, rows);
  const auto sink = value_of(arrow::io::BufferOutputStream::Create(), ErrorKind::internal, what);
  check(parquet::arrow::WriteTable(*batch, arrow::default_memory_pool(), sink, kMaxRowsPerGroup,
                                   writer_properties(table)),
        ErrorKind::internal, what);
  return value_of(sink->Finish(), ErrorKind::internal, what)->ToString();
}

ParquetColumns read_parquet(std::string_view bytes, const std::string& what,
                            const std::vector<WantedColumn>& wanted) {
  require_same_arrow();
  try {
    return read_checked(bytes, what, wanted);
  } catch (const Error&) {
    throw;
  } catch (const std::exception& error) {
    // Parquet's own exceptions, and bad_alloc when damaged bytes ask for absurd amounts of memory.
    throw unreadable(what, error.what());
  }
}

}  // namespace soundlake::lake
