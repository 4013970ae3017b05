// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/exports/compiled.hpp"
#include "soundlake/exports/csv.hpp"
#include "soundlake/exports/top_tracks.hpp"

#include <vector>

/// The tidy CSV files; docs/exports.md lists their columns.
namespace soundlake::exports {

/// One row per artist of the compiled list.
CsvTable artists_table(const std::vector<CompiledArtist>& artists);
/// One row per artist and album.
CsvTable artist_albums_table(const std::vector<CompiledArtist>& artists);
/// One row per artist and top track.
CsvTable artist_top_tracks_table(const std::vector<CompiledArtist>& artists);
/// One row per artist and top track with the artist's columns repeated; an artist without tracks
/// has one row. For tools that take a single file.
CsvTable top_artists_wide_table(const std::vector<CompiledArtist>& artists);
/// One row per line of the person's own top tracks.
CsvTable top_tracks_table(const std::vector<CompiledTopTrack>& tracks);

}  // namespace soundlake::exports
