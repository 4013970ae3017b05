// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/cli/report.hpp"

#include <string>

namespace soundlake::cli {

class Services;

/// Where the workbook lies in the lake.
constexpr const char* kWorkbookKey = "exports/soundlake.twbx";

struct TableauResult {
  Counts counts;     ///< artists, tracks, albums, files_changed
  std::string lake;  ///< its address
};

/// Lake → exports/soundlake.twbx. Writes nothing when the workbook is the same.
TableauResult tableau_stage(Services& services, const std::string& command);

}  // namespace soundlake::cli
