// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

namespace soundlake::exports {

/// One cell: null is written as an empty one. Numbers are told apart because a guard against
/// formulas must not touch them.
struct Cell {
  std::optional<std::string> text;
  bool number = false;
};

struct CsvTable {
  std::vector<std::string> header;
  std::vector<std::vector<Cell>> rows;
};

/// RFC 4180: CRLF after every line, quotes only around cells with a comma, a quote or a line break;
/// UTF-8 without a byte order mark; the values exactly as they are.
/// @param spreadsheet_safe puts an apostrophe before text that begins with = + - @, tab or CR,
/// which
///   spreadsheets would run as a formula (OWASP, "CSV Injection"). Such a file is for looking at:
///   the values are no longer exact.
std::string csv_text(const CsvTable& table, bool spreadsheet_safe = false);

}  // namespace soundlake::exports
