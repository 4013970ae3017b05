// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/stats/table.hpp"

#include <cstddef>
#include <string>

namespace soundlake::cli {

/// Hours across, weekdays down, the darker the more time; for the rows of `week-hours`.
std::string drawn_week(const stats::Table& table, std::size_t columns);

/// Whether the rows of `series` are days.
bool is_daily(const stats::Table& table);
/// A calendar: ISO weeks across, weekdays down, the latest weeks first where they do not all fit;
/// for the rows of `series` by day.
std::string drawn_calendar(const stats::Table& table, std::size_t columns);

/// One line of `▁▂▃▄▅▆▇█` for numbers from 0 to the greatest, at most so many columns: neighbours
/// are added up where there are more.
std::string sparkline(const std::vector<double>& numbers, std::size_t columns);

}  // namespace soundlake::cli
