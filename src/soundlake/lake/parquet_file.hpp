// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/lake/tables.hpp"

#include <arrow/type_fwd.h>

#include <cstdint>
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

/// Columns as they were read: of the type asked for, text as a dictionary where asked for.
struct ParquetColumns {
  std::int64_t rows = 0;
  /// One per column asked for; null when the file has no such column.
  std::vector<std::shared_ptr<arrow::ChunkedArray>> columns;
};

struct WantedColumn {
  std::string name;
  ColumnType type = ColumnType::text;
  bool dictionary = false;  ///< text as int32 codes with a dictionary per chunk
  bool required = false;    ///< no file of this table lacks it
};

/// The chosen columns of a Parquet file, found by name. Every array is as long as the file says,
/// its codes point into its dictionary and its text is UTF-8. Throws Error{data} naming `what`.
ParquetColumns read_parquet(std::string_view bytes, const std::string& what,
                            const std::vector<WantedColumn>& wanted);

/// Text that hardly ever repeats: a dictionary would only make the file bigger.
bool mostly_distinct(const std::string& table, const std::string& column);

}  // namespace soundlake::lake
