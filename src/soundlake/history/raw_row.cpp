// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/raw_row.hpp"

#include <cstring>

namespace soundlake::history {
namespace {

struct Key {
  std::string_view text;
  Field field;
};

// By length: a key is compared with the few others of its length only.
constexpr std::array kKeys{
    Key{"ts", Field::ts},
    Key{"shuffle", Field::shuffle},
    Key{"skipped", Field::skipped},
    Key{"offline", Field::offline},
    Key{"endTime", Field::account_end_time},
    Key{"platform", Field::platform},
    Key{"msPlayed", Field::account_ms_played},
    Key{"ms_played", Field::ms_played},
    Key{"trackName", Field::account_track},
    Key{"reason_end", Field::reason_end},
    Key{"artistName", Field::account_artist},
    Key{"podcastName", Field::account_podcast},
    Key{"episodeName", Field::account_episode},
    Key{"chapterName", Field::account_chapter},
    Key{"conn_country", Field::conn_country},
    Key{"episode_name", Field::episode_name},
    Key{"reason_start", Field::reason_start},
    Key{"audiobook_uri", Field::audiobook_uri},
    Key{"audiobookName", Field::account_audiobook},
    Key{"incognito_mode", Field::incognito_mode},
    Key{"audiobook_title", Field::audiobook_title},
    Key{"spotify_track_uri", Field::track_uri},
    Key{"episode_show_name", Field::show_name},
    Key{"offline_timestamp", Field::offline_timestamp},
    Key{"spotify_episode_uri", Field::episode_uri},
    Key{"audiobook_chapter_uri", Field::chapter_uri},
    Key{"audiobook_chapter_title", Field::chapter_title},
    Key{"master_metadata_track_name", Field::track_name},
    Key{"master_metadata_album_album_name", Field::album_name},
    Key{"master_metadata_album_artist_name", Field::artist_name},
};
static_assert(kKeys.size() == kFields);

constexpr std::size_t kLongest = kKeys.back().text.size();

/// Where the keys of each length begin in kKeys.
constexpr auto kFirstOfLength = [] {
  std::array<std::uint8_t, kLongest + 2> first{};
  for (std::size_t length = 0; length < first.size(); ++length) {
    std::uint8_t at = 0;
    while (at < kKeys.size() && kKeys[at].text.size() < length) ++at;
    first[length] = at;
  }
  return first;
}();

std::uint64_t eight_bytes(const char* at) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, at, sizeof bytes);
  return bytes;
}

/// memcmp without the call: every row has some twenty keys.
/// @param one, other of the same length
bool same_bytes(std::string_view one, std::string_view other) {
  const auto size = one.size();
  const char* const a = one.data();
  const char* const b = other.data();
  if (size < 8) {
    for (std::size_t at = 0; at < size; ++at) {
      if (a[at] != b[at]) return false;
    }
    return true;
  }
  for (std::size_t at = 0; at + 8 <= size; at += 8) {
    if (eight_bytes(a + at) != eight_bytes(b + at)) return false;
  }
  return eight_bytes(a + size - 8) == eight_bytes(b + size - 8);
}

}  // namespace

std::optional<Field> field_of(std::string_view key) {
  if (key.size() > kLongest) return std::nullopt;
  for (auto at = kFirstOfLength[key.size()]; at < kFirstOfLength[key.size() + 1]; ++at) {
    if (same_bytes(kKeys[at].text, key)) return kKeys[at].field;
  }
  return std::nullopt;
}

}  // namespace soundlake::history
