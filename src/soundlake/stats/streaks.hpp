// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/stats/selection.hpp"

#include <cstdint>
#include <vector>

namespace soundlake::stats {

/// Consecutive local dates with a counted play, in order of time.
std::vector<Days> streaks_of(const Selection& counted);

/// Counted plays with no more than half an hour between them.
struct Session {
  std::int64_t start = 0;  ///< µs since 1970 UTC
  std::int64_t end = 0;
  std::int64_t plays = 0;
  std::int64_t ms = 0;
};

/// The sessions in order of time.
std::vector<Session> sessions_of(const Selection& counted);

}  // namespace soundlake::stats
