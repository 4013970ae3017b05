// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/facts/facts.hpp"
#include "soundlake/lake/rows.hpp"
#include "soundlake/spotify/extract.hpp"

#include <vector>

/// How what was extracted goes into the rows of a lake: pure functions, each idempotent.
namespace soundlake::spotify {

/// Known rows keep their key and aliases; a field that was seen replaces the known one, an unknown
/// one replaces nothing. Rows not seen stay.
void merge_identities(std::vector<lake::Artist>& known, const std::vector<lake::Artist>& seen);
void merge_identities(std::vector<lake::Album>& known, const std::vector<lake::Album>& seen);
void merge_identities(std::vector<lake::Track>& known, const std::vector<lake::Track>& seen);

/// The list replaces the one of its day and range. When it is not whole, the deeper ranks of an
/// earlier list of that day stay, as far as they are not in the new one. What Spotify did not tell
/// of a row (popularity, genres) comes from the chosen facts, with their source. An empty list that
/// is not whole replaces nothing.
void merge_top_list(std::vector<lake::TopArtist>& known, const TopList<lake::TopArtist>& list,
                    const facts::Chosen& chosen);
void merge_top_list(std::vector<lake::TopTrack>& known, const TopList<lake::TopTrack>& list,
                    const facts::Chosen& chosen);

/// The albums of one artist. Newest first gives way to a ranking by another source, and a list that
/// is empty or not whole never replaces a longer one.
void merge_albums(std::vector<lake::ArtistAlbum>& known, const AlbumList& list);

/// The top tracks of one artist: Spotify's replace any; the listener's own (ranking_source
/// `listener`) replace only the listener's own. An empty list replaces nothing.
void merge_top_tracks(std::vector<lake::ArtistTopTrack>& known, const TrackList& list);

}  // namespace soundlake::spotify
