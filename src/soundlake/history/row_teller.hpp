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

/// Turns the rows of one file into plays.
class RowTeller {
 public:
  /// @param videos the file is one of music videos: its rows look like those of tracks
  RowTeller(RowFormat format, bool videos);
  RowTeller(const RowTeller&) = delete;
  RowTeller& operator=(const RowTeller&) = delete;
  ~RowTeller() = default;

  /// Adds the row's play. Returns why it cannot be one (its time or `ms_played` cannot be used), or
  /// nothing. Any other value of an unexpected type is unknown, and the row is kept.
  std::string tell(const RawRow& row);

  ToldPlays& plays() { return plays_; }

 private:
  /// The last text of a column and its code: most columns repeat themselves from row to row.
  struct Last {
    std::string text;
    std::int32_t code = -1;
  };

  std::int32_t code_of(const RawValue& value);
  std::int32_t code_of(const RawValue& value, Last& last);
  std::int32_t family_of(const RawValue& platform);
  std::int32_t extended_content_code(const RawRow& row);
  bool tells(const RawValue& value, std::int32_t code) const;
  bool tells_track(const RawRow& row, const Content& content) const;
  Content extended_content(const RawRow& row);
  Content account_content(const RawRow& row);

  RowFormat format_;
  bool videos_;
  ToldPlays plays_;
  lake::TextCoder texts_{plays_.texts};
  ContentCoder contents_{plays_.contents};
  std::vector<std::int32_t> content_of_uri_;  ///< by a track URI's code, the one last told; or −1
  Last platform_;
  Last country_;
  Last reason_start_;
  Last reason_end_;
};

}  // namespace soundlake::history
