// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/cli/report.hpp"
#include "soundlake/lake/lake.hpp"

#include <string>
#include <vector>

namespace soundlake::cli {

class Services;

struct ExportRequest {
  std::string command;
  bool provenance = false;
  bool spreadsheet_safe = false;
};

struct ExportResult {
  Counts counts;                   ///< artists, files, files_changed
  std::vector<std::string> files;  ///< keys below exports/, by name
  std::string moved_zone;          ///< as settle_zone tells it
  std::string lake;
};

/// Lake → exports/.
ExportResult export_stage(Services& services, const ExportRequest& request);

/// Puts the exports of the edit's rows into it, in the same commit as the rows themselves. Gives
/// everything of the result but `files_changed`.
ExportResult put_exports(lake::Edit& edit, const ExportRequest& request);

/// Adds `files_changed`, which only the commit knows.
void count_changed(ExportResult& result, const lake::CommitResult& committed);

}  // namespace soundlake::cli
