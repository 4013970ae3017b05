// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/parquet_file.hpp"

#include "soundlake/lake/arrow_bridge.hpp"
#include "soundlake/lake/run_all.hpp"

#include <arrow/array.h>
#include <arrow/buffer.h>
#include <arrow/io/memory.h>
#include <arrow/record_batch.h>
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
/// The quickest: what is dictionary-encoded gains little from more.
constexpr int kZstdLevel = 1;
constexpr std::int64_t kFirstBytes = 4096;

std::shared_ptr<arrow::Field> arrow_field(const ColumnInfo& column) {
  return arrow::field(column.name, arrow_type(column.type), column.nullable);
}

/// How Parquet calls the column's values.
std::string path_of(const ColumnInfo& column) {
  return column.type == ColumnType::text_list ? column.name + ".list.element" : column.name;
}

std::shared_ptr<parquet::WriterProperties> writer_properties(const TableInfo& table) {
  parquet::WriterProperties::Builder builder;
  builder.memory_pool(memory_pool());
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
    if (mostly_distinct(table.name, column.name)) builder.disable_dictionary(path_of(column));
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

/// Where a wanted column lies in a file.
struct Place {
  std::size_t wanted = 0;
  int field = 0;  ///< among the columns
  int leaf = 0;   ///< among the leaves of all columns
  std::int64_t bytes = 0;
};

/// The wanted columns that the file has, the biggest first, so that no thread ends up alone with
/// it.
std::vector<Place> find_places(const parquet::FileMetaData& metadata,
                               const std::vector<WantedColumn>& wanted, const std::string& what) {
  parquet::arrow::SchemaManifest manifest;
  check(parquet::arrow::SchemaManifest::Make(metadata.schema(), nullptr,
                                             parquet::ArrowReaderProperties(), &manifest),
        ErrorKind::data, what);
  std::vector<Place> places;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto before = places.size();
    for (std::size_t field = 0; field < manifest.schema_fields.size(); ++field) {
      const auto& found = manifest.schema_fields[field];
      if (wanted[i].name != found.field->name()) continue;
      const auto type = arrow_type(wanted[i].type);
      if (!same_type(*found.field->type(), *type)) {
        throw unreadable(what, fmt::format("its column {} is {} instead of {}", wanted[i].name,
                                           found.field->type()->ToString(), type->ToString()));
      }
      const auto& leaf = found.is_leaf() ? found : found.children.at(0);
      places.push_back({.wanted = i, .field = static_cast<int>(field), .leaf = leaf.column_index});
    }
    if (places.size() > before + 1)
      throw unreadable(what, "it has two columns called " + wanted[i].name);
    if (places.size() == before && wanted[i].required) {
      throw unreadable(what, "it has no column " + wanted[i].name);
    }
  }
  for (auto& place : places) {
    for (int group = 0; group < metadata.num_row_groups(); ++group) {
      place.bytes += metadata.RowGroup(group)->ColumnChunk(place.leaf)->total_uncompressed_size();
    }
  }
  std::stable_sort(places.begin(), places.end(),
                   [](const Place& a, const Place& b) { return a.bytes > b.bytes; });
  return places;
}

void check_codes(const arrow::DictionaryArray& coded, const std::string& what) {
  const auto& codes = static_cast<const arrow::Int32Array&>(*coded.indices());
  const auto values = static_cast<std::uint32_t>(coded.dictionary()->length());
  const auto* raw = codes.raw_values();
  bool good = true;
  for (std::int64_t i = 0; i < codes.length(); ++i) {
    // A negative code is a huge unsigned one.
    good &= static_cast<std::uint32_t>(raw[i]) < values || codes.IsNull(i);
  }
  if (!good) throw unreadable(what, "a code points outside its dictionary");
}

void check_column(const arrow::ChunkedArray& column, std::int64_t rows, const std::string& what) {
  if (column.length() != rows) throw unreadable(what, "its columns differ in length");
  const arrow::Array* known_dictionary = nullptr;
  for (const auto& chunk : column.chunks()) {
    if (chunk->type_id() == arrow::Type::DICTIONARY) {
      const auto& coded = static_cast<const arrow::DictionaryArray&>(*chunk);
      check_codes(coded, what);
      const auto* dictionary = coded.dictionary().get();
      if (dictionary == known_dictionary) continue;
      known_dictionary = dictionary;
    }
    if (!is_valid_text(*chunk)) throw unreadable(what, "it holds text that is not UTF-8");
  }
}

parquet::ReaderProperties checking_properties() {
  parquet::ReaderProperties properties(memory_pool());
  properties.set_page_checksum_verification(true);
  return properties;
}

std::unique_ptr<parquet::ParquetFileReader> open_file(
    std::string_view bytes, std::shared_ptr<parquet::FileMetaData> metadata = nullptr) {
  return parquet::ParquetFileReader::Open(
      std::make_shared<arrow::io::BufferReader>(std::make_shared<arrow::Buffer>(bytes)),
      checking_properties(), std::move(metadata));
}

std::shared_ptr<arrow::ChunkedArray> read_column(std::unique_ptr<parquet::ParquetFileReader> file,
                                                 const Place& place, bool dictionary,
                                                 const std::string& what) {
  parquet::ArrowReaderProperties properties(false);
  properties.set_pre_buffer(false);
  properties.set_read_dictionary(place.leaf, dictionary);
  const auto reader =
      value_of(parquet::arrow::FileReader::Make(memory_pool(), std::move(file), properties),
               ErrorKind::data, what);
  std::shared_ptr<arrow::ChunkedArray> column;
  check(reader->ReadColumn(place.field, &column), ErrorKind::data, what);
  return column;
}

/// Every column is opened, read, handed on and freed by itself: memory is used again instead of
/// growing, and threads share nothing but the file's bytes and its (constant) metadata.
void read_checked(std::string_view bytes, const std::string& what,
                  const std::vector<WantedColumn>& wanted, const ColumnTaker& taker) {
  auto file = open_file(bytes);
  const auto metadata = file->metadata();
  auto places = find_places(*metadata, wanted, what);

  // How many rows there are is what a column really holds, never only what the file's end claims.
  std::int64_t rows = 0;
  std::shared_ptr<arrow::ChunkedArray> first;
  if (!places.empty()) {
    first =
        read_column(std::move(file), places.back(), wanted[places.back().wanted].dictionary, what);
    rows = first->length();
  } else if (metadata->num_columns() > 0) {
    rows = read_column(std::move(file), {}, false, what)->length();
  }
  if (rows != metadata->num_rows()) throw unreadable(what, "its columns differ in length");
  taker.begin(static_cast<std::size_t>(rows));
  if (places.empty()) return;
  check_column(*first, rows, what);
  taker.take(places.back().wanted, *first);
  places.pop_back();

  std::vector<std::function<void()>> tasks;
  for (const auto& place : places) {
    tasks.emplace_back([&, place] {
      const auto column =
          read_column(open_file(bytes, metadata), place, wanted[place.wanted].dictionary, what);
      check_column(*column, rows, what);
      taker.take(place.wanted, *column);
    });
  }
  run_all(tasks, static_cast<std::size_t>(rows) >= kRowsWorthThreads);
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
  if (table == "artists" || table == "albums" || table == "tracks") {
    return column == "key" || column == "id" || column == "aliases";
  }
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
  const auto schema = arrow::schema(std::move(fields));
  const auto sink = value_of(arrow::io::BufferOutputStream::Create(kFirstBytes, memory_pool()),
                             ErrorKind::internal, what);
  const auto arrow_properties =
      parquet::ArrowWriterProperties::Builder()
          .set_use_threads(static_cast<std::size_t>(rows) >= kRowsWorthThreads)
          ->build();
  const auto writer =
      value_of(parquet::arrow::FileWriter::Open(*schema, memory_pool(), sink,
                                                writer_properties(table), arrow_properties),
               ErrorKind::internal, what);
  // Columns of a batch are encoded side by side and then written one after the other: the bytes do
  // not depend on the number of threads.
  check(writer->WriteRecordBatch(*arrow::RecordBatch::Make(schema, rows, columns)),
        ErrorKind::internal, what);
  check(writer->Close(), ErrorKind::internal, what);
  return value_of(sink->Finish(), ErrorKind::internal, what)->ToString();
}

void read_parquet(std::string_view bytes, const std::string& what,
                  const std::vector<WantedColumn>& wanted, const ColumnTaker& taker) {
  require_same_arrow();
  try {
    read_checked(bytes, what, wanted, taker);
  } catch (const Error&) {
    throw;
  } catch (const std::exception& error) {
    // Parquet's own exceptions, and bad_alloc when damaged bytes ask for absurd amounts of memory.
    throw unreadable(what, error.what());
  }
}

}  // namespace soundlake::lake
