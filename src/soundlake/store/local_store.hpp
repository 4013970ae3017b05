// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/store/store.hpp"

#include <filesystem>

namespace soundlake::store {

/// A folder as a store. The etag is the SHA-256 of the bytes. A conditional write compares and
/// replaces under a flock on `_soundlake/lock`; every write is temp + fsync + rename +
/// fsync(folder). Folders are made 0700, files 0600. Folders that are left empty by remove() go as
/// well.
class LocalStore : public Store {
 public:
  /// The folder is made at the first write.
  explicit LocalStore(std::filesystem::path root);

  std::optional<StoredObject> get(const std::string& key) override;
  std::optional<std::string> put(const std::string& key, std::string_view bytes,
                                 const Precondition& precondition) override;
  bool remove(const std::string& key, const Precondition& precondition) override;
  std::vector<ObjectInfo> list(const std::string& prefix) override;
  std::string address() const override;

 private:
  std::filesystem::path path_of(const std::string& key) const;
  std::filesystem::path root_;
};

}  // namespace soundlake::store
