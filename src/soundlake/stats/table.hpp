// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace soundlake::stats {

/// One value of a statistic. Nothing means unknown; it is never written as 0.
using Cell = std::variant<std::monostate, std::int64_t, double, bool, std::string,
                          std::vector<std::string>, base::Day, base::Instant>;

/// What a column holds, so that whoever draws it knows how.
enum class Unit {
  text,    ///< a name, a word, a list of words
  key,     ///< key of an artist, album or track
  count,   ///< a whole number
  ms,      ///< milliseconds
  share,   ///< a fraction, 0 … 1
  number,  ///< any other number
  day,     ///< a calendar day
  moment,  ///< UTC
};

struct Column {
  std::string name;
  Unit unit = Unit::text;
};

/// Rows under named columns: every row has one cell per column.
struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
};

/// The answer to one query.
struct Result {
  std::string statistic;
  std::optional<base::Day> from;  ///< the local dates that applied; nothing when there is no play
  std::optional<base::Day> to;
  std::string rule;  ///< the counting rule that applied
  std::string timezone;
  /// Plays may be missing within these dates, so every count is "at least" what it says.
  bool at_least = false;
  /// Numbers beside the rows, e.g. how many plays could not be judged.
  std::vector<std::pair<std::string, std::int64_t>> also;
  Table table;
};

/// An optional value as a cell.
template <class Value>
Cell cell_of(const std::optional<Value>& value) {
  return value ? Cell(*value) : Cell();
}

}  // namespace soundlake::stats
