// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/stats/table.hpp"

#include <cstddef>
#include <string>

namespace soundlake::cli {

/// The answer drawn for a terminal: heading, then a picture or table that fits its width, then what
/// has to be known to read it.
std::string drawn(const stats::Result& result);

}  // namespace soundlake::cli
