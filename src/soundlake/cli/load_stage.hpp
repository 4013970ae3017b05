// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/cli/report.hpp"

#include <string>

namespace soundlake::cli {

class Services;

struct LoadRequest {
  std::string command;
  std::string to;  ///< a folder or s3://bucket/prefix, as the setting `load_to` has it
  bool verify = false;
  bool dry_run = false;
  bool purge = false;  ///< for `forget`: no older state stays there
};

struct LoadResult {
  Counts counts;   ///< objects_total, objects_uploaded, objects_unchanged, objects_deleted,
                   ///< bytes_uploaded
  std::string to;  ///< its address
};

/// The lake of the services → another place. What could not be removed there becomes a problem.
LoadResult load_stage(Services& services, const LoadRequest& request, Report& report);

/// "3 of 60 objects sent, 1.2 MB, …", for summaries.
std::string loaded_line(const LoadResult& result);

}  // namespace soundlake::cli
