// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/arrow_bridge.hpp"

#include <arrow/config.h>
#include <arrow/util/config.h>
#include <fmt/format.h>

namespace soundlake::lake {

void check(const arrow::Status& status, ErrorKind kind, const std::string& what) {
  if (status.ok()) return;
  if (kind == ErrorKind::data) throw unreadable(what, status.message());
  throw Error(kind, what + ": " + status.message());
}

Error unreadable(const std::string& what, std::string_view why) {
  // Arrow's words may hold bytes of the damaged file, and may go on for pages.
  std::string words;
  for (const char c : why.substr(0, 300)) words += c >= ' ' && c <= '~' ? c : ' ';
  return {
      ErrorKind::data, fmt::format("{} cannot be read as a table: {}", what, words),
      "Put the file back from a copy of the lake, or move it away and run again to make it anew."};
}

void require_same_arrow(std::string_view loaded, std::string_view compiled) {
  if (loaded == compiled) return;
  throw Error(
      ErrorKind::config,
      fmt::format("this program was built with Arrow {} but Arrow {} is loaded", compiled, loaded),
      "Unset LD_LIBRARY_PATH and LD_PRELOAD; if that does not help, build soundlake again.");
}

void require_same_arrow() {
  static const bool same = [] {
    require_same_arrow(arrow::GetBuildInfo().version_string, ARROW_VERSION_STRING);
    return true;
  }();
  static_cast<void>(same);
}

}  // namespace soundlake::lake
