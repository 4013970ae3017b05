// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/history/byte_source.hpp"
#include "soundlake/history/read_exports.hpp"
#include "soundlake/history/read_limits.hpp"
#include "soundlake/history/row_teller.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace soundlake::history {

/// What a file turned out to be.
struct FileReading {
  std::optional<ExportFile> history;  ///< there are plays, or there could have been
  ToldPlays plays;
  std::string reason;   ///< otherwise why there are none
  bool failed = false;  ///< and whether that is not in order
};

/// Reads a file of plays, or finds in its first rows that it is none. Needs a window of it in
/// memory.
/// @param name what people call the file; decides where content cannot (videos, empty lists)
/// @param on_rows told now and then how many more rows were read; may throw to stop
/// @param teller of the files before: the texts and contents of the plays are in its `plays()`
FileReading read_history_file(const std::string& name, ByteSource& bytes, const ReadLimits& limits,
                              const std::function<void(std::int64_t)>& on_rows, RowTeller& teller);

/// The same for one file; its plays have their own texts and contents.
FileReading read_history_file(const std::string& name, ByteSource& bytes, const ReadLimits& limits,
                              const std::function<void(std::int64_t)>& on_rows);

}  // namespace soundlake::history
