// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace soundlake::cli {

/// Text for stdout: plain where it is no terminal, NO_COLOR is set or TERM is dumb.
std::string bold(std::string_view text);
std::string dim(std::string_view text);
std::string accent(std::string_view text);

/// Columns of the terminal, at least 40; 80 where stdout is none and COLUMNS is not set.
std::size_t terminal_columns();

/// The first line of what is about listening: `soundlake · your listening`, or that of the
/// simulated listener, which says that it is invented.
std::string listening_title(bool simulated);

/// `1 artist`, `2 artists`, `12 345 plays`.
std::string counted(std::int64_t number, const std::string& noun);

/// `▇▇▇▇▁▁` for a value of 0 … 100.
std::string bar(int value, int columns);

/// Labelled lines: the label in a column of its own, further lines of the same label below each
/// other.
class LabelledLines {
 public:
  void add(const std::string& label, const std::string& line);
  std::string text() const { return text_; }

 private:
  std::string last_label_;
  std::string text_;
};

/// The text broken into lines of at most `columns`, between words.
std::vector<std::string> wrapped(const std::string& text, std::size_t columns);

}  // namespace soundlake::cli
