// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/codec.hpp"

#include "soundlake/lake/arrow_bridge.hpp"
#include "soundlake/lake/parquet_file.hpp"
#include "soundlake/lake/play_batch.hpp"
#include "soundlake/lake/schemas.hpp"

#include <arrow/array.h>
#include <arrow/builder.h>
#include <arrow/chunked_array.h>

#include <algorithm>
#include <functional>

namespace soundlake::lake {
namespace {

using arrow::Status;

/// The builder and the array of a column type, and how a value of a row goes in and comes out.
template <class Value>
struct ArrowOf;

template <>
struct ArrowOf<std::string> {
  using Array = arrow::StringArray;
  static std::unique_ptr<arrow::StringBuilder> builder() {
    return std::make_unique<arrow::StringBuilder>(memory_pool());
  }
  static Status append(arrow::StringBuilder& builder, const std::string& value) {
    return builder.Append(value);
  }
  static void read(const Array& array, std::int64_t i, std::string& value) {
    value = array.GetView(i);
  }
};

template <class Value, class Builder, class ArrayType>
struct ArrowOfNumber {
  using Array = ArrayType;
  static std::unique_ptr<Builder> builder() { return std::make_unique<Builder>(memory_pool()); }
  static Status append(Builder& builder, Value value) { return builder.Append(value); }
  static void read(const Array& array, std::int64_t i, Value& value) { value = array.Value(i); }
};
template <>
struct ArrowOf<std::int32_t> : ArrowOfNumber<std::int32_t, arrow::Int32Builder, arrow::Int32Array> {
};
template <>
struct ArrowOf<std::int64_t> : ArrowOfNumber<std::int64_t, arrow::Int64Builder, arrow::Int64Array> {
};
template <>
struct ArrowOf<double> : ArrowOfNumber<double, arrow::DoubleBuilder, arrow::DoubleArray> {};
template <>
struct ArrowOf<bool> : ArrowOfNumber<bool, arrow::BooleanBuilder, arrow::BooleanArray> {};

template <>
struct ArrowOf<base::Instant> {
  using Array = arrow::TimestampArray;
  static std::unique_ptr<arrow::TimestampBuilder> builder() {
    return std::make_unique<arrow::TimestampBuilder>(arrow_type(ColumnType::timestamp),
                                                     memory_pool());
  }
  static Status append(arrow::TimestampBuilder& builder, base::Instant value) {
    return builder.Append(base::to_unix_us(value));
  }
  static void read(const Array& array, std::int64_t i, base::Instant& value) {
    value = base::from_unix_us(array.Value(i));
  }
};

template <>
struct ArrowOf<base::Day> {
  using Array = arrow::Date32Array;
  static std::unique_ptr<arrow::Date32Builder> builder() {
    return std::make_unique<arrow::Date32Builder>(memory_pool());
  }
  static Status append(arrow::Date32Builder& builder, base::Day value) {
    return builder.Append(static_cast<std::int32_t>(value.time_since_epoch().count()));
  }
  static void read(const Array& array, std::int64_t i, base::Day& value) {
    value = base::Day{std::chrono::days{array.Value(i)}};
  }
};

template <>
struct ArrowOf<std::vector<std::string>> {
  using Array = arrow::ListArray;
  static std::unique_ptr<arrow::ListBuilder> builder() {
    return std::make_unique<arrow::ListBuilder>(
        memory_pool(), std::make_shared<arrow::StringBuilder>(memory_pool()),
        arrow_type(ColumnType::text_list));
  }
  static Status append(arrow::ListBuilder& builder, const std::vector<std::string>& value) {
    ARROW_RETURN_NOT_OK(builder.Append());
    return static_cast<arrow::StringBuilder*>(builder.value_builder())->AppendValues(value);
  }
  static void read(const Array& array, std::int64_t i, std::vector<std::string>& value) {
    const auto& texts = static_cast<const arrow::StringArray&>(*array.values());
    for (auto at = array.value_offset(i); at < array.value_offset(i + 1); ++at) {
      value.emplace_back(texts.GetView(at));
    }
  }
};

/// A nullable value goes the way of the value it holds.
template <class Value>
struct ArrowOf<std::optional<Value>> : ArrowOf<Value> {
  static Status append(auto& builder, const std::optional<Value>& value) {
    return value ? ArrowOf<Value>::append(builder, *value) : builder.AppendNull();
  }
  static void read(const typename ArrowOf<Value>::Array& array, std::int64_t i,
                   std::optional<Value>& value) {
    ArrowOf<Value>::read(array, i, value.emplace());
  }
};

template <class Row, class Get>
std::shared_ptr<arrow::Array> build(const std::vector<Row>& rows, const Get& get,
                                    const std::string& what) {
  using Values = ArrowOf<ValueOf<Row, Get>>;
  const auto builder = Values::builder();
  check(builder->Reserve(static_cast<std::int64_t>(rows.size())), ErrorKind::internal, what);
  for (const auto& row : rows) check(Values::append(*builder, get(row)), ErrorKind::internal, what);
  return value_of(builder->Finish(), ErrorKind::internal, what);
}

/// Puts a column's values into the rows; where the file has null the row keeps its empty value.
template <class Row, class Get>
void fill(std::vector<Row>& rows, const Get& get, const arrow::ChunkedArray& column) {
  using Values = ArrowOf<ValueOf<Row, Get>>;
  auto row = rows.begin();
  for (const auto& chunk : column.chunks()) {
    const auto& array = static_cast<const typename Values::Array&>(*chunk);
    for (std::int64_t i = 0; i < array.length(); ++i, ++row) {
      if (array.IsValid(i)) Values::read(array, i, get(*row));
    }
  }
}

template <class Row>
std::string encode_sorted(const std::vector<Row>& rows) {
  const auto& table = table_of<Row>();
  std::vector<std::shared_ptr<arrow::Array>> columns;
  for_each_column<Row>([&](const ColumnLabel&, auto get) {
    columns.push_back(build(rows, get, "writing the table " + table.name));
  });
  return write_parquet(table, columns, static_cast<std::int64_t>(rows.size()));
}

}  // namespace

template <class Row>
std::string encode(const std::vector<Row>& rows) {
  if (sorted(rows)) return encode_sorted(rows);
  auto in_order = rows;
  sort_rows(in_order);
  return encode_sorted(in_order);
}

template <class Row>
std::string encode(const RowSource<Row>& rows) {
  const auto& table = table_of<Row>();
  const auto what = "writing the table " + table.name;
  std::vector<std::function<void(const Row&)>> append;
  std::vector<std::function<std::shared_ptr<arrow::Array>()>> finish;
  for_each_column<Row>([&](const ColumnLabel&, auto get) {
    using Values = ArrowOf<ValueOf<Row, decltype(get)>>;
    const auto builder = std::shared_ptr(Values::builder());
    check(builder->Reserve(static_cast<std::int64_t>(rows.count)), ErrorKind::internal, what);
    append.emplace_back([builder, get, &what](const Row& row) {
      check(Values::append(*builder, get(row)), ErrorKind::internal, what);
    });
    finish.emplace_back([builder, &what]() -> std::shared_ptr<arrow::Array> {
      return value_of(builder->Finish(), ErrorKind::internal, what);
    });
  });
  rows.each([&](const Row& row) {
    for (const auto& column : append) column(row);
    return true;
  });
  append.clear();
  std::vector<std::shared_ptr<arrow::Array>> columns;
  for (const auto& column : finish) columns.push_back(column());
  return write_parquet(table, columns, static_cast<std::int64_t>(rows.count));
}

/// Plays come in great numbers, so their text is coded before Parquet sees it.
template <>
std::string encode(const std::vector<Play>& rows) {
  return encode(to_batch(rows));
}

template <class Row>
std::vector<Row> decode(std::string_view bytes, const std::string& what) {
  const auto& table = table_of<Row>();
  std::vector<WantedColumn> wanted;
  for (const auto& column : table.columns) {
    const bool identity = std::find(table.sorted_by.begin(), table.sorted_by.end(), column.name) !=
                          table.sorted_by.end();
    wanted.push_back(
        {.name = column.name, .type = column.type, .dictionary = false, .required = identity});
  }
  std::vector<Row> rows;
  std::vector<std::function<void(const arrow::ChunkedArray&)>> fillers;
  for_each_column<Row>([&](const ColumnLabel&, auto get) {
    fillers.emplace_back(
        [&rows, get](const arrow::ChunkedArray& column) { fill(rows, get, column); });
  });
  read_parquet(
      bytes, what, wanted,
      {.begin = [&](std::size_t count) { rows.resize(count); },
       .take = [&](std::size_t i, const arrow::ChunkedArray& column) { fillers[i](column); }});
  return rows;
}

#define SOUNDLAKE_INSTANTIATE(Row)                           \
  template std::string encode(const std::vector<Row>& rows); \
  template std::vector<Row> decode(std::string_view bytes, const std::string& what);
SOUNDLAKE_INSTANTIATE(Artist)
SOUNDLAKE_INSTANTIATE(Album)
SOUNDLAKE_INSTANTIATE(Track)
SOUNDLAKE_INSTANTIATE(TopArtist)
SOUNDLAKE_INSTANTIATE(TopTrack)
SOUNDLAKE_INSTANTIATE(ArtistAlbum)
SOUNDLAKE_INSTANTIATE(ArtistTopTrack)
SOUNDLAKE_INSTANTIATE(Fact)
SOUNDLAKE_INSTANTIATE(Gap)
SOUNDLAKE_INSTANTIATE(Run)
#undef SOUNDLAKE_INSTANTIATE
template std::string encode(const RowSource<Track>& rows);
template std::vector<Play> decode(std::string_view bytes, const std::string& what);

}  // namespace soundlake::lake
