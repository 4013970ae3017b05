// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/lake/lake.hpp"
#include "soundlake/lake/rows.hpp"

#include <vector>

namespace soundlake::exports {

/// The rows of the lake that exports are made of. Of artists, albums and tracks at least those that
/// the lists and the plays name.
struct ExportInput {
  std::vector<lake::TopArtist> top_artists;
  std::vector<lake::TopTrack> top_tracks;
  std::vector<lake::Artist> artists;
  std::vector<lake::Album> albums;
  std::vector<lake::Track> tracks;
  std::vector<lake::ArtistAlbum> artist_albums;
  std::vector<lake::ArtistTopTrack> artist_top_tracks;
  /// At least those of the newest 28 days, with what recent_listening looks at; needed only where
  /// there is no snapshot.
  std::vector<lake::Play> plays;
  bool simulated = false;  ///< of the simulated listener: the files say so
};

ExportInput export_input(const lake::View& view);
/// The same from rows that are about to be committed.
ExportInput export_input(const lake::Edit& edit);

}  // namespace soundlake::exports
