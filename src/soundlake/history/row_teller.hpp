// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/history/raw_row.hpp"
#include "soundlake/history/told_plays.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace soundlake::history {

/// What the rows of one file are.
enum class RowFormat { extended, account_music, account_podcast, account_audiobook };

/// `extended`, `account music`, `account podcast`, `account audiobook`.
const char* name_of(RowFormat format);

/// The format that has such rows, told by their keys; nothing when it is no row of a history.
std::optional<RowFormat> format_of(const RawRow& row);

/// No play is longer than seven days.
constexpr std::int64_t kLongestPlay = 7 * std::int64_t{86'400'000};

/// Turns the rows of files into plays. Who reads several files, one after the other, does it with
/// one teller: most of what a file names the ones before it have named.
class RowTeller {
 public:
  RowTeller() = default;
  RowTeller(RowFormat format, bool videos) { begin(format, videos); }
  RowTeller(const RowTeller&) = delete;
  RowTeller& operator=(const RowTeller&) = delete;
  ~RowTeller() = default;

  /// The next rows are those of another file.
  /// @param videos the file is one of music videos: its rows look like those of tracks
  void begin(RowFormat format, bool videos);

  /// Adds the row's play. Returns why it cannot be one (its time or `ms_played` cannot be used), or
  /// nothing. Any other value of an unexpected type is unknown, and the row is kept.
  std::string tell(const RawRow& row);

  const ToldPlays& plays() const { return plays_; }
  /// Takes the rows out; the texts and contents that they mean stay in `plays()`.
  ToldPlays take_rows();

 private:
  /// The last text of a column and its code: most columns repeat themselves from row to row.
  struct Last {
    std::string text;
    std::int32_t code = -1;
  };

  static constexpr std::size_t kPlatforms = 16;

  std::int32_t code_of(const RawValue& value);
  std::int32_t code_of(const RawValue& value, Last& last);
  std::int32_t family_of(const RawValue& platform);
  std::int32_t extended_content_code(const RawRow& row);
  bool tells(const RawValue& value, std::int32_t code) const;
  bool tells_track(const RawRow& row, const Content& content) const;
  Content extended_content(const RawRow& row);
  Content account_content(const RawRow& row);

  RowFormat format_ = RowFormat::extended;
  bool videos_ = false;
  ToldPlays plays_;
  lake::TextCoder texts_{plays_.texts};
  ContentCoder contents_{plays_.contents};
  std::vector<std::int32_t> content_of_uri_;  ///< by a track URI's code, the one last told; or −1
  std::vector<Last> platforms_;  ///< the few that a person has, so that each is folded once
  Last country_;
  Last reason_start_;
  Last reason_end_;
};

}  // namespace soundlake::history
