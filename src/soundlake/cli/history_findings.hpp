// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/cli/findings.hpp"
#include "soundlake/lake/lake.hpp"

#include <vector>

namespace soundlake::cli {

/// What `doctor` says of the plays: from when to when they reach, which source told how many, and
/// where some may be missing.
std::vector<Finding> history_findings(const lake::View& view);

}  // namespace soundlake::cli
