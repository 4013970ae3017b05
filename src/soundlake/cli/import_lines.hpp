// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/cli/import_stage.hpp"
#include "soundlake/cli/style.hpp"

#include <string>
#include <vector>

/// What the summaries say of an import.
namespace soundlake::cli {

/// A line for each year, to lay beside Spotify's Wrapped: minutes, plays, tracks, most heard
/// artist. Empty without years.
std::string years_table(const std::vector<history::YearTotals>& years);

/// "230 112 rows in 16 files, in 0.61 s"
std::string read_line(const ImportResult& result);

/// How the books balance, what they displace and which files are no history.
void add_import(LabelledLines& lines, const ImportResult& result);

}  // namespace soundlake::cli
