// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/exports/compiled.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace soundlake::exports {

/// One line of the person's own top tracks.
struct CompiledTopTrack {
  base::Day snapshot_date;
  std::string time_range;  ///< short_term | medium_term | long_term | last_28_days
  std::int32_t rank = 0;   ///< from 1
  CompiledTrack track;
  lake::Text artist_id;
  lake::Text artist_name;
  lake::Text album_id;
  lake::Text album_name;
  lake::Sourced<std::int32_t> popularity;
  std::string ranking_source;  ///< spotify | listener
};

/// The latest snapshot of each time range, shortest range first; without any snapshot the 50 tracks
/// with most time in the last 28 days of plays (time_range `last_28_days`, source `listener`).
std::vector<CompiledTopTrack> compile_top_tracks(const ExportInput& input);

}  // namespace soundlake::exports
