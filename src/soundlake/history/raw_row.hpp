// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace soundlake::history {

/// What the rows of an export can tell and soundlake reads. Everything else in a row is passed
/// over, so IP addresses, user names and user agents get no further than the window of bytes they
/// stand in.
enum class Field : std::uint8_t {
  // extended
  ts,
  ms_played,
  platform,
  conn_country,
  track_name,
  artist_name,
  album_name,
  track_uri,
  episode_name,
  show_name,
  episode_uri,
  audiobook_title,
  audiobook_uri,
  chapter_uri,
  chapter_title,
  reason_start,
  reason_end,
  shuffle,
  skipped,
  offline,
  offline_timestamp,
  incognito_mode,
  // account
  account_end_time,
  account_ms_played,
  account_artist,
  account_track,
  account_podcast,
  account_episode,
  account_audiobook,
  account_chapter,
};
constexpr std::size_t kFields = 30;

/// The field with this key; nothing for every other key. Keys are told apart by case.
std::optional<Field> field_of(std::string_view key);

/// A value as it stands in the JSON text, valid as long as the bytes it was read from.
struct RawValue {
  enum class Type : std::uint8_t { absent, null, text, number, yes, no, nested };
  Type type = Type::absent;
  /// A text without escapes and of ASCII alone: its bytes are its value.
  bool plain = false;
  /// A text without its quotes, a number, or an array or object as written.
  std::string_view bytes;
};

/// One row of an export. When a key stands twice, the last one counts, as for most readers of JSON.
struct RawRow {
  std::array<RawValue, kFields> values;

  const RawValue& operator[](Field field) const { return values[static_cast<std::size_t>(field)]; }
  RawValue& operator[](Field field) { return values[static_cast<std::size_t>(field)]; }
};

}  // namespace soundlake::history
