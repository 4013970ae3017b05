// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/lake/rows.hpp"
#include "soundlake/spotify/extract.hpp"

#include <vector>

namespace soundlake::spotify {

/// The listener's own top tracks of every artist in the newest top lists, ranking_source
/// `listener`, for those of whom Spotify names none: first the newest top_tracks lists (short_term,
/// medium_term, long_term, by rank), then the tracks played for 30 s and more, the most played
/// first. At most ten an artist, a title once. Artists are matched by id: a play counts for the
/// first artist of its track's row.
std::vector<TrackList> listener_tracks(const std::vector<lake::TopArtist>& top_artists,
                                       const std::vector<lake::TopTrack>& top_tracks,
                                       const std::vector<lake::Play>& plays,
                                       const std::vector<lake::Track>& tracks);

}  // namespace soundlake::spotify
