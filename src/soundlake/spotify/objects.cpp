// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/objects.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace soundlake::spotify {
namespace {

std::optional<std::int64_t> integer_from(const base::JsonValue& value, std::int64_t least,
                                         std::int64_t most) {
  const auto number = value.integer();
  if (!number || *number < least || *number > most) return std::nullopt;
  return number;
}

std::optional<std::int32_t> small_integer_from(const base::JsonValue& value, std::int32_t least,
                                               std::int32_t most) {
  const auto number = integer_from(value, least, most);
  return number ? std::optional(static_cast<std::int32_t>(*number)) : std::nullopt;
}

MaybeText first_image(const base::JsonValue& json) {
  for (const base::JsonValue& image : json["images"].items()) {
    if (auto url = filled_text(image["url"])) return url;
  }
  return std::nullopt;
}

/// `0000`, which Spotify gives when it does not know the year, is no date.
MaybeText release_date_of(const base::JsonValue& json) {
  auto date = filled_text(json["release_date"]);
  if (!date || (date->size() != 4 && date->size() != 7 && date->size() != 10)) return std::nullopt;
  for (std::size_t i = 0; i < date->size(); ++i) {
    const bool dash = i == 4 || i == 7;
    const char c = (*date)[i];
    if (dash ? c != '-' : c < '0' || c > '9') return std::nullopt;
  }
  if (date->starts_with("0000")) return std::nullopt;
  return date;
}

std::vector<ArtistObject> read_artists(const base::JsonValue& json) {
  std::vector<ArtistObject> artists;
  for (const base::JsonValue& item : json.items()) {
    if (auto artist = read_artist(item)) artists.push_back(std::move(*artist));
  }
  return artists;
}

}  // namespace

MaybeText filled_text(const base::JsonValue& value) {
  auto text = value.text();
  if (!text || text->empty()) return std::nullopt;
  return text;
}

std::optional<ArtistObject> read_artist(const base::JsonValue& json) {
  const auto id = filled_text(json["id"]);
  if (!id) return std::nullopt;
  ArtistObject artist;
  artist.id = *id;
  artist.name = filled_text(json["name"]);
  artist.image_url = first_image(json);
  for (const base::JsonValue& genre : json["genres"].items()) {
    if (auto text = filled_text(genre)) artist.genres.push_back(std::move(*text));
  }
  artist.popularity = small_integer_from(json["popularity"], 0, 100);
  artist.followers =
      integer_from(json["followers"]["total"], 0, std::numeric_limits<std::int64_t>::max());
  return artist;
}

std::optional<AlbumObject> read_album(const base::JsonValue& json) {
  const auto id = filled_text(json["id"]);
  if (!id) return std::nullopt;
  AlbumObject album;
  album.id = *id;
  album.name = filled_text(json["name"]);
  album.album_type = filled_text(json["album_type"]);
  album.album_group = filled_text(json["album_group"]);
  album.release_date = release_date_of(json);
  album.total_tracks = small_integer_from(json["total_tracks"], 1, 100'000);
  album.image_url = first_image(json);
  album.artists = read_artists(json["artists"]);
  return album;
}

std::optional<TrackObject> read_track(const base::JsonValue& json) {
  TrackObject track;
  track.id = filled_text(json["id"]);
  track.uri = filled_text(json["uri"]);
  if (!track.id && !track.uri) return std::nullopt;
  track.name = filled_text(json["name"]);
  track.duration_ms = integer_from(json["duration_ms"], 1, 7LL * 24 * 3600 * 1000);
  track.isrc = filled_text(json["external_ids"]["isrc"]);
  track.popularity = small_integer_from(json["popularity"], 0, 100);
  track.artists = read_artists(json["artists"]);
  track.album = read_album(json["album"]);
  return track;
}

std::optional<AudioFeatureObject> read_audio_feature(const base::JsonValue& json) {
  const auto id = filled_text(json["id"]);
  if (!id) return std::nullopt;
  AudioFeatureObject feature;
  feature.id = *id;
  if (const auto tempo = json["tempo"].number(); tempo && std::isfinite(*tempo) && *tempo > 0)
    feature.bpm = tempo;
  if (const auto mode = json["mode"].integer(); mode && (*mode == 0 || *mode == 1)) {
    feature.mode = *mode == 1 ? "major" : "minor";
  }
  feature.tonic = small_integer_from(json["key"], 0, 11);
  return feature;
}

}  // namespace soundlake::spotify
