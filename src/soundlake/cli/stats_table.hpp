// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/stats/table.hpp"

#include <cstddef>
#include <string>

namespace soundlake::cli {

/// The rows as a table no wider than the terminal: numbers at the right, names cut where they have
/// to be, and where there is room a bar for the share, else the time.
std::string drawn_table(const stats::Table& table, std::size_t columns);

}  // namespace soundlake::cli
