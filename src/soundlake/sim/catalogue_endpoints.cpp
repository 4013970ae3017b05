// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/text.hpp"
#include "soundlake/sim/answers.hpp"
#include "soundlake/sim/endpoints.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>

namespace soundlake::sim {
namespace {

using nlohmann::ordered_json;
using Found = std::map<std::string, std::size_t, std::less<>>;

constexpr int kAnyOffset = std::numeric_limits<int>::max() - 100;

bool well_formed(const std::string& id) {
  return id.size() == 22 && std::all_of(id.begin(), id.end(), [](unsigned char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
         });
}

Shapes shapes_for(const Question& question) {
  return {question.listener.catalogue(), question.rights.all_fields};
}

/// Out by the day of the question.
bool released(const Question& question, std::size_t album) {
  return question.listener.catalogue().albums[album].released <= base::utc_day(question.now);
}

/// The index of the id in the path through `then`, or what is wrong with the id.
template <class Then>
net::ServerResponse with_id(const Found& known, const std::string& id, Then then) {
  if (!well_formed(id)) return refusal(400, "invalid id");
  const auto found = known.find(id);
  if (found == known.end()) return refusal(404, "Resource not found");
  return then(found->second);
}

/// `{"artists": [… or null]}` for ?ids=
template <class Shape>
net::ServerResponse several(const Question& question, const Found& known, const char* name,
                            std::size_t most, Shape shape) {
  const auto ids = base::split(parameter_of(question, "ids").value_or(""), ',');
  if (ids.size() > most) return refusal(400, "Too many ids requested");
  ordered_json list = ordered_json::array();
  for (const auto& id : ids) {
    if (!well_formed(id)) return refusal(400, "invalid id");
    const auto found = known.find(id);
    list.push_back(found == known.end() ? ordered_json(nullptr) : shape(found->second));
  }
  return json_answer({{name, std::move(list)}});
}

net::ServerResponse artist_albums(const Question& question, std::size_t artist) {
  const auto limit = number_of(question, "limit", question.rights.album_page_default, 1,
                               question.rights.album_page_limit);
  if (!limit) return refusal(400, "Invalid limit");
  const auto offset = number_of(question, "offset", 0, 0, kAnyOffset);
  if (!offset) return refusal(400, "Invalid offset");
  const std::string groups =
      parameter_of(question, "include_groups").value_or("album,single,compilation,appears_on");

  struct Entry {
    std::size_t album;
    std::string group;
  };
  std::vector<Entry> entries;
  const auto& catalogue = question.listener.catalogue();
  // Spotify lists group after group, each newest first, in an order of its own.
  for (const std::string group : {"album", "single", "compilation", "appears_on"}) {
    const auto wanted = base::split(groups, ',');
    if (std::find(wanted.begin(), wanted.end(), group) == wanted.end()) continue;
    const auto& owner = catalogue.artists[artist];
    for (const auto album : group == "appears_on" ? owner.appears_on : owner.albums) {
      if (group != "appears_on" && catalogue.albums[album].type != group) continue;
      if (released(question, album)) entries.push_back({album, group});
    }
  }
  for (const auto& group : base::split(groups, ','))
    if (group != "album" && group != "single" && group != "compilation" && group != "appears_on")
      return refusal(400, "Invalid include_groups");

  const auto shapes = shapes_for(question);
  LinkParameters parameters = {{"include_groups", groups}};
  if (const auto market = parameter_of(question, "market"))
    parameters.emplace_back("market", *market);
  ordered_json items = slice(entries, *offset, *limit, [&shapes](const Entry& entry) {
    return shapes.artist_album(entry.album, entry.group);
  });
  return json_answer(page("/artists/" + catalogue.artists[artist].id + "/albums", parameters,
                          std::move(items), *offset, *limit, entries.size()));
}

net::ServerResponse artist_top_tracks(const Question& question, std::size_t artist) {
  if (!question.rights.artist_top_tracks) return refusal(403, "Forbidden");
  const auto& catalogue = question.listener.catalogue();
  auto tracks = catalogue.artists[artist].tracks;
  std::erase_if(tracks, [&](std::size_t track) {
    return !released(question, catalogue.tracks[track].album);
  });
  std::sort(tracks.begin(), tracks.end(), [&](std::size_t a, std::size_t b) {
    const int first = catalogue.tracks[a].popularity, second = catalogue.tracks[b].popularity;
    return first != second ? first > second : a < b;
  });
  const auto shapes = shapes_for(question);
  return json_answer({{"tracks", slice(tracks, 0, 10, [&shapes](std::size_t track) {
                         return shapes.track(track, true);
                       })}});
}

net::ServerResponse artists(const Question& question) {
  const auto& known = question.listener.catalogue().artist_by_id;
  const auto& path = question.path;
  const auto shapes = shapes_for(question);
  if (path.size() == 1) {
    if (!question.rights.batches) return refusal(403, "Forbidden");
    return several(question, known, "artists", 50,
                   [&shapes](std::size_t artist) { return shapes.artist(artist); });
  }
  return with_id(known, path[1], [&](std::size_t artist) {
    if (path.size() == 2) return json_answer(shapes.artist(artist));
    if (path.size() == 3 && path[2] == "albums") return artist_albums(question, artist);
    if (path.size() == 3 && path[2] == "top-tracks") return artist_top_tracks(question, artist);
    if (path.size() == 3 && path[2] == "related-artists") return refusal(403, "Forbidden");
    return refusal(404, "Service not found");
  });
}

net::ServerResponse albums(const Question& question) {
  const auto& known = question.listener.catalogue().album_by_id;
  const auto& path = question.path;
  const auto shapes = shapes_for(question);
  if (path.size() == 1) {
    if (!question.rights.batches) return refusal(403, "Forbidden");
    return several(question, known, "albums", 20,
                   [&shapes](std::size_t album) { return shapes.album(album); });
  }
  return with_id(known, path[1], [&](std::size_t album) {
    if (!released(question, album)) return refusal(404, "Resource not found");
    if (path.size() == 2) return json_answer(shapes.album(album));
    if (path.size() != 3 || path[2] != "tracks") return refusal(404, "Service not found");
    const auto limit = number_of(question, "limit", 20, 1, 50);
    if (!limit) return refusal(400, "Invalid limit");
    const auto offset = number_of(question, "offset", 0, 0, kAnyOffset);
    if (!offset) return refusal(400, "Invalid offset");
    return json_answer(shapes.album_tracks(album, *offset, *limit));
  });
}

net::ServerResponse tracks(const Question& question) {
  const auto& known = question.listener.catalogue().track_by_id;
  const auto& path = question.path;
  const auto shapes = shapes_for(question);
  const bool market = parameter_of(question, "market").has_value();
  const auto shape = [&](std::size_t track) { return shapes.track(track, market); };
  if (path.size() == 1) {
    if (!question.rights.batches) return refusal(403, "Forbidden");
    return several(question, known, "tracks", 50, shape);
  }
  if (path.size() != 2) return refusal(404, "Service not found");
  return with_id(known, path[1], [&](std::size_t track) { return json_answer(shape(track)); });
}

net::ServerResponse audio_features(const Question& question) {
  // Without a message, unlike every other refusal.
  if (!question.rights.audio_features) return refusal(403, "");
  const auto& known = question.listener.catalogue().track_by_id;
  const auto shapes = shapes_for(question);
  if (question.path.size() == 1)
    return several(question, known, "audio_features", 100,
                   [&shapes](std::size_t track) { return shapes.audio_features(track); });
  return with_id(known, question.path[1], [&](std::size_t track) {
    const auto features = shapes.audio_features(track);
    return features.is_null() ? refusal(404, "analysis not found") : json_answer(features);
  });
}

/// What `artist:"X"` asks for; nothing when the filter is not there.
std::optional<std::string> filter_of(const std::string& question, const std::string& field) {
  const auto at = question.find(field + ":");
  if (at == std::string::npos) return std::nullopt;
  const auto from = at + field.size() + 1;
  if (from < question.size() && question[from] == '"')
    return base::fold(question.substr(from + 1, question.find('"', from + 1) - from - 1));
  return base::fold(question.substr(from, question.find(' ', from) - from));
}

net::ServerResponse search(const Question& question) {
  const auto wanted = parameter_of(question, "q").value_or("");
  if (wanted.empty()) return refusal(400, "No search query");
  const auto types = parameter_of(question, "type");
  if (!types) return refusal(400, "Missing parameter type");
  const auto limit =
      number_of(question, "limit", question.rights.search_default, 1, question.rights.search_limit);
  if (!limit) return refusal(400, "Invalid limit");
  const auto offset = number_of(question, "offset", 0, 0, 1000);
  if (!offset) return refusal(400, "Invalid offset");

  const auto& catalogue = question.listener.catalogue();
  const auto shapes = shapes_for(question);
  const auto by_artist = filter_of(wanted, "artist");
  const auto by_album = filter_of(wanted, "album");
  const auto by_track = filter_of(wanted, "track");
  const auto by_isrc = filter_of(wanted, "isrc");
  const bool filtered = by_artist || by_album || by_track || by_isrc;
  const std::string words = base::fold(wanted);
  const auto fits = [&](const std::string& name, const std::optional<std::string>& filter) {
    const auto& needle = filtered ? filter : std::optional(words);
    return !needle || base::fold(name).find(*needle) != std::string::npos;
  };

  ordered_json body = ordered_json::object();
  for (const auto& type : base::split(*types, ',')) {
    std::vector<std::size_t> found;
    if (type == "artist") {
      for (std::size_t i = 0; i < catalogue.artists.size(); ++i)
        if (fits(catalogue.artists[i].name, by_artist)) found.push_back(i);
    } else if (type == "album") {
      for (std::size_t i = 0; i < catalogue.albums.size(); ++i) {
        const auto& album = catalogue.albums[i];
        if (!released(question, i) || !fits(album.name, by_album)) continue;
        if (!by_artist || fits(catalogue.artists[album.artist].name, by_artist)) found.push_back(i);
      }
    } else if (type == "track") {
      for (std::size_t i = 0; i < catalogue.tracks.size(); ++i) {
        const auto& track = catalogue.tracks[i];
        if (!released(question, track.album) || !fits(track.name, by_track)) continue;
        if (by_isrc && base::fold(track.isrc) != *by_isrc) continue;
        if (by_album && !fits(catalogue.albums[track.album].name, by_album)) continue;
        if (!by_artist || fits(catalogue.artists[track.artists[0]].name, by_artist))
          found.push_back(i);
      }
    } else {
      return refusal(400, "Bad search type field " + type);
    }
    ordered_json items = slice(found, *offset, *limit, [&](std::size_t index) {
      if (type == "artist") return shapes.artist(index);
      return type == "album" ? shapes.simple_album(index, true) : shapes.track(index, true);
    });
    body[type + "s"] = page("/search", {{"query", wanted}, {"type", type}}, std::move(items),
                            *offset, *limit, found.size());
  }
  return json_answer(body);
}

}  // namespace

std::optional<net::ServerResponse> answer_from_catalogue(const Question& question) {
  const auto& path = question.path;
  if (path[0] == "artists") return artists(question);
  if (path[0] == "albums") return albums(question);
  if (path[0] == "tracks") return tracks(question);
  if (path[0] == "audio-features" && path.size() <= 2) return audio_features(question);
  if (path[0] == "audio-analysis" && path.size() == 2) return refusal(403, "");
  if (path[0] == "search" && path.size() == 1) return search(question);
  return std::nullopt;
}

}  // namespace soundlake::sim
