// SPDX-License-Identifier: Apache-2.0
#include "soundlake/exports/csv.hpp"

#include <string_view>

namespace soundlake::exports {
namespace {

void append(std::string& csv, std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    csv += text;
    return;
  }
  csv += '"';
  for (const char c : text) {
    if (c == '"') csv += '"';
    csv += c;
  }
  csv += '"';
}

/// Whether a spreadsheet may take the text for a formula (OWASP, "CSV Injection").
bool looks_like_formula(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

void append(std::string& csv, const Cell& cell, bool spreadsheet_safe) {
  if (!cell.text) return;
  if (spreadsheet_safe && !cell.number && looks_like_formula(*cell.text)) {
    append(csv, '\'' + *cell.text);
  } else {
    append(csv, *cell.text);
  }
}

}  // namespace

std::string csv_text(const CsvTable& table, bool spreadsheet_safe) {
  std::string csv;
  for (std::size_t i = 0; i < table.header.size(); ++i) {
    if (i > 0) csv += ',';
    append(csv, table.header[i]);
  }
  csv += "\r\n";
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) csv += ',';
      append(csv, row[i], spreadsheet_safe);
    }
    csv += "\r\n";
  }
  return csv;
}

}  // namespace soundlake::exports
