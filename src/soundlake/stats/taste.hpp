// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/lake/rows.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace soundlake::stats {

/// A track or album listed for an artist, with the values the lake knows of it.
struct Listed {
  std::string artist_key;
  std::int32_t rank = 0;
  std::string key;
  lake::Text name{};
  std::optional<double> bpm{};  ///< of tracks; never 0
  lake::Text mode{};
  lake::Text release_date{};  ///< of albums
  std::optional<std::int32_t> total_tracks{};
  lake::Text source{};  ///< who gave the tempo, or the release date
};

/// The dated top lists, and what is listed for each artist.
struct Taste {
  std::vector<lake::TopArtist> top_artists;  ///< by date, range, rank
  std::vector<Listed> tracks;                ///< by artist, rank
  std::vector<Listed> albums;                ///< by artist, rank
};

/// Joins the lists with what the tables know. All are in the order of their tables.
Taste make_taste(std::vector<lake::TopArtist> top_artists,
                 const std::vector<lake::ArtistTopTrack>& top_tracks,
                 const std::vector<lake::ArtistAlbum>& artist_albums,
                 const std::vector<lake::Track>& tracks, const std::vector<lake::Album>& albums);

}  // namespace soundlake::stats
