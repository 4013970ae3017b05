// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/cli/import_stage.hpp"
#include "soundlake/history/read_exports.hpp"

#include <string>

namespace soundlake::cli {

/// Puts what could not be read into the report's problems: each file that failed, each that is
/// damaged, and the rejected rows, of which the first few are listed one by one.
void tell_unreadable(const history::ReadExports& exports, Report& report);

/// Throws Error{data} when no row of listening history could be read, with the reason and what to
/// do. An empty history is one.
void require_history(const history::ReadExports& exports,
                     const std::vector<std::filesystem::path>& paths);

/// rows_read, stored, duplicates, rejected, then covered, displaced and gaps_closed.
Counts import_counts(const history::ImportBooks& books);
/// The same when nothing was written: what would be stored is `missing`.
Counts check_counts(const history::ImportBooks& books);

/// Of the report's JSON: `files`, `ignored` and `years`.
std::string import_details(const ImportResult& result);

}  // namespace soundlake::cli
