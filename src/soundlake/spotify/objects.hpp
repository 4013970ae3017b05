// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What the Web API's objects tell us. Every member may be missing: absent, null, empty, of a wrong
/// type or out of its range all mean "unknown".
namespace soundlake::spotify {

using MaybeText = std::optional<std::string>;

struct ArtistObject {
  std::string id;
  MaybeText name;
  MaybeText image_url;              ///< the first, which is the largest
  std::vector<std::string> genres;  ///< empty: unknown
  std::optional<std::int32_t> popularity;
  std::optional<std::int64_t> followers;
};

struct AlbumObject {
  std::string id;
  MaybeText name;
  MaybeText album_type;    ///< album | single | compilation
  MaybeText album_group;   ///< the same, or appears_on, seen from one artist
  MaybeText release_date;  ///< 2019, 2019-05 or 2019-05-17
  std::optional<std::int32_t> total_tracks;
  MaybeText image_url;
  std::vector<ArtistObject> artists;
};

struct TrackObject {
  MaybeText id;  ///< a local file has none
  MaybeText uri;
  MaybeText name;
  std::optional<std::int64_t> duration_ms;
  MaybeText isrc;
  std::optional<std::int32_t> popularity;
  std::vector<ArtistObject> artists;
  std::optional<AlbumObject> album;
};

struct AudioFeatureObject {
  std::string id;
  std::optional<double> bpm;
  MaybeText mode;  ///< major | minor
  std::optional<std::int32_t> tonic;
};

/// A text that is there and not empty.
MaybeText filled_text(const base::JsonValue& value);

/// Nothing when there is no id, without which an object is nobody's.
std::optional<ArtistObject> read_artist(const base::JsonValue& json);
std::optional<AlbumObject> read_album(const base::JsonValue& json);
/// Nothing when there is neither id nor URI.
std::optional<TrackObject> read_track(const base::JsonValue& json);
/// A tempo of 0 and a key of −1 are how Spotify says "unknown".
std::optional<AudioFeatureObject> read_audio_feature(const base::JsonValue& json);

}  // namespace soundlake::spotify
