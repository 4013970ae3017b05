// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/lake/codec.hpp"
#include "soundlake/lake/snapshot.hpp"
#include "soundlake/store/store.hpp"

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace soundlake::lake {

/// What a View has of the lake. Only view.cpp, edit.cpp and the commit look inside.
struct ViewState {
  struct CachedRows {
    std::string sha256;
    std::shared_ptr<const void> rows;  ///< a vector of the row type that belongs to the key
  };

  std::shared_ptr<store::Store> store;
  /// The state, and before it those it has moved on from: references to them stay valid.
  std::deque<Snapshot> states;
  /// Of a commit: it starts from one state, and Error{conflict} tells that this one is over.
  bool pinned = false;
  std::vector<Txn> own;  ///< of the commit that reads
  std::map<std::string, CachedRows> cache;
  std::map<std::string, std::string> etags;  ///< of the versions that were read

  const Snapshot& now() const { return states.back(); }

  /// The object as the state says; nothing when the lake has none. Moves on to the newest state
  /// when somebody has replaced the object. Throws Error{data} when nothing explains what lies
  /// there.
  std::optional<store::StoredObject> read(const std::string& key);

  /// The etag of the version the state names; the key is one of the lake's.
  std::string etag_of(const std::string& key);

  /// The rows of a table's object; null when the lake has none.
  template <class Row>
  std::shared_ptr<const std::vector<Row>> rows_at(const std::string& key) {
    const auto cached = cache.find(key);
    const auto* const entry = find_entry(now().objects, key);
    if (cached != cache.end() && entry != nullptr && cached->second.sha256 == entry->sha256) {
      return std::static_pointer_cast<const std::vector<Row>>(cached->second.rows);
    }
    const auto object = read(key);
    if (!object) return nullptr;
    auto rows =
        std::make_shared<const std::vector<Row>>(decode<Row>(object->bytes, where(*store, key)));
    cache[key] = {.sha256 = find_entry(now().objects, key)->sha256, .rows = rows};
    return rows;
  }
};

}  // namespace soundlake::lake
