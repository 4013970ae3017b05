// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/cli/export_stage.hpp"
#include "soundlake/cli/report.hpp"
#include "soundlake/history/import.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace soundlake::cli {

class Services;

struct ImportRequest {
  std::string command;  ///< the command's name, for runs/
  std::vector<std::filesystem::path> paths;
};

struct ImportResult {
  history::ImportBooks books;
  std::vector<history::OtherFile> ignored;
  std::vector<std::string> changed;  ///< objects written
  ExportResult exported;
  std::string moved_zone;             ///< as settle_zone tells it
  std::string lake;                   ///< its address
  std::chrono::milliseconds took{0};  ///< from the first byte read to the end of the commit
};

/// Privacy exports → lake and its exports/, in one commit and without a request. What could not be
/// read goes into the report's problems. Throws Error{data} when there was nothing to read at all,
/// Error{refused} when the export is the simulated listener's and the lake is not, or the other way
/// round.
ImportResult import_stage(Services& services, const ImportRequest& request, Report& report);

/// The same books without writing: `stored` of a row is one that the lake lacks, which is a
/// problem. Throws Error{refused} when there is no lake.
ImportResult check_stage(Services& services, const ImportRequest& request, Report& report);

}  // namespace soundlake::cli
