// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/stats/statistics.hpp"

#include <string>

namespace soundlake::cli {

/// One screen of the listening the query asks for: figures, time by month, hours of the week, and
/// the first artists and tracks. `title` stands above it.
std::string drawn_overview(const std::string& title, const stats::Dataset& data,
                           const stats::Query& query, base::Day today);

}  // namespace soundlake::cli
