// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/text.hpp"
#include "soundlake/lake/arrow_bridge.hpp"
#include "soundlake/lake/parquet_file.hpp"
#include "soundlake/lake/play_columns.hpp"
#include "soundlake/lake/run_all.hpp"

#include <arrow/array.h>
#include <arrow/buffer.h>
#include <arrow/builder.h>
#include <arrow/chunked_array.h>
#include <arrow/util/bit_util.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>

namespace soundlake::lake {
namespace {

const std::string kWriting = "writing the table plays";

std::strong_ordering compare_cells(const TextColumn& column, std::size_t a, std::size_t b) {
  if (column.is_null(a) || column.is_null(b)) return !column.is_null(a) <=> !column.is_null(b);
  return column.at(a) <=> column.at(b);
}
template <class Number>
std::strong_ordering compare_cells(const std::vector<Number>& column, std::size_t a,
                                   std::size_t b) {
  return column[a] <=> column[b];
}

/// The order of the table plays, as `compare_rows` has it for rows.
bool comes_before(const PlayBatch& batch, std::size_t a, std::size_t b) {
  if (batch.played_at[a] != batch.played_at[b]) return batch.played_at[a] < batch.played_at[b];
  auto order = compare_cells(batch.play_id, a, b);
  if (order != 0) return order < 0;
  for_each_play_column([&](const ColumnLabel&, auto, auto member) {
    if (order == 0) order = compare_cells(batch.*member, a, b);
  });
  return order < 0;
}

void check_columns(const PlayBatch& batch) {
  const auto refuse = [](const ColumnLabel& label, const char* why) {
    throw Error(ErrorKind::internal, kWriting + ": the column " + label.name() + why);
  };
  for_each_play_column([&](const ColumnLabel& label, auto, auto member) {
    const auto& column = batch.*member;
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(column)>, TextColumn>) {
      if (column.codes.size() != batch.rows) refuse(label, " has another length");
      const auto highest = std::max_element(column.codes.begin(), column.codes.end());
      if (highest != column.codes.end() && *highest >= column.values()) {
        refuse(label, " has a code without a value");
      }
    } else {
      if (column.size() != batch.rows) refuse(label, " has another length");
    }
  });
}

/// The rows' numbers in the order of the table; empty when they stand in it already.
std::vector<std::size_t> order_of(const PlayBatch& batch) {
  bool in_order = true;
  for (std::size_t row = 1; row < batch.rows && in_order; ++row) {
    in_order = !comes_before(batch, row, row - 1);
  }
  if (in_order) return {};
  std::vector<std::size_t> order(batch.rows);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return comes_before(batch, a, b); });
  return order;
}

template <class Value>
std::vector<Value> reordered(const std::vector<Value>& column,
                             const std::vector<std::size_t>& order) {
  if (order.empty()) return column;
  std::vector<Value> result;
  result.reserve(column.size());
  for (const auto row : order) result.push_back(column[row]);
  return result;
}

template <class Value>
std::shared_ptr<arrow::Buffer> buffer_of(std::vector<Value> values) {
  return arrow::Buffer::FromVector(std::move(values));
}

/// What stands for null in a batch's column.
bool is_null(std::int8_t value) {
  return value < 0;
}
bool is_null(std::int32_t value) {
  return value < 0;
}
bool is_null(std::int64_t value) {
  return value == PlayBatch::kNoLength;
}

/// The bits that tell which values are there; no buffer when all are.
template <class Value>
std::shared_ptr<arrow::Buffer> validity_of(const std::vector<Value>& values, std::int64_t& nulls) {
  nulls = std::count_if(values.begin(), values.end(), [](Value value) { return is_null(value); });
  if (nulls == 0) return nullptr;
  std::vector<std::uint8_t> bits((values.size() + 7) / 8);
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (!is_null(values[row])) bits[row / 8] |= static_cast<std::uint8_t>(1U << (row % 8));
  }
  return buffer_of(std::move(bits));
}

/// The same codes for the same rows, whatever the order, repetition and waste in the values: they
/// are numbered in the order in which the rows use them.
TextColumn compacted(const TextColumn& column, const std::vector<std::size_t>& order) {
  TextColumn result;
  TextCoder coder(result);
  std::vector<std::int32_t> new_code(static_cast<std::size_t>(column.values()), -1);
  result.codes = reordered(column.codes, order);
  for (auto& code : result.codes) {
    if (code < 0) continue;
    auto& known = new_code[static_cast<std::size_t>(code)];
    if (known < 0) known = coder.code_of(column.value(code));
    code = known;
  }
  return result;
}

std::shared_ptr<arrow::Array> values_array(const TextColumn& column) {
  return std::make_shared<arrow::StringArray>(column.values(),
                                              arrow::Buffer::FromVector(column.offsets),
                                              arrow::Buffer::FromString(column.characters));
}

/// Whether the values are the rows' texts, one after the other.
bool is_one_value_per_row(const TextColumn& column) {
  if (column.codes.size() != static_cast<std::size_t>(column.values())) return false;
  for (std::size_t row = 0; row < column.codes.size(); ++row) {
    if (column.codes[row] != static_cast<std::int32_t>(row)) return false;
  }
  return true;
}

std::shared_ptr<arrow::Array> to_arrow(const TextColumn& column, const ColumnLabel& label,
                                       const ColumnInfo&, const std::vector<std::size_t>& order) {
  if (mostly_distinct("plays", label.name())) {
    if (order.empty() && is_one_value_per_row(column)) return values_array(column);
    arrow::StringBuilder builder(memory_pool());
    check(builder.Reserve(static_cast<std::int64_t>(column.codes.size())), ErrorKind::internal,
          kWriting);
    for (std::size_t i = 0; i < column.codes.size(); ++i) {
      const auto row = order.empty() ? i : order[i];
      check(column.is_null(row) ? builder.AppendNull() : builder.Append(column.at(row)),
            ErrorKind::internal, kWriting);
    }
    return value_of(builder.Finish(), ErrorKind::internal, kWriting);
  }
  auto coded = compacted(column, order);
  std::int64_t nulls = 0;
  auto validity = validity_of(coded.codes, nulls);
  const auto rows = static_cast<std::int64_t>(coded.codes.size());
  auto values = values_array(coded);
  return std::make_shared<arrow::DictionaryArray>(
      arrow::dictionary(arrow::int32(), arrow::utf8()),
      std::make_shared<arrow::Int32Array>(rows, buffer_of(std::move(coded.codes)),
                                          std::move(validity), nulls),
      std::move(values));
}

std::shared_ptr<arrow::Array> to_arrow(const std::vector<std::int32_t>& column, const ColumnLabel&,
                                       const ColumnInfo& info,
                                       const std::vector<std::size_t>& order) {
  return arrow::MakeArray(
      arrow::ArrayData::Make(arrow_type(info.type), static_cast<std::int64_t>(column.size()),
                             {nullptr, buffer_of(reordered(column, order))}, 0));
}

std::shared_ptr<arrow::Array> to_arrow(const std::vector<std::int64_t>& column, const ColumnLabel&,
                                       const ColumnInfo& info,
                                       const std::vector<std::size_t>& order) {
  auto values = reordered(column, order);
  const auto rows = static_cast<std::int64_t>(values.size());
  std::int64_t nulls = 0;
  auto validity = info.nullable ? validity_of(values, nulls) : nullptr;
  return arrow::MakeArray(arrow::ArrayData::Make(
      arrow_type(info.type), rows, {std::move(validity), buffer_of(std::move(values))}, nulls));
}

std::shared_ptr<arrow::Array> to_arrow(const std::vector<std::int8_t>& column, const ColumnLabel&,
                                       const ColumnInfo&, const std::vector<std::size_t>& order) {
  const auto values = reordered(column, order);
  std::int64_t nulls = 0;
  auto validity = validity_of(values, nulls);
  std::vector<std::uint8_t> bits((values.size() + 7) / 8);
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (values[row] == 1) bits[row / 8] |= static_cast<std::uint8_t>(1U << (row % 8));
  }
  return std::make_shared<arrow::BooleanArray>(static_cast<std::int64_t>(values.size()),
                                               buffer_of(std::move(bits)), std::move(validity),
                                               nulls);
}

/// Appends the values of a text array as they are, equal ones too; returns the code of the first.
std::int32_t append_values(const arrow::StringArray& values, TextColumn& column) {
  const auto first = column.values();
  if (values.length() == 0) return first;
  const auto begin = values.value_offset(0);
  const auto shift = static_cast<std::int64_t>(column.characters.size()) - begin;
  if (shift + values.value_offset(values.length()) > std::numeric_limits<std::int32_t>::max()) {
    throw Error(ErrorKind::data, "one column of plays holds more than 2 GiB of text",
                "Ask for fewer columns.");
  }
  column.characters.append(reinterpret_cast<const char*>(values.raw_data()) + begin,
                           static_cast<std::size_t>(values.total_values_length()));
  column.offsets.reserve(column.offsets.size() + static_cast<std::size_t>(values.length()));
  for (std::int64_t i = 1; i <= values.length(); ++i) {
    column.offsets.push_back(static_cast<std::int32_t>(values.value_offset(i) + shift));
  }
  return first;
}

/// How the codes of a chunk's dictionary are called in the column. The first dictionary is taken
/// over as it is; later ones (of other row groups) are looked up in it.
std::vector<std::int32_t> mapping_onto(TextColumn& column, const arrow::StringArray& values) {
  std::vector<std::int32_t> mapping(static_cast<std::size_t>(values.length()));
  if (column.values() == 0) {
    std::iota(mapping.begin(), mapping.end(), append_values(values, column));
    return mapping;
  }
  TextCoder coder(column);
  for (std::int64_t i = 0; i < values.length(); ++i) {
    mapping[static_cast<std::size_t>(i)] = coder.code_of(values.GetView(i));
  }
  return mapping;
}

void from_coded(const arrow::ChunkedArray& chunks, TextColumn& column) {
  const arrow::Array* known = nullptr;
  std::vector<std::int32_t> mapping;
  for (const auto& chunk : chunks.chunks()) {
    const auto& coded = static_cast<const arrow::DictionaryArray&>(*chunk);
    const auto& values = static_cast<const arrow::StringArray&>(*coded.dictionary());
    if (&values != known) {
      mapping = mapping_onto(column, values);
      known = &values;
    }
    const auto& codes = static_cast<const arrow::Int32Array&>(*coded.indices());
    const auto* raw = codes.raw_values();
    const bool all_there = codes.null_count() == 0;
    for (std::int64_t i = 0; i < codes.length(); ++i) {
      column.codes.push_back(
          all_there || codes.IsValid(i) ? mapping[static_cast<std::size_t>(raw[i])] : -1);
    }
  }
}

/// Text that hardly ever repeats: every row has a value of its own.
void from_plain(const arrow::ChunkedArray& chunks, TextColumn& column) {
  for (const auto& chunk : chunks.chunks()) {
    const auto& texts = static_cast<const arrow::StringArray&>(*chunk);
    auto code = append_values(texts, column);
    for (std::int64_t i = 0; i < texts.length(); ++i, ++code) {
      column.codes.push_back(texts.IsValid(i) ? code : -1);
    }
  }
}

void from_arrow(const arrow::ChunkedArray& chunks, bool, TextColumn& column) {
  column.codes.reserve(static_cast<std::size_t>(chunks.length()));
  if (chunks.type()->id() == arrow::Type::DICTIONARY) {
    from_coded(chunks, column);
  } else {
    from_plain(chunks, column);
  }
}

/// Null, in the columns that can be.
template <class Number>
Number null_of() {
  return sizeof(Number) == sizeof(std::int64_t) ? static_cast<Number>(PlayBatch::kNoLength)
                                                : Number{-1};
}

template <class Number>
void from_arrow(const arrow::ChunkedArray& chunks, bool nullable, std::vector<Number>& column) {
  const auto null = nullable ? null_of<Number>() : Number{};
  column.reserve(static_cast<std::size_t>(chunks.length()));
  for (const auto& chunk : chunks.chunks()) {
    const auto* values = chunk->data()->GetValues<Number>(1);
    if (chunk->null_count() == 0) {
      column.insert(column.end(), values, values + chunk->length());
      continue;
    }
    for (std::int64_t i = 0; i < chunk->length(); ++i)
      column.push_back(chunk->IsValid(i) ? values[i] : null);
  }
}

void from_arrow(const arrow::ChunkedArray& chunks, bool, std::vector<std::int8_t>& column) {
  column.reserve(static_cast<std::size_t>(chunks.length()));
  for (const auto& chunk : chunks.chunks()) {
    const auto& values = static_cast<const arrow::BooleanArray&>(*chunk);
    for (std::int64_t i = 0; i < values.length(); ++i) {
      column.push_back(values.IsValid(i) ? static_cast<std::int8_t>(values.Value(i) ? 1 : 0)
                                         : std::int8_t{-1});
    }
  }
}

/// A column that the file lacks: null, or empty where null cannot be.
void fill_absent(std::size_t rows, const ColumnInfo& info, TextColumn& column) {
  column.codes.assign(rows, info.nullable ? -1 : column.add_value(""));
}
template <class Number>
void fill_absent(std::size_t rows, const ColumnInfo& info, std::vector<Number>& column) {
  column.assign(rows, info.nullable ? null_of<Number>() : Number{0});
}

bool is_in(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::string encode(const PlayBatch& batch) {
  check_columns(batch);
  const auto& table = table_of<Play>();
  const auto order = order_of(batch);
  std::vector<std::shared_ptr<arrow::Array>> columns(table.columns.size());
  std::vector<std::function<void()>> tasks;
  for_each_play_column([&](const ColumnLabel& label, auto, auto member) {
    tasks.emplace_back([&, label, member, i = tasks.size()] {
      columns[i] = to_arrow(batch.*member, label, table.columns[i], order);
    });
  });
  run_all(tasks, batch.rows >= kRowsWorthThreads);
  return write_parquet(table, columns, static_cast<std::int64_t>(batch.rows));
}

PlayBatch decode_play_batch(std::string_view bytes, const std::string& what,
                            const std::vector<std::string>& columns) {
  const auto& table = table_of<Play>();
  PlayBatch batch;
  std::vector<WantedColumn> wanted;
  std::vector<std::function<void(const arrow::ChunkedArray&)>> fillers;
  std::vector<std::function<void()>> absent;
  std::size_t next = 0;
  for_each_play_column([&](const ColumnLabel& label, auto, auto member) {
    const auto& info = table.columns[next++];
    if (!columns.empty() && !is_in(columns, info.name)) return;
    const bool coded = info.type == ColumnType::text && !mostly_distinct(table.name, info.name);
    wanted.push_back({.name = info.name,
                      .type = info.type,
                      .dictionary = coded,
                      .required = is_in(table.sorted_by, label.name())});
    fillers.emplace_back([&batch, &info, member](const arrow::ChunkedArray& column) {
      from_arrow(column, info.nullable, batch.*member);
    });
    absent.emplace_back([&batch, &info, member] { fill_absent(batch.rows, info, batch.*member); });
  });
  if (!columns.empty() && wanted.size() != columns.size()) {
    throw Error(ErrorKind::internal,
                "plays do not have all of the columns asked for: " + base::join(columns, ", "));
  }
  std::vector<char> taken(wanted.size(),
                          0);  // not vector<bool>, whose elements threads would share
  read_parquet(bytes, what, wanted,
               {.begin = [&](std::size_t rows) { batch.rows = rows; },
                .take =
                    [&](std::size_t i, const arrow::ChunkedArray& column) {
                      fillers[i](column);
                      taken[i] = 1;
                    }});
  for (std::size_t i = 0; i < absent.size(); ++i) {
    if (taken[i] == 0) absent[i]();
  }
  return batch;
}

}  // namespace soundlake::lake
