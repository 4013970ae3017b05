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
void top_genres(const Ask& ask, Result& result);
void top_shows(const Ask& ask, Result& result);
void top_episodes(const Ask& ask, Result& result);
void series(const Ask& ask, Result& result);
void week_hours(const Ask& ask, Result& result);
void discoveries(const Ask& ask, Result& result);
void newness(const Ask& ask, Result& result);
void rediscoveries(const Ask& ask, Result& result);
void streaks(const Ask& ask, Result& result);
void sessions(const Ask& ask, Result& result);
void shares(const Ask& ask, Result& result);
void skips(const Ask& ask, Result& result);
void rank_over_time(const Ask& ask, Result& result);
void genres_over_time(const Ask& ask, Result& result);
void concentration(const Ask& ask, Result& result);
void decades(const Ask& ask, Result& result);
void tempo_hours(const Ask& ask, Result& result);
void tempo_over_time(const Ask& ask, Result& result);
void artist(const Ask& ask, Result& result);
void album(const Ask& ask, Result& result);
void track(const Ask& ask, Result& result);
void year(const Ask& ask, Result& result);
void popularity(const Ask& ask, Result& result);
void tempo(const Ask& ask, Result& result);
void releases(const Ask& ask, Result& result);
void genres(const Ask& ask, Result& result);
void taste_change(const Ask& ask, Result& result);
void taste_genres(const Ask& ask, Result& result);
void coverage(const Ask& ask, Result& result);
void gaps(const Ask& ask, Result& result);

}  // namespace soundlake::stats
