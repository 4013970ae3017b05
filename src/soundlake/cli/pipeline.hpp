// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/cli/report.hpp"
#include "soundlake/spotify/capability.hpp"

#include <map>
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
  std::string moved_zone;  ///< "UTC → Europe/Berlin" when the lake's days were moved; else empty
  std::string lake;        ///< its address
};

/// Spotify → lake. An explicit time zone that differs from the lake's moves the lake to it.
ExtractResult extract_stage(Services& services, const ExtractRequest& request, Report& report);

struct ExportRequest {
  std::string command;
  bool provenance = false;
  bool spreadsheet_safe = false;
};

struct ExportResult {
  Counts counts;                   ///< artists, files, files_changed
  std::vector<std::string> files;  ///< keys below exports/, by name
  std::string lake;
};

/// Lake → exports/.
ExportResult export_stage(Services& services, const ExportRequest& request);

/// The main job.
struct RunResult {
  ExtractResult extracted;
  ExportResult exported;
};
RunResult run_pipeline(Services& services, const std::string& command, Report& report);

}  // namespace soundlake::cli
