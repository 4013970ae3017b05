// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
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

/// What a store tells of an object without giving its bytes.
struct ObjectFacts {
  std::uint64_t size = 0;
  std::string etag;
  std::optional<std::string> sha256;  ///< of the bytes, in hex, when the store vouches for it
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

/// One of several objects to put.
struct Upload {
  std::string key;
  std::string bytes;
  Precondition precondition;
};
/// Gives the n-th upload, from 0; called when its turn comes, so that few are in memory at a time.
using UploadSource = std::function<Upload(std::size_t)>;
/// Told of each upload as it ends: its new etag, or nothing when the precondition did not hold.
/// What it throws ends put_all().
using UploadDone = std::function<void(std::size_t, std::optional<std::string>)>;

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
  /// What get() would find, without its bytes where the store can tell. Throws as get() does.
  virtual std::optional<ObjectFacts> look(const std::string& key);
  /// Puts `count` objects, several at once where that is quicker, in any order. Throws what the
  /// first put that fails throws; those that are under way then may have happened or not.
  virtual void put_all(std::size_t count, const UploadSource& source, const UploadDone& done);
  /// The lake there was made under the promise that one program alone writes to it: a store that
  /// ignores preconditions compares by itself before it writes from now on. Others need nothing.
  virtual void keep_to_single_writer() {}
  /// For people: `/home/ann/lake`, `s3://bucket/prefix`.
  virtual std::string address() const = 0;
};

/// Puts the object that makes a place ours, if there is none yet: its etag when this call put it.
/// The put is sent twice: a store that lets both happen ignores preconditions, and two writers
/// would silently lose each other's rows. Then the object is removed again and Error{refused}
/// thrown, with the hint `--single-writer`.
std::optional<std::string> claim(Store& store, const std::string& key, std::string_view bytes);

}  // namespace soundlake::store
