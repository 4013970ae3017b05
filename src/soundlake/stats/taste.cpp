// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/taste.hpp"

#include <algorithm>
#include <utility>

namespace soundlake::stats {
namespace {

template <class Row>
const Row* row_of(const std::vector<Row>& rows, const std::string& key) {
  const auto found =
      std::lower_bound(rows.begin(), rows.end(), key,
                       [](const Row& row, const std::string& wanted) { return row.key < wanted; });
  return found != rows.end() && found->key == key ? &*found : nullptr;
}

}  // namespace

Taste make_taste(std::vector<lake::TopArtist> top_artists,
                 const std::vector<lake::ArtistTopTrack>& top_tracks,
                 const std::vector<lake::ArtistAlbum>& artist_albums,
                 const std::vector<lake::Track>& tracks, const std::vector<lake::Album>& albums) {
  Taste taste;
  taste.top_artists = std::move(top_artists);
  for (const auto& listed : top_tracks) {
    Listed track{.artist_key = listed.artist_key,
                 .rank = listed.rank,
                 .key = listed.track_key,
                 .name = listed.name};
    if (const auto* known = row_of(tracks, listed.track_key)) {
      if (known->name) track.name = known->name;
      if (known->bpm.value.value_or(0) > 0) {
        track.bpm = known->bpm.value;
        track.source = known->bpm.source;
      }
      track.mode = known->mode.value;
    }
    taste.tracks.push_back(std::move(track));
  }
  for (const auto& listed : artist_albums) {
    Listed album{.artist_key = listed.artist_key,
                 .rank = listed.rank,
                 .key = listed.album_key,
                 .name = listed.name,
                 .release_date = listed.release_date,
                 .total_tracks = listed.total_tracks};
    if (const auto* known = row_of(albums, listed.album_key)) {
      if (known->name) album.name = known->name;
      if (known->release_date.value) {
        album.release_date = known->release_date.value;
        album.source = known->release_date.source;
      }
      if (known->total_tracks.value) album.total_tracks = known->total_tracks.value;
    }
    taste.albums.push_back(std::move(album));
  }
  return taste;
}

}  // namespace soundlake::stats
