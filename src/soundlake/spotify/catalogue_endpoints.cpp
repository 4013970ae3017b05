// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/catalogue_endpoints.hpp"

#include "soundlake/base/text.hpp"

namespace soundlake::spotify {

std::string albums_key(const std::string& artist_id, const std::string& market, int offset) {
  return "artists/" + artist_id + "/albums?market=" + market + "&offset=" + std::to_string(offset);
}

Call albums_call(const std::string& artist_id, const std::string& market, int page_size,
                 int offset) {
  Call call;
  call.name = "GET /artists/{id}/albums";
  call.bucket = "artist-albums";
  call.path = "/artists/" + net::url_encode(artist_id) + "/albums";
  call.query = {
      {"include_groups", "album"}, {"market", market}, {"limit", std::to_string(page_size)}};
  if (offset > 0) call.query.emplace_back("offset", std::to_string(offset));
  call.fresh_for = kAlbumsFresh;
  call.cache_key = albums_key(artist_id, market, offset);
  return call;
}

std::optional<Page<AlbumObject>> read_albums(const base::JsonValue& json) {
  return read_page(json, read_album);
}

std::string artist_top_tracks_key(const std::string& artist_id, const std::string& market) {
  return "artists/" + artist_id + "/top-tracks?market=" + market;
}

Call artist_top_tracks_call(const std::string& artist_id, const std::string& market) {
  Call call;
  call.name = "GET /artists/{id}/top-tracks";
  call.bucket = "artist-top-tracks";
  call.path = "/artists/" + net::url_encode(artist_id) + "/top-tracks";
  call.query = {{"market", market}};
  call.fresh_for = kTopTracksFresh;
  call.cache_key = artist_top_tracks_key(artist_id, market);
  return call;
}

std::optional<std::vector<TrackObject>> read_artist_top_tracks(const base::JsonValue& json) {
  if (!json["tracks"].is_array()) return std::nullopt;
  std::vector<TrackObject> tracks;
  for (const base::JsonValue& item : json["tracks"].items()) {
    auto track = read_track(item);
    if (track && track->id) tracks.push_back(std::move(*track));
  }
  return tracks;
}

std::string audio_feature_key(const std::string& track_id) {
  return "audio-features/" + track_id;
}

Call audio_features_call(const std::vector<std::string>& track_ids) {
  Call call;
  call.name = "GET /audio-features";
  call.bucket = "audio-features";
  call.path = "/audio-features";
  call.query = {{"ids", base::join(track_ids, ",")}};
  return call;
}

std::optional<std::vector<base::JsonValue>> read_audio_features(const base::JsonValue& json) {
  if (!json["audio_features"].is_array()) return std::nullopt;
  return json["audio_features"].items();
}

}  // namespace soundlake::spotify
