// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/cli/export_stage.hpp"
#include "soundlake/cli/import_stage.hpp"
#include "soundlake/cli/load_stage.hpp"
#include "soundlake/cli/report.hpp"
#include "soundlake/spotify/capability.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace soundlake::cli {

class Services;

/// The stages of the main job, in their order: each works on the lake of the services, adds its
/// waits and problems to the report and returns its counts.

struct ExtractRequest {
  std::string command;  ///< the command's name, for runs/
  bool recent_only = false;
  bool all_depth = false;
};

struct ExtractResult {
  Counts counts;                     ///< artists, albums, tracks, plays_new, plays_duplicate
  std::vector<std::string> changed;  ///< objects written
  std::vector<std::string> unknown;  ///< what is unknown and why, one sentence each
  std::string moved_zone;            ///< as settle_zone tells it
  std::string lake;                  ///< its address
};

/// Spotify → lake. An explicit time zone that differs from the lake's moves the lake to it.
ExtractResult extract_stage(Services& services, const ExtractRequest& request, Report& report);

struct RunRequest {
  std::string command;
  std::vector<std::filesystem::path> exports{};  ///< privacy exports to import before all else
  /// False where there is no Spotify account to ask: the lake's own plays are the result.
  bool extract = true;
};

struct RunResult {
  std::optional<ImportResult> imported;
  std::optional<ExtractResult> extracted;
  ExportResult exported;
  std::optional<LoadResult> loaded;  ///< where SOUNDLAKE_LOAD_TO names a place
};

/// The main job.
RunResult run_pipeline(Services& services, const RunRequest& request, Report& report);

}  // namespace soundlake::cli
