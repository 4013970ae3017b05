// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/stats/table.hpp"

#include <string>

namespace soundlake::serve {

/// The answer as one JSON object (design §8): statistic, from, to, rule, timezone, at_least, rows;
/// unknown is null, moments are UTC, days are dates.
std::string json_of(const stats::Result& result);

}  // namespace soundlake::serve
