// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>

namespace soundlake::cli {

/// A folder of its own (0700) below the system's temporary one, removed when destroyed.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace soundlake::cli
