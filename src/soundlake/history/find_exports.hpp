// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/history/read_exports.hpp"
#include "soundlake/history/read_limits.hpp"
#include "soundlake/history/zip_archive.hpp"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace soundlake::history {

/// A file that may hold plays.
struct FoundFile {
  std::string name;               ///< for people
  std::filesystem::path path;     ///< the file itself, or the zip that it is in
  std::optional<ZipEntry> entry;  ///< where in the zip
  std::string archive;            ///< the zip's name for people; empty outside of one
  std::uint64_t packed_size = 0;
};

struct FoundFiles {
  std::vector<FoundFile> files;  ///< by name
  std::vector<OtherFile> ignored;
  std::vector<OtherFile> failed;
  /// Zips that were found in zips, unpacked into files without a name; `path` of their entries
  /// leads to them as long as these live.
  std::vector<std::shared_ptr<std::FILE>> unpacked;
};

/// Every file below the paths, in folders and zips of any nesting (of zips one within another).
/// Links to folders are not followed, so no loop of them matters, and a file that is met twice
/// counts once. Throws Error{usage} for a path that does not exist, Error{cancelled}.
FoundFiles find_exports(const std::vector<std::filesystem::path>& paths, const ReadLimits& limits,
                        std::atomic<std::uint64_t>& unpacked_bytes);

}  // namespace soundlake::history
