// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/stats/table.hpp"

#include <string>

namespace soundlake::cli {

/// The rows as CSV (RFC 4180) under a header of the columns' names; unknown is an empty cell.
std::string csv_of(const stats::Table& table);

}  // namespace soundlake::cli
