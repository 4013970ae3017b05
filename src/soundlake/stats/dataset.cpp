// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/dataset.hpp"

#include "soundlake/base/text.hpp"

#include <array>
#include <utility>

namespace soundlake::stats {

std::string Dataset::key_of(const Entities& entities, std::int32_t code) const {
  const auto& known = entities.table_key[Entities::at(code)];
  if (!known.empty()) return known;
  return entities.name_key(entities.name_of(code), by_name(entities, code).value_or(""));
}

std::optional<std::string_view> Dataset::by_name(const Entities& entities,
                                                 std::int32_t code) const {
  const auto by = entities.by[Entities::at(code)];
  if (by < 0) return std::nullopt;
  return (&entities == &episodes ? shows : artists).name_of(by);
}

std::string platform_family(std::string_view raw) {
  // The order matters: "Android-tablet OS" is Android, "web_player windows 10" the web player.
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 17> kRules{{
      {"web_player", "web"},
      {"webplayer", "web"},
      {"cast", "cast"},
      {"partner", "speaker or tv"},
      {"sonos", "speaker or tv"},
      {"playstation", "console"},
      {"ps4", "console"},
      {"ps5", "console"},
      {"xbox", "console"},
      {"ios", "ios"},
      {"iphone", "ios"},
      {"ipad", "ios"},
      {"android", "android"},
      {"windows", "windows"},
      {"os x", "macos"},
      {"osx", "macos"},
      {"linux", "linux"},
  }};
  const auto text = base::to_lower_ascii(raw);
  for (const auto& [word, family] : kRules) {
    if (text.find(word) != std::string::npos) return std::string(family);
  }
  if (text.find("macos") != std::string::npos) return "macos";
  if (text.find("tv") != std::string::npos) return "speaker or tv";
  return "other";
}

const std::vector<std::string>& play_columns_needed() {
  static const std::vector<std::string> columns{
      "started_at",   "local_date",     "utc_offset_min", "ms_played",  "ms_estimated",
      "kind",         "track_name",     "artist_name",    "album_name", "show_name",
      "episode_name", "audiobook_name", "chapter_name",   "platform",   "country",
      "reason_start", "reason_end",     "shuffle",        "skipped",    "offline",
      "incognito",    "source",         "length_ms"};
  return columns;
}

}  // namespace soundlake::stats
