// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/file_names.hpp"

#include "soundlake/base/text.hpp"

#include <array>
#include <string>

namespace soundlake::history {
namespace {

std::string lower_base_name(std::string_view name) {
  return base::to_lower_ascii(name.substr(name.rfind('/') + 1));
}

}  // namespace

bool named_like_history(std::string_view name) {
  constexpr std::array<std::string_view, 4> kBeginnings{"streaming_history", "streaminghistory",
                                                        "endsong", "endvideo"};
  const auto base_name = lower_base_name(name);
  for (const auto beginning : kBeginnings) {
    if (base_name.starts_with(beginning)) return true;
  }
  return false;
}

bool named_like_videos(std::string_view name) {
  return lower_base_name(name).find("video") != std::string::npos;
}

RowFormat format_by_name(std::string_view name) {
  const auto base_name = lower_base_name(name);
  if (!base_name.starts_with("streaminghistory")) return RowFormat::extended;
  if (base_name.find("podcast") != std::string::npos) return RowFormat::account_podcast;
  if (base_name.find("audiobook") != std::string::npos) return RowFormat::account_audiobook;
  return RowFormat::account_music;
}

}  // namespace soundlake::history
