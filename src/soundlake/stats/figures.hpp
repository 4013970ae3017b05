// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/stats/statistics.hpp"

#include <cstdint>
#include <limits>

namespace soundlake::stats {

/// The numbers of `totals`. Names that are null are not counted among artists, albums, tracks.
struct Figures {
  std::int64_t plays = 0;
  std::int64_t ms = 0;
  std::int64_t ms_estimated = 0;
  std::int64_t artists = 0;
  std::int64_t albums = 0;
  std::int64_t tracks = 0;
  std::int64_t days = 0;
};

Figures figures_of(const Ask& ask, const Selection& counted);

}  // namespace soundlake::stats
