// SPDX-License-Identifier: Apache-2.0
#include "soundlake/facts/fill.hpp"

namespace soundlake::facts {

void fill(std::vector<lake::Artist>& artists, const Chosen& chosen) {
  for (auto& artist : artists) {
    const auto entity = artist_entity(artist.key);
    artist.genres = chosen.list(entity, "genres");
    artist.popularity = chosen.int32(entity, "popularity");
    artist.followers = chosen.int64(entity, "followers");
  }
}

void fill(std::vector<lake::Album>& albums, const Chosen& chosen) {
  for (auto& album : albums) {
    const auto entity = album_entity(album.key);
    album.release_date = chosen.text(entity, "release_date");
    album.total_tracks = chosen.int32(entity, "total_tracks");
  }
}

void fill(std::vector<lake::Track>& tracks, const Chosen& chosen) {
  for (auto& track : tracks) {
    const auto entity = track_entity(track.key);
    track.duration_ms = chosen.int64(entity, "duration_ms");
    track.isrc = chosen.text(entity, "isrc");
    track.bpm = chosen.number(entity, "bpm");
    track.mode = chosen.text(entity, "mode");
    track.tonic = chosen.int32(entity, "tonic");
    track.popularity = chosen.int32(entity, "popularity");
  }
}

}  // namespace soundlake::facts
