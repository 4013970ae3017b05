// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/history/byte_source.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

struct zip;

namespace soundlake::history {

/// A file in a zip, as the directory at the zip's end describes it. What stands in front of the
/// file itself is not used: genuine exports leave the sizes out there.
struct ZipEntry {
  std::string name;  ///< UTF-8; for showing, never used as a path
  std::uint64_t index = 0;
  std::uint64_t packed_size = 0;
  bool encrypted = false;
};

/// An open zip. One thread at a time; several may open the same file.
class ZipArchive {
 public:
  /// Throws Error{data} or Error{io}: no zip, cut off, cannot be opened.
  explicit ZipArchive(const std::filesystem::path& path);

  /// All entries but folders: names that end with a slash, whatever they contain.
  /// Throws Error{data} when there are more than `most`.
  std::vector<ZipEntry> entries(std::size_t most) const;

  /// The entry's bytes; its checksum is compared at their end. The archive must outlive them.
  /// Throws Error{data}.
  std::unique_ptr<ByteSource> open(const ZipEntry& entry) const;

 private:
  struct Close {
    void operator()(zip* archive) const;
  };
  std::unique_ptr<zip, Close> archive_;
};

}  // namespace soundlake::history
