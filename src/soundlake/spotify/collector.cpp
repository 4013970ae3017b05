// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/collector.hpp"

#include "soundlake/facts/values.hpp"

#include <algorithm>
#include <chrono>
#include <tuple>

namespace soundlake::spotify {
namespace {

// How long a value may be taken for current. What belongs to a recording does not change.
constexpr std::chrono::hours kChanging{7 * 24};
constexpr std::chrono::hours kSlow{30 * 24};
constexpr std::chrono::hours kLasting{180 * 24};

/// The row of this key and whether what is seen now is at least as new as what was seen before.
template <class Rows>
auto& row_of(Rows& rows, const std::string& id, const Seen& seen, bool& newer) {
  const auto [place, is_new] = rows.try_emplace(id);
  auto& latest = place->second;
  newer = is_new || seen.at >= latest.at;
  if (newer) latest.at = seen.at;
  latest.row.key = id;
  latest.row.id = id;
  return latest.row;
}

void set(lake::Text& field, const lake::Text& value, bool newer) {
  if (value && (newer || !field)) field = value;
}

lake::Text decimal(const auto& number) {
  if (!number) return std::nullopt;
  return facts::integer_text(*number);
}

}  // namespace

void Collector::value(const std::string& entity, const char* field, lake::Text value,
                      const char* unit, std::chrono::hours holds, const Seen& seen) {
  if (!value) return;
  const auto [place, is_new] = told_[{entity, field}].try_emplace(*value);
  Told& told = place->second;
  told.newest = is_new ? seen.at : std::max(told.newest, seen.at);
  // Which of several answers comes first is chance, and must not show in the rows.
  if (!is_new && std::tie(told.by.method, told.by.fetched_at) <= std::tie(seen.method, seen.at))
    return;
  told.by = {.entity = entity,
             .field = field,
             .value = std::move(value),
             .unit = *unit == '\0' ? lake::Text() : lake::Text(unit),
             .source = kService,
             .confidence = 1,
             .method = seen.method,
             .fetched_at = seen.at,
             .expires_at = seen.at + holds,
             .licence = std::nullopt};
}

void Collector::add(const ArtistObject& artist, const Seen& seen) {
  bool newer = false;
  lake::Artist& row = row_of(artists_, artist.id, seen, newer);
  set(row.name, artist.name, newer);
  set(row.image_url, artist.image_url, newer);
  const std::string entity = facts::artist_entity(artist.id);
  if (!artist.genres.empty())
    value(entity, "genres", facts::list_text(artist.genres), "", kSlow, seen);
  value(entity, "popularity", decimal(artist.popularity), "0-100", kChanging, seen);
  value(entity, "followers", decimal(artist.followers), "count", kChanging, seen);
}

void Collector::add(const AlbumObject& album, const Seen& seen) {
  bool newer = false;
  lake::Album& row = row_of(albums_, album.id, seen, newer);
  set(row.name, album.name, newer);
  set(row.album_type, album.album_type, newer);
  set(row.image_url, album.image_url, newer);
  if (!album.artists.empty()) {
    set(row.artist_key, album.artists.front().id, newer);
    set(row.artist_name, album.artists.front().name, newer);
    for (const ArtistObject& artist : album.artists) add(artist, seen);
  }
  const std::string entity = facts::album_entity(album.id);
  value(entity, "release_date", album.release_date, "", kLasting, seen);
  value(entity, "total_tracks", decimal(album.total_tracks), "count", kLasting, seen);
}

void Collector::add(const TrackObject& track, const Seen& seen) {
  if (track.album) add(*track.album, seen);
  for (const ArtistObject& artist : track.artists) add(artist, seen);
  if (!track.id) return;
  bool newer = false;
  lake::Track& row = row_of(tracks_, *track.id, seen, newer);
  set(row.name, track.name, newer);
  if (!track.artists.empty()) {
    set(row.artist_key, track.artists.front().id, newer);
    set(row.artist_name, track.artists.front().name, newer);
  }
  if (track.album) {
    set(row.album_key, track.album->id, newer);
    set(row.album_name, track.album->name, newer);
  }
  const std::string entity = facts::track_entity(*track.id);
  value(entity, "duration_ms", decimal(track.duration_ms), "ms", kLasting, seen);
  value(entity, "isrc", track.isrc, "", kLasting, seen);
  value(entity, "popularity", decimal(track.popularity), "0-100", kChanging, seen);
}

void Collector::add(const AudioFeatureObject& feature, const Seen& seen) {
  const std::string entity = facts::track_entity(feature.id);
  if (feature.bpm) value(entity, "bpm", facts::number_text(*feature.bpm), "bpm", kLasting, seen);
  value(entity, "mode", feature.mode, "", kLasting, seen);
  value(entity, "tonic", decimal(feature.tonic), "", kLasting, seen);
}

void Collector::into(Extraction& found) const {
  for (const auto& [id, latest] : artists_) found.artists.push_back(latest.row);
  for (const auto& [id, latest] : albums_) found.albums.push_back(latest.row);
  for (const auto& [id, latest] : tracks_) found.tracks.push_back(latest.row);
  for (const auto& [what, values] : told_) {
    const auto newest = std::max_element(
        values.begin(), values.end(),
        [](const auto& a, const auto& b) { return a.second.newest < b.second.newest; });
    found.answers.push_back(newest->second.by);
  }
  found.counts.artists = static_cast<std::int64_t>(artists_.size());
  found.counts.albums = static_cast<std::int64_t>(albums_.size());
  found.counts.tracks = static_cast<std::int64_t>(tracks_.size());
}

}  // namespace soundlake::spotify
