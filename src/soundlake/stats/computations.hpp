// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/stats/statistics.hpp"

/// The function of each statistic; docs/statistics.md defines what it gives.
namespace soundlake::stats {

void totals(const Ask& ask, Result& result);
void change(const Ask& ask, Result& result);
void top_artists(const Ask& ask, Result& result);
void top_albums(const Ask& ask, Result& result);
void top_tracks(const Ask& ask, Result& result);
void top_shows(const Ask& ask, Result& result);
void top_episodes(const Ask& ask, Result& result);
void top_genres(const Ask& ask, Result& result);
void series(const Ask& ask, Result& result);
void week_hours(const Ask& ask, Result& result);

}  // namespace soundlake::stats
