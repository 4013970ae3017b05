// SPDX-License-Identifier: Apache-2.0
#include "soundlake/exports/compiled.hpp"

#include "soundlake/exports/compiled_track.hpp"
#include "soundlake/exports/known_music.hpp"
#include "soundlake/exports/listening.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace soundlake::exports {
namespace {

constexpr std::size_t kArtists = 50;
constexpr std::size_t kAlbums = 5;
constexpr std::size_t kTracks = 10;

template <class Row>
using ByArtist = std::map<std::string, std::vector<const Row*>>;

/// The rows of each artist in rank order.
template <class Row>
ByArtist<Row> by_artist(const std::vector<Row>& rows) {
  ByArtist<Row> grouped;
  for (const auto& row : rows) grouped[row.artist_key].push_back(&row);
  for (auto& [key, ranked] : grouped) {
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const Row* a, const Row* b) { return a->rank < b->rank; });
  }
  return grouped;
}

/// The first rows an artist has under its key or its Spotify id.
template <class Row>
std::vector<const Row*> rows_of(const ByArtist<Row>& grouped, const CompiledArtist& artist,
                                std::size_t most) {
  auto found = grouped.find(artist.key);
  if (found == grouped.end() && artist.id) found = grouped.find(*artist.id);
  if (found == grouped.end()) return {};
  auto rows = found->second;
  rows.resize(std::min(rows.size(), most));
  return rows;
}

CompiledAlbum compiled_album(const lake::ArtistAlbum& listed, const KnownMusic& music) {
  const lake::Album none;
  const auto* known = music.album(listed.album_key);
  const auto& album = known == nullptr ? none : *known;
  return {
      .id = listed.album_id ? listed.album_id : album.id,
      .name = album.name ? album.name : listed.name,
      .release_date = or_as_listed(album.release_date, listed.release_date, listed.ranking_source),
      .total_tracks = or_as_listed(album.total_tracks, listed.total_tracks, listed.ranking_source)};
}

CompiledTrack listed_track(const lake::ArtistTopTrack& listed, const KnownMusic& music) {
  auto track = compiled_track(music.track(listed.track_key));
  if (listed.track_id) track.id = listed.track_id;
  if (!track.name) track.name = listed.name;
  track.duration_ms = or_as_listed(track.duration_ms, listed.duration_ms, listed.ranking_source);
  return track;
}

void set_best_values(CompiledArtist& compiled, const lake::Artist* artist) {
  if (artist == nullptr) return;
  compiled.key = artist->key;
  if (artist->id) compiled.id = artist->id;
  if (artist->name) compiled.name = artist->name;
  compiled.genres = artist->genres;
  compiled.popularity = artist->popularity;
}

/// The first artists of the latest snapshot of the last four weeks' range; empty when there is
/// none.
std::vector<const lake::TopArtist*> latest_snapshot(const ExportInput& input) {
  std::vector<const lake::TopArtist*> latest;
  for (const auto& row : input.top_artists) {
    if (row.time_range != "short_term") continue;
    if (!latest.empty() && latest.front()->snapshot_date > row.snapshot_date) continue;
    if (!latest.empty() && latest.front()->snapshot_date < row.snapshot_date) latest.clear();
    latest.push_back(&row);
  }
  std::stable_sort(latest.begin(), latest.end(),
                   [](const auto* a, const auto* b) { return a->rank < b->rank; });
  latest.resize(std::min(latest.size(), kArtists));
  return latest;
}

std::vector<CompiledArtist> from_snapshot(const std::vector<const lake::TopArtist*>& snapshot,
                                          const ExportInput& input, const KnownMusic& music) {
  const auto albums = by_artist(input.artist_albums);
  const auto tracks = by_artist(input.artist_top_tracks);
  std::vector<CompiledArtist> artists;
  for (const auto* row : snapshot) {
    CompiledArtist artist;
    artist.rank = static_cast<std::int32_t>(artists.size()) + 1;
    artist.key = row->id;
    artist.id = row->id;
    artist.name = row->name;
    artist.ranking_source = "spotify";
    set_best_values(artist, music.artist(row->id));
    for (const auto* listed : rows_of(albums, artist, kAlbums)) {
      artist.top_albums.push_back(compiled_album(*listed, music));
      artist.top_albums_source = listed->ranking_source;
    }
    for (const auto* listed : rows_of(tracks, artist, kTracks)) {
      artist.top_tracks.push_back(listed_track(*listed, music));
      artist.top_tracks_source = listed->ranking_source;
    }
    artists.push_back(std::move(artist));
  }
  return artists;
}

CompiledAlbum heard_album(const Heard& heard, const KnownMusic& music) {
  const auto* album = music.album(heard.key);
  CompiledAlbum compiled;
  if (album != nullptr) {
    compiled = {album->id, album->name, album->release_date, album->total_tracks};
  }
  compiled.name = heard.name;
  return compiled;
}

std::vector<CompiledArtist> from_plays(const RecentListening& listening, const KnownMusic& music) {
  const std::string listener = "listener";
  std::vector<CompiledArtist> artists;
  for (const auto& heard : listening.artists) {
    if (artists.size() == kArtists) break;
    CompiledArtist artist;
    artist.rank = static_cast<std::int32_t>(artists.size()) + 1;
    artist.key = heard.artist.key;
    artist.ranking_source = listener;
    set_best_values(artist, music.artist(heard.artist.key));
    artist.name = heard.artist.name;
    for (const auto& album : heard.albums) {
      if (artist.top_albums.size() == kAlbums) break;
      artist.top_albums.push_back(heard_album(album, music));
      artist.top_albums_source = listener;
    }
    for (const auto& track : heard.tracks) {
      if (artist.top_tracks.size() == kTracks) break;
      artist.top_tracks.push_back(heard_track(track, music));
      artist.top_tracks_source = listener;
    }
    artists.push_back(std::move(artist));
  }
  return artists;
}

}  // namespace

std::vector<CompiledArtist> compile_artists(const ExportInput& input) {
  const KnownMusic music(input);
  const auto snapshot = latest_snapshot(input);
  if (!snapshot.empty()) return from_snapshot(snapshot, input, music);
  return from_plays(recent_listening(input.plays), music);
}

}  // namespace soundlake::exports
