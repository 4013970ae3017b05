// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/lake/rows.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace soundlake::lake {

/// The types a column can have: those that every engine reads.
enum class ColumnType { text, int32, int64, number, boolean, timestamp, day, text_list };

/// `string`, `int32`, `int64`, `double`, `bool`, `timestamp[us, UTC]`, `date32`, `list<string>`.
const char* name_of(ColumnType type);

struct ColumnInfo {
  std::string name;
  ColumnType type = ColumnType::text;
  bool nullable = false;
  std::string doc;  ///< what it holds, with the unit; Markdown
};

/// A table as docs/lake.md, the SQL views and the files agree on it.
struct TableInfo {
  std::string name;  ///< `artists`
  std::string key;   ///< `artists/artists.parquet`; `plays/year={year}/plays.parquet`
  std::string doc;   ///< what a row is; Markdown
  std::vector<ColumnInfo> columns;     ///< in the order they have in the file
  std::vector<std::string> sorted_by;  ///< names; together they tell the rows of the table apart

  /// One object per UTC year instead of a single one.
  bool partitioned() const { return key.find("{year}") != std::string::npos; }
  /// The folder below which all its objects lie, with a slash at the end: `artists/`.
  std::string folder() const { return name + "/"; }
};

/// Every table of a lake, in the order docs/lake.md shows them.
const std::vector<TableInfo>& all_tables();

/// The table whose rows these are.
template <class Row>
const TableInfo& table_of();

/// `artists`, `plays`, …
template <class Row>
const char* table_name();

/// Puts the rows into the order their table has: by its sort columns and then by every other
/// column, nulls first, so that the same rows stand in the same order whatever order they came in.
template <class Row>
void sort_rows(std::vector<Row>& rows);

/// Whether the rows already stand in that order.
template <class Row>
bool sorted(const std::vector<Row>& rows);

/// `plays/year=2024/plays.parquet`
std::string plays_key(int year);
/// The year of such a key; nothing for any other key.
std::optional<int> year_of_plays_key(std::string_view key);

}  // namespace soundlake::lake
