// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/progress.hpp"
#include "soundlake/history/read_limits.hpp"
#include "soundlake/history/told_plays.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace soundlake::history {

/// A row that cannot be a play.
struct RejectedRow {
  std::int64_t row = 0;     ///< its number in the file, from 1
  std::int64_t offset = 0;  ///< where it begins in the file's JSON, in bytes
  std::string reason;       ///< "ms_played is −5"
};

/// One history file of an export. rows_read = plays + rejected.
struct ExportFile {
  std::string
      name;  ///< as a person finds it: `my_spotify_data.zip/…/Streaming_History_Audio_2023_4.json`
  std::string format;  ///< `extended`, `account music`, `account podcast`, `account audiobook`
  std::int64_t rows_read = 0;
  std::vector<RejectedRow> rejected;  ///< the first hundred
  std::int64_t rows_rejected = 0;     ///< all of them
  std::string damage;  ///< why rows behind the last one read are missing ("cut off after row 812");
                       ///< empty when whole
  std::size_t first_row =
      0;  ///< its plays are the rows [first_row, first_row + plays) of ReadExports::plays
  std::size_t plays = 0;
};

/// A file that brought nothing.
struct OtherFile {
  std::string name;
  std::string reason;
};

struct ReadExports {
  std::vector<ExportFile> files;   ///< by name, whatever order they were found and read in
  std::vector<OtherFile> ignored;  ///< not history, and that is in order: `Playlist1.json`, the PDF
  std::vector<OtherFile>
      failed;       ///< may be history and could not be read: password, truncated zip, HTML
  ToldPlays plays;  ///< of all files, in the order of `files`
};

/// Reads every history file below the paths: zips as downloaded, unpacked folders, loose files
/// (gzip'd too), any nesting and era. What a file is, is told by its content. Asks nobody. Works on
/// several files at once; memory beyond the result does not grow with the files' size. Throws
/// Error{usage} for a path that does not exist and Error{cancelled} when base::stop is asked for;
/// everything else that is wrong with a file is a value.
ReadExports read_exports(const std::vector<std::filesystem::path>& paths, base::Progress& progress,
                         const ReadLimits& limits = {});

}  // namespace soundlake::history
