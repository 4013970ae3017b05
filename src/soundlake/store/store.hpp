// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace soundlake::store {

/// An object as it lies in a store.
struct StoredObject {
  std::string bytes;
  std::string etag;  ///< opaque; changes whenever the bytes change
};

struct ObjectInfo {
  std::string key;
  std::uint64_t size = 0;
};

/// What must be true for a write to happen.
struct Precondition {
  enum class Kind { none, absent, matches };
  Kind kind = Kind::none;
  std::string etag;  ///< with `matches`

  static Precondition none() { return {}; }
  static Precondition absent() { return {.kind = Kind::absent, .etag = {}}; }
  static Precondition matches(std::string etag) {
    return {.kind = Kind::matches, .etag = std::move(etag)};
  }
};

/// Bytes by key with preconditions: a folder or a bucket. Keys are relative, with `/` between
/// parts, never empty, absolute or with `..` (Error{internal}). Every object is complete or absent.
class Store {
 public:
  virtual ~Store() = default;

  /// Nothing when there is no such object. Throws Error{io|network} naming store and key.
  virtual std::optional<StoredObject> get(const std::string& key) = 0;
  /// Writes the whole object and returns its new etag, or nothing when the precondition does not
  /// hold (then nothing was written).
  virtual std::optional<std::string> put(const std::string& key, std::string_view bytes,
                                         const Precondition& precondition) = 0;
  /// Removes the object; false when the precondition does not hold. An object that is not there is
  /// removed already.
  virtual bool remove(const std::string& key, const Precondition& precondition) = 0;
  /// All objects below `prefix` (ends with `/`, or is empty), by key in byte order. Files that are
  /// being written and lock files are not objects.
  virtual std::vector<ObjectInfo> list(const std::string& prefix) = 0;
  /// For people: `/home/ann/lake`, `s3://bucket/prefix`.
  virtual std::string address() const = 0;
};

}  // namespace soundlake::store
