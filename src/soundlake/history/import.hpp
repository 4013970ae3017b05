// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/zone.hpp"
#include "soundlake/history/read_exports.hpp"
#include "soundlake/lake/lake.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace soundlake::history {

/// What became of a file's rows: rows_read = stored + duplicates + rejected.
struct FileBooks {
  std::string name;
  std::string format;
  std::int64_t rows_read = 0;
  std::int64_t stored = 0;      ///< in the table now and not before
  std::int64_t duplicates = 0;  ///< known already, told twice, or covered by a better source
  std::int64_t covered = 0;     ///< of the duplicates: a better source tells the same play
  std::int64_t rejected = 0;
};

/// A year of the export's plays, for comparing with Spotify's Wrapped (music; local dates of the
/// lake's zone).
struct YearTotals {
  int year = 0;
  std::int64_t plays = 0;
  std::int64_t minutes = 0;
  std::int64_t tracks = 0;
  std::string top_artist;  ///< by time; empty when no row names one
};

struct ImportBooks {
  std::vector<FileBooks> files;  ///< in the order of ReadExports::files; a play told by two counts
                                 ///< as stored in the first
  FileBooks total;
  std::int64_t displaced =
      0;  ///< rows known before that a better row of the import covers: they left the table
  std::int64_t gaps_closed = 0;
  std::vector<YearTotals> years;
};

/// Merges the plays into the lake's table as docs/plays.md says, adds what they name to artists,
/// albums and tracks, and takes out of gaps/ what the export encloses. Touches only the years in
/// which rows change. The same export once more changes nothing. May be called again by a commit
/// that begins again.
ImportBooks apply_import(lake::Edit& edit, const ReadExports& exports, const base::Zone& zone);

/// The same books without writing: `stored` of a row that the lake lacks. A lake that holds the
/// whole export has 0.
ImportBooks check_import(const lake::View& view, const ReadExports& exports,
                         const base::Zone& zone);

}  // namespace soundlake::history
