// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/shapes.hpp"

#include "soundlake/base/hash.hpp"
#include "soundlake/net/http.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace soundlake::sim {
namespace {

using nlohmann::ordered_json;

ordered_json external_urls(const std::string& type, const std::string& id) {
  return {{"spotify", "https://open.spotify.com/" + type + "/" + id}};
}

std::string uri(const std::string& type, const std::string& id) {
  return "spotify:" + type + ":" + id;
}

ordered_json images(const std::string& url) {
  ordered_json list = ordered_json::array();
  for (const int side : {640, 300, 64})
    list.push_back({{"url", url}, {"height", side}, {"width", side}});
  return list;
}

const ordered_json& markets() {
  static const ordered_json kMarkets = {
      "AR", "AU", "AT", "BE", "BR", "BG", "CA", "CL", "CO", "CZ", "DK", "EE", "FI", "FR", "DE",
      "GR", "HU", "IS", "IN", "IE", "IT", "JP", "LV", "LT", "MX", "NL", "NZ", "NO", "PE", "PH",
      "PL", "PT", "RO", "SG", "ES", "SE", "CH", "TW", "TR", "UA", "GB", "US", "ZA"};
  return kMarkets;
}

bool granted(const std::vector<std::string>& scopes, const std::string& scope) {
  return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
}

}  // namespace

std::string api_link(const std::string& path, const LinkParameters& parameters) {
  return "https://api.spotify.com/v1" + path +
         (parameters.empty() ? "" : "?" + net::url_query(parameters));
}

ordered_json page(const std::string& path, const LinkParameters& parameters, ordered_json items,
                  int offset, int limit, std::size_t total) {
  const auto link = [&](int from) {
    LinkParameters all = {{"offset", std::to_string(from)}, {"limit", std::to_string(limit)}};
    all.insert(all.end(), parameters.begin(), parameters.end());
    return api_link(path, all);
  };
  ordered_json result = {{"href", link(offset)},     {"limit", limit},      {"next", nullptr},
                         {"offset", offset},         {"previous", nullptr}, {"total", total},
                         {"items", std::move(items)}};
  if (static_cast<std::size_t>(offset) + static_cast<std::size_t>(limit) < total)
    result["next"] = link(offset + limit);
  if (offset > 0) result["previous"] = link(std::max(0, offset - limit));
  return result;
}

ordered_json Shapes::simple_artist(std::size_t index) const {
  const auto& artist = catalogue_.artists[index];
  return {{"external_urls", external_urls("artist", artist.id)},
          {"href", api_link("/artists/" + artist.id)},
          {"id", artist.id},
          {"name", artist.name},
          {"type", "artist"},
          {"uri", uri("artist", artist.id)}};
}

ordered_json Shapes::artist(std::size_t index) const {
  const auto& artist = catalogue_.artists[index];
  ordered_json shape = simple_artist(index);
  shape["images"] = images(artist.image);
  if (all_fields_) {
    shape["followers"] = {{"href", nullptr}, {"total", artist.followers}};
    shape["genres"] = artist.genres;
    shape["popularity"] = artist.popularity;
  }
  return shape;
}

ordered_json Shapes::simple_album(std::size_t index, bool is_playable) const {
  const auto& album = catalogue_.albums[index];
  ordered_json shape = {{"album_type", album.type},
                        {"artists", ordered_json::array({simple_artist(album.artist)})},
                        {"external_urls", external_urls("album", album.id)},
                        {"href", api_link("/albums/" + album.id)},
                        {"id", album.id},
                        {"images", images(album.image)},
                        {"name", album.name},
                        {"release_date", album.release_date()},
                        {"release_date_precision", album.precision},
                        {"total_tracks", album.tracks.size()},
                        {"type", "album"},
                        {"uri", uri("album", album.id)}};
  if (all_fields_) shape["available_markets"] = markets();
  if (is_playable) shape["is_playable"] = true;
  return shape;
}

ordered_json Shapes::artist_album(std::size_t index, const std::string& group) const {
  ordered_json shape = simple_album(index);
  if (all_fields_) shape["album_group"] = group;
  return shape;
}

ordered_json Shapes::album(std::size_t index) const {
  const auto& album = catalogue_.albums[index];
  ordered_json shape = simple_album(index);
  const auto year = album.release_date().substr(0, 4);
  shape["copyrights"] = {{{"text", "© " + year + " " + album.label}, {"type", "C"}},
                         {{"text", "℗ " + year + " " + album.label}, {"type", "P"}}};
  shape["external_ids"] = {{"upc", album.upc}};
  shape["genres"] = ordered_json::array();
  shape["tracks"] = album_tracks(index, 0, 50);
  if (all_fields_) {
    shape["label"] = album.label;
    shape["popularity"] = album.popularity;
  }
  return shape;
}

ordered_json Shapes::album_tracks(std::size_t album, int offset, int limit) const {
  const auto& tracks = catalogue_.albums[album].tracks;
  ordered_json items = ordered_json::array();
  for (auto i = static_cast<std::size_t>(offset);
       i < tracks.size() && i < static_cast<std::size_t>(offset) + static_cast<std::size_t>(limit);
       ++i)
    items.push_back(simple_track(tracks[i]));
  return page("/albums/" + catalogue_.albums[album].id + "/tracks", {}, std::move(items), offset,
              limit, tracks.size());
}

ordered_json Shapes::simple_track(std::size_t index) const {
  const auto& track = catalogue_.tracks[index];
  ordered_json artists = ordered_json::array();
  for (const auto artist : track.artists) artists.push_back(simple_artist(artist));
  ordered_json shape = {{"artists", std::move(artists)},
                        {"disc_number", 1},
                        {"duration_ms", track.duration_ms},
                        {"explicit", track.explicit_words},
                        {"external_urls", external_urls("track", track.id)},
                        {"href", api_link("/tracks/" + track.id)},
                        {"id", track.id},
                        {"is_local", false},
                        {"name", track.name},
                        {"preview_url", nullptr},
                        {"track_number", track.number},
                        {"type", "track"},
                        {"uri", uri("track", track.id)}};
  if (all_fields_) shape["available_markets"] = markets();
  return shape;
}

ordered_json Shapes::track(std::size_t index, bool is_playable) const {
  const auto& track = catalogue_.tracks[index];
  ordered_json shape = simple_track(index);
  shape["album"] = simple_album(track.album, is_playable);
  shape["external_ids"] = {{"isrc", track.isrc}};
  if (all_fields_) shape["popularity"] = track.popularity;
  if (is_playable || !all_fields_) shape["is_playable"] = true;
  return shape;
}

ordered_json Shapes::audio_features(std::size_t index) const {
  const auto& track = catalogue_.tracks[index];
  if (!track.analysed) return nullptr;
  return {{"danceability", track.danceability},
          {"energy", track.energy},
          {"key", track.key},
          {"loudness", -4 - 18 * (1 - track.energy)},
          {"mode", track.mode},
          {"speechiness", 0.04},
          {"acousticness", 1 - track.energy},
          {"instrumentalness", 0.01},
          {"liveness", 0.12},
          {"valence", track.danceability * 0.8},
          {"tempo", track.tempo},
          {"type", "audio_features"},
          {"id", track.id},
          {"uri", uri("track", track.id)},
          {"track_href", api_link("/tracks/" + track.id)},
          {"analysis_url", api_link("/audio-analysis/" + track.id)},
          {"duration_ms", track.duration_ms},
          {"time_signature", 4}};
}

ordered_json Shapes::recent_play(const SimulatedPlay& play) const {
  const auto& album = catalogue_.albums[catalogue_.tracks[play.index].album];
  return {
      {"track", track(play.index)},
      {"played_at", base::format_utc(std::chrono::floor<std::chrono::milliseconds>(play.ended_at))},
      {"context",
       {{"type", "album"},
        {"external_urls", external_urls("album", album.id)},
        {"href", api_link("/albums/" + album.id)},
        {"uri", uri("album", album.id)}}}};
}

ordered_json Shapes::person(const Listener& listener,
                            const std::vector<std::string>& scopes) const {
  ordered_json shape = {{"account_id", base::short_hash("account of " + listener.id())},
                        {"display_name", listener.name()},
                        {"external_urls", external_urls("user", listener.id())},
                        {"href", api_link("/users/" + listener.id())},
                        {"id", listener.id()},
                        {"images", ordered_json::array()},
                        {"type", "user"},
                        {"uri", uri("user", listener.id())}};
  if (!all_fields_) return shape;
  shape["followers"] = {{"href", nullptr}, {"total", 12}};
  if (granted(scopes, "user-read-email")) shape["email"] = "listener@example.org";
  if (granted(scopes, "user-read-private")) {
    shape["country"] = "DE";
    shape["explicit_content"] = {{"filter_enabled", false}, {"filter_locked", false}};
    shape["product"] = "premium";
  }
  return shape;
}

}  // namespace soundlake::sim
