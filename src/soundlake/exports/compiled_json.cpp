// SPDX-License-Identifier: Apache-2.0
#include "soundlake/exports/compiled.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace soundlake::exports {
namespace {

using Json = nlohmann::ordered_json;

template <class Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}

/// Adds a field and, with provenance, where its value is from.
class Writer {
 public:
  explicit Writer(bool provenance) : provenance_(provenance) {}

  void add(Json& object, const std::string& field, Json value, const lake::Text& source,
           const std::optional<double>& confidence) const {
    object[field] = std::move(value);
    if (!provenance_) return;
    object[field + "_source"] = or_null(source);
    object[field + "_confidence"] = or_null(confidence);
  }

  template <class Value>
  void add(Json& object, const std::string& field, const lake::Sourced<Value>& sourced) const {
    add(object, field, or_null(sourced.value), sourced.source, sourced.confidence);
  }

  Json track(const CompiledTrack& track) const {
    Json object;
    object["name"] = or_null(track.name);
    object["duration_min_sec"] = or_null(minutes_seconds(track.duration_ms.value));
    add(object, "BPM", track.bpm);
    add(object, "mode", track.mode);
    return object;
  }

  Json artist(const CompiledArtist& artist) const {
    Json object;
    object["id"] = or_null(artist.id);
    object["name"] = or_null(artist.name);
    add(object, "genres", artist.genres);
    add(object, "popularity", artist.popularity);
    add_list(object, "top_albums", artist.top_albums, artist.top_albums_source, album);
    add_list(object, "top_tracks", artist.top_tracks, artist.top_tracks_source,
             [this](const CompiledTrack& each) { return track(each); });
    return object;
  }

 private:
  static Json album(const CompiledAlbum& album) {
    Json object;
    object["name"] = or_null(album.name);
    object["id"] = or_null(album.id);
    object["release_date"] = or_null(album.release_date.value);
    object["total_tracks"] = or_null(album.total_tracks.value);
    return object;
  }

  /// A list that nobody gave is unknown. A list has a source, but no confidence of its own.
  template <class Item, class ToJson>
  void add_list(Json& object, const std::string& field, const std::vector<Item>& items,
                const lake::Text& source, const ToJson& to_json) const {
    Json list(nullptr);
    for (const auto& item : items) list.push_back(to_json(item));
    add(object, field, std::move(list), source, std::nullopt);
  }

  bool provenance_;
};

}  // namespace

std::string compiled_json(const std::vector<CompiledArtist>& artists, bool provenance) {
  const Writer writer(provenance);
  auto list = Json::array();
  for (const auto& artist : artists) list.push_back(writer.artist(artist));
  return list.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::optional<std::string> minutes_seconds(std::optional<std::int64_t> ms) {
  if (ms.value_or(0) <= 0) return std::nullopt;
  const auto seconds = *ms / 1000;
  return fmt::format("{:02}:{:02}", seconds / 60, seconds % 60);
}

}  // namespace soundlake::exports
