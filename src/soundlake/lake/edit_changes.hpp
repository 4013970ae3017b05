// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace soundlake::lake {

/// The new version of one object; without `bytes` it is removed.
struct Change {
  std::function<std::shared_ptr<const std::string>()> bytes;
  /// Of a table: a vector of the row type that belongs to the key. Null where only the bytes are
  /// at hand.
  std::shared_ptr<const void> rows;
  /// Of a table whose rows nobody holds: a RowSource of the row type that belongs to the key.
  std::shared_ptr<const void> source;
  std::optional<std::int64_t> row_count;
};

/// What an Edit has put so far. Only edit.cpp and the commit look inside.
struct EditChanges {
  std::map<std::string, Change> objects;                ///< by key; each differs from the lake's
  std::map<std::string, std::vector<std::string>> raw;  ///< payload lines by service
  std::optional<std::string> account;                   ///< salted hash
  std::optional<std::string> timezone;
};

/// Objects that are no reason for a commit.
inline bool is_by_product(const std::string& key) {
  return key.starts_with("raw/") || key.starts_with("runs/");
}

}  // namespace soundlake::lake
