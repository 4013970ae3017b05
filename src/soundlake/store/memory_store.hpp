// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/store/store.hpp"
#include "soundlake/store/store_key.hpp"

#include <map>
#include <mutex>
#include <string>

/// Test support: a store that passes the contract and needs no disk.
namespace soundlake::store {

/// Its etags count writes, so that nothing can lean on an etag being a hash of the bytes.
class MemoryStore : public Store {
 public:
  std::optional<StoredObject> get(const std::string& key) override {
    check_key(key);
    const std::lock_guard lock(mutex_);
    const auto found = objects_.find(key);
    if (found == objects_.end()) return std::nullopt;
    return found->second;
  }

  std::optional<std::string> put(const std::string& key, std::string_view bytes,
                                 const Precondition& precondition) override {
    check_key(key);
    const std::lock_guard lock(mutex_);
    if (!holds(key, precondition)) return std::nullopt;
    const std::string etag = "w" + std::to_string(++writes_);
    objects_[key] = {.bytes = std::string(bytes), .etag = etag};
    return etag;
  }

  bool remove(const std::string& key, const Precondition& precondition) override {
    check_key(key);
    const std::lock_guard lock(mutex_);
    if (!objects_.contains(key)) return true;
    if (!holds(key, precondition)) return false;
    objects_.erase(key);
    ++writes_;
    return true;
  }

  std::vector<ObjectInfo> list(const std::string& prefix) override {
    check_prefix(prefix);
    const std::lock_guard lock(mutex_);
    std::vector<ObjectInfo> found;
    for (const auto& [key, object] : objects_) {
      if (key.starts_with(prefix)) found.push_back({.key = key, .size = object.bytes.size()});
    }
    return found;
  }

  std::string address() const override { return "memory:"; }

  /// Objects written and removed since the beginning.
  int writes() const {
    const std::lock_guard lock(mutex_);
    return writes_;
  }

 private:
  bool holds(const std::string& key, const Precondition& precondition) const {
    const auto found = objects_.find(key);
    switch (precondition.kind) {
      case Precondition::Kind::none:
        return true;
      case Precondition::Kind::absent:
        return found == objects_.end();
      case Precondition::Kind::matches:
        return found != objects_.end() && found->second.etag == precondition.etag;
    }
    return false;
  }

  mutable std::mutex mutex_;
  std::map<std::string, StoredObject> objects_;
  int writes_ = 0;
};

}  // namespace soundlake::store
