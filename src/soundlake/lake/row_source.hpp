// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace soundlake::lake {

/// The rows of a table without a place in memory for each: a row is made when it is asked for. Rows
/// are big, and where most of their fields are empty, what they are made of is much smaller.
template <class Row>
struct RowSource {
  std::size_t count = 0;
  /// Makes the row with this number, in the order of the table. It is handed a new row or one that
  /// this function has made before. Owns what it needs; several threads may call it.
  std::function<void(std::size_t number, Row& row)> make;

  std::vector<Row> all() const {
    std::vector<Row> rows(count);
    for (std::size_t i = 0; i < count; ++i) make(i, rows[i]);
    return rows;
  }

  /// Calls `visit(row)` for one row after the other, until it returns false.
  /// @return whether it never did
  template <class Visit>
  bool each(const Visit& visit) const {
    Row row;
    for (std::size_t i = 0; i < count; ++i) {
      make(i, row);
      if (!visit(std::as_const(row))) return false;
    }
    return true;
  }
};

}  // namespace soundlake::lake
