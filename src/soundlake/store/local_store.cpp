// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/local_store.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/files.hpp"
#include "soundlake/base/hash.hpp"
#include "soundlake/store/store_key.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <utility>

namespace soundlake::store {
namespace fs = std::filesystem;
namespace {

constexpr const char* kLockKey = "_soundlake/lock";
constexpr auto kLeftoverAge = std::chrono::hours(1);

/// `.<name>.<12 hex digits>.tmp`, as base::write_file_atomic calls what it is writing.
bool is_temporary(std::string_view name) {
  constexpr std::string_view kEnd = ".tmp";
  constexpr std::size_t kDigits = 12;
  if (name.size() < kEnd.size() + kDigits + 3 || name.front() != '.') return false;
  if (name.substr(name.size() - kEnd.size()) != kEnd) return false;
  name.remove_suffix(kEnd.size());
  const auto digits = name.substr(name.size() - kDigits);
  return name[name.size() - kDigits - 1] == '.' &&
         digits.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_reserved(std::string_view key) {
  return key == kLockKey || is_temporary(key.substr(key.rfind('/') + 1));
}

/// What a stopped writer left in this folder. A younger file may belong to a program that writes
/// without our lock, so only old ones go; that it cannot be deleted hurts nobody.
void remove_leftovers(const fs::path& folder) {
  std::error_code ignored;
  const auto now = fs::file_time_type::clock::now();
  for (fs::directory_iterator entry(folder, ignored), end; !ignored && entry != end;
       entry.increment(ignored)) {
    if (!is_temporary(entry->path().filename().native())) continue;
    std::error_code unknown_age;
    const auto written = entry->last_write_time(unknown_age);
    if (!unknown_age && now - written > kLeftoverAge) fs::remove(entry->path(), unknown_age);
  }
}

/// Whether a file may be put here: nothing else of that name may be in the way.
bool holds(const Precondition& precondition, const std::optional<std::string>& bytes,
           const fs::path& path) {
  switch (precondition.kind) {
    case Precondition::Kind::none:
      return true;
    case Precondition::Kind::absent: {
      std::error_code unreadable;
      return !bytes && fs::symlink_status(path, unreadable).type() == fs::file_type::not_found;
    }
    case Precondition::Kind::matches:
      return bytes && base::sha256_hex(*bytes) == precondition.etag;
  }
  return false;
}

/// The bytes of a regular file; nothing when there is none, a folder of that name included.
std::optional<std::string> read_object(const fs::path& path) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (status.type() == fs::file_type::none) base::throw_io_error("read", path, error.value());
  if (status.type() != fs::file_type::regular) return std::nullopt;
  return base::read_file(path);
}

/// Adds the objects in a folder and the folders below it.
void collect(const fs::path& root, const fs::path& folder, std::vector<ObjectInfo>& objects) {
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  for (const fs::directory_iterator end; !error && entry != end; entry.increment(error)) {
    std::error_code gone;  // another process may remove files while we look
    if (entry->is_directory(gone) && !entry->is_symlink(gone)) {
      collect(root, entry->path(), objects);
      continue;
    }
    if (!entry->is_regular_file(gone)) continue;
    const auto size = entry->file_size(gone);
    std::string key = entry->path().lexically_relative(root).generic_string();
    // A file of somebody else may have a name that no key can have.
    if (gone || !is_valid_key(key) || is_reserved(key)) continue;
    objects.push_back({.key = std::move(key), .size = size});
  }
  const bool absent =
      error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory;
  if (error && !absent) base::throw_io_error("list", folder, error.value());
}

}  // namespace

// Without a slash at the end, so that going upwards from a key ends at the root.
LocalStore::LocalStore(fs::path root)
    : root_((std::move(root) / "").lexically_normal().parent_path()) {
  if (root_.empty()) root_ = ".";
}

fs::path LocalStore::path_of(const std::string& key) const {
  check_key(key);
  if (is_reserved(key)) {
    throw Error(ErrorKind::internal, "'" + key + "' is a name that a folder keeps for itself");
  }
  return root_ / fs::path(key);
}

std::optional<StoredObject> LocalStore::get(const std::string& key) {
  auto bytes = read_object(path_of(key));
  if (!bytes) return std::nullopt;
  std::string etag = base::sha256_hex(*bytes);
  return StoredObject{.bytes = std::move(*bytes), .etag = std::move(etag)};
}

std::optional<std::string> LocalStore::put(const std::string& key, std::string_view bytes,
                                           const Precondition& precondition) {
  const auto path = path_of(key);
  const base::FileLock lock(root_ / kLockKey);
  const bool compares = precondition.kind != Precondition::Kind::none;
  if (compares && !holds(precondition, read_object(path), path)) return std::nullopt;
  remove_leftovers(path.parent_path());
  base::write_file_atomic(path, bytes);
  return base::sha256_hex(bytes);
}

bool LocalStore::remove(const std::string& key, const Precondition& precondition) {
  const auto path = path_of(key);
  if (!read_object(path)) return true;
  const base::FileLock lock(root_ / kLockKey);
  const auto bytes = read_object(path);
  if (!bytes) return true;
  if (!holds(precondition, bytes, path)) return false;
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) base::throw_io_error("remove", path, errno);
  auto folder = path.parent_path();
  while (folder != root_ && ::rmdir(folder.c_str()) == 0) folder = folder.parent_path();
  base::sync_folder(folder);
  return true;
}

std::vector<ObjectInfo> LocalStore::list(const std::string& prefix) {
  check_prefix(prefix);
  std::vector<ObjectInfo> objects;
  collect(root_, prefix.empty() ? root_ : root_ / fs::path(prefix.substr(0, prefix.size() - 1)),
          objects);
  std::sort(objects.begin(), objects.end(),
            [](const ObjectInfo& a, const ObjectInfo& b) { return a.key < b.key; });
  return objects;
}

std::string LocalStore::address() const {
  return root_.string();
}

}  // namespace soundlake::store
