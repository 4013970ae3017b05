// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/stats/dataset.hpp"
#include "soundlake/tableau/model.hpp"

#include <string_view>

namespace soundlake::tableau {

/// What an unknown text is called in the workbook. An unknown number is an empty cell, never 0.
constexpr std::string_view kUnknown = "unknown";

/// The tables behind Overview, one per grain and related by the artist's key: artists, artist ×
/// genre, artist × top track, artist × album. They hold what the statistics popularity, tempo,
/// releases and genres tell of the newest top list, or of the newest plays where there is none.
/// @param today local date
Datasource taste_data(const stats::Dataset& data, base::Day today);

}  // namespace soundlake::tableau
