// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace soundlake::sim {

/// A zip put together as Spotify's packages are: every size stands only behind its data (flags
/// 0x808), names are UTF-8, everything is deflated, the system is 0. libzip, which writes into
/// files that it can go back in, makes no such zip.
class ExportZip {
 public:
  /// @param made the time that every file in it bears (UTC)
  explicit ExportZip(base::Instant made);

  /// Adds a file. A name that ends with a slash is a folder entry, which in these packages is a
  /// file as well. Throws Error{internal} when the zip would need Zip64 (4 GB).
  void add(std::string_view name, std::string_view content);
  /// The whole zip; nothing may be added afterwards.
  std::string finish();

 private:
  std::uint32_t date_and_time_;
  std::string bytes_;
  std::string directory_;
  std::uint16_t entries_ = 0;
};

}  // namespace soundlake::sim
