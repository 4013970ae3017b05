// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/facts/facts.hpp"
#include "soundlake/lake/rows.hpp"

#include <vector>

namespace soundlake::facts {

/// Sets every Sourced column from the chosen facts about the row's key; what no fact knows becomes
/// unknown. The fields are named like the columns:
/// genres (list), popularity, followers.
void fill(std::vector<lake::Artist>& artists, const Chosen& chosen);
/// release_date, total_tracks.
void fill(std::vector<lake::Album>& albums, const Chosen& chosen);
/// duration_ms, isrc, bpm, mode, tonic, popularity.
void fill(std::vector<lake::Track>& tracks, const Chosen& chosen);

}  // namespace soundlake::facts
