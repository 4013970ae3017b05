// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/stats/table.hpp"

#include <string>
#include <string_view>

namespace soundlake::cli {

/// A value for people: hours and minutes, grouped digits, percent, local words for dates. Unknown
/// is "unknown".
std::string shown(const stats::Cell& cell, stats::Unit unit);

/// `3 h 05 min`, `12 min`, `40 s`, `65.7 h`, `1 204 h`.
std::string shown_time(std::int64_t ms);
/// `23 Nov 2026`
std::string shown_day(base::Day day);
/// `▏▎▍▌▋▊▉█` for a part of 0 … 1, in eighths of a column; something for anything above 0.
std::string smooth_bar(double part, std::size_t columns);
/// `top-artists` as a heading: `Top artists`.
std::string heading_of(std::string_view name);

/// The number in a cell; 0 for anything else.
double number_in(const stats::Cell& cell);

}  // namespace soundlake::cli
