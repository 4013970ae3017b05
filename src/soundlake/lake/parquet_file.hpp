// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/lake/tables.hpp"

#include <arrow/type_fwd.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace soundlake::lake {

/// How Arrow calls a column type.
std::shared_ptr<arrow::DataType> arrow_type(ColumnType type);

/// A table of these columns as a Parquet file. The arrays stand in the order of the table's
/// columns. Throws Error{internal} when they do not fit the table or when text is not UTF-8.
std::string write_parquet(const TableInfo& table,
                          const std::vector<std::shared_ptr<arrow::Array>>& columns,
                          std::int64_t rows);

struct WantedColumn {
  std::string name;
  ColumnType type = ColumnType::text;
  bool dictionary = false;  ///< text as int32 codes with a dictionary per chunk
  bool required = false;    ///< no file of this table lacks it
};

/// Where the columns of a file go.
struct ColumnTaker {
  /// Called once, before any column: how many rows every column has.
  std::function<void(std::size_t rows)> begin;
  /// Called for every wanted column that the file has; for big files from several threads at once.
  /// The column is as long as promised, its codes point into its dictionary and its text is UTF-8.
  std::function<void(std::size_t wanted, const arrow::ChunkedArray& column)> take;
};

/// Reads the chosen columns of a Parquet file, found by name. Throws Error{data} naming `what`.
void read_parquet(std::string_view bytes, const std::string& what,
                  const std::vector<WantedColumn>& wanted, const ColumnTaker& taker);

/// Whether a column's values hardly ever repeat: a dictionary would only make the file bigger.
bool mostly_distinct(const std::string& table, const std::string& column);

}  // namespace soundlake::lake
