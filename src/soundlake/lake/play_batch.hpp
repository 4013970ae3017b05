// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/lake/rows.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace soundlake::lake {

/// The text of one column: the distinct values end to end in one buffer, and a code per row.
struct TextColumn {
  std::string characters;                ///< the values, one after the other
  std::vector<std::int32_t> offsets{0};  ///< where each value begins in `characters`, and the end
  std::vector<std::int32_t> codes;       ///< per row the number of its value; −1 is null

  std::int32_t values() const { return static_cast<std::int32_t>(offsets.size()) - 1; }
  std::string_view value(std::int32_t code) const {
    const auto begin = static_cast<std::size_t>(offsets[static_cast<std::size_t>(code)]);
    const auto end = static_cast<std::size_t>(offsets[static_cast<std::size_t>(code) + 1]);
    return {characters.data() + begin, end - begin};
  }
  bool is_null(std::size_t row) const { return codes[row] < 0; }
  /// The text of a row; empty when it is null.
  std::string_view at(std::size_t row) const {
    return is_null(row) ? std::string_view{} : value(codes[row]);
  }

  /// Adds a value without looking whether it is known, and returns its code.
  /// Throws Error{data} when the values together exceed 2 GiB.
  std::int32_t add_value(std::string_view text);
};

/// Gives equal texts of one column the same code. The column must outlive it.
class TextCoder {
 public:
  explicit TextCoder(TextColumn& column);

  /// The code of this text, new or known.
  std::int32_t code_of(std::string_view text);
  void append(std::string_view text) { column_.codes.push_back(code_of(text)); }
  void append_null() { column_.codes.push_back(-1); }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::int32_t code = -1;
  };
  void grow();

  TextColumn& column_;
  std::vector<Slot> slots_;  ///< open addressing; the size is a power of two
};

/// Plays as columns, for work on many of them: every vector has one element per play, or none when
/// the column was not read. The meaning of each is that of Play.
struct PlayBatch {
  static constexpr auto kNoLength = std::numeric_limits<std::int64_t>::min();

  std::size_t rows = 0;
  TextColumn play_id;
  std::vector<std::int64_t> played_at;   ///< µs since 1970 UTC
  std::vector<std::int64_t> started_at;  ///< µs since 1970 UTC
  TextColumn reported_at;
  std::vector<std::int32_t> local_date;  ///< days since 1970
  std::vector<std::int32_t> utc_offset_min;
  std::vector<std::int64_t> ms_played;
  std::vector<std::int8_t> ms_estimated;  ///< 0 | 1
  TextColumn kind;
  TextColumn spotify_uri;
  TextColumn track_name;
  TextColumn artist_name;
  TextColumn album_name;
  TextColumn show_name;
  TextColumn episode_name;
  TextColumn audiobook_name;
  TextColumn chapter_name;
  TextColumn platform;
  TextColumn country;
  TextColumn reason_start;
  TextColumn reason_end;
  std::vector<std::int8_t> shuffle;  ///< 0 | 1, −1 is null; so are the next three
  std::vector<std::int8_t> skipped;
  std::vector<std::int8_t> offline;
  std::vector<std::int8_t> incognito;
  TextColumn source;
  std::vector<std::int64_t> length_ms;  ///< kNoLength is null
};

PlayBatch to_batch(const std::vector<Play>& plays);
std::vector<Play> to_plays(const PlayBatch& batch);

/// The plays as a Parquet file, byte for byte what `encode` gives for the same rows. Values may be
/// listed twice or be used by no row. Throws Error{internal} when the columns differ in length.
std::string encode(const PlayBatch& batch);

/// Whether both hold the same plays in the same order.
bool same_rows(const PlayBatch& a, const PlayBatch& b);

/// The plays of one UTC year as the lake keeps them.
struct EncodedPlays {
  int year = 0;
  std::int64_t rows = 0;
  std::string bytes;  ///< Parquet
};

/// Encodes the plays of a year; several threads may each do one. Throws Error{internal} when a play
/// is of another year.
EncodedPlays encode_year(int year, const PlayBatch& plays);

/// The chosen columns (all when none is named) of a file of plays; text keeps its dictionary.
/// Columns that the file lacks are null (empty where they cannot be). Reads with all cores. Throws
/// Error{data} naming `what`, Error{internal} for a column that plays do not have.
PlayBatch decode_play_batch(std::string_view bytes, const std::string& what,
                            const std::vector<std::string>& columns = {});

}  // namespace soundlake::lake
