// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/catalogue.hpp"
#include "soundlake/lake/keys.hpp"
#include "soundlake/lake/run_all.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <optional>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace soundlake::history {
namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::min();

/// When each content was told last; kNever when no row of it counts.
std::vector<std::int64_t> last_told(const ToldPlays& told, const std::vector<Verdict>& verdicts) {
  std::vector<std::int64_t> last(told.contents.size(), kNever);
  for (std::size_t row = 0; row < told.rows(); ++row) {
    if (verdicts[row] == Verdict::covered) continue;
    auto& at = last[static_cast<std::size_t>(told.content[row])];
    at = std::max(at, told.played_at[row]);
  }
  return last;
}

/// A text that is there and not empty.
lake::Text text_of(const ToldPlays& told, const Content& content, Name name) {
  const auto code = content.text(name);
  if (code < 0 || told.texts.value(code).empty()) return std::nullopt;
  return std::string(told.texts.value(code));
}

std::optional<std::string_view> track_id_of(const ToldPlays& told, const Content& content) {
  constexpr std::string_view kPrefix = "spotify:track:";
  if (content.text(Name::uri) < 0) return std::nullopt;
  const auto uri = told.texts.value(content.text(Name::uri));
  if (!uri.starts_with(kPrefix) || uri.size() == kPrefix.size()) return std::nullopt;
  return uri.substr(kPrefix.size());
}

bool is_music(const Content& content) {
  return content.kind == Kind::track || content.kind == Kind::video;
}

bool has_text(const ToldPlays& told, const Content& content, Name name) {
  return content.text(name) >= 0 && !told.texts.value(content.text(name)).empty();
}

/// Something that is named, by the content that names it.
struct Named {
  std::string key;
  std::size_t content = 0;
  std::int64_t told_at = kNever;  ///< last
};

/// What the contents name, each name (pair) once; the keys come later.
struct Names {
  std::vector<Named> artists;
  std::vector<Named> albums;
  std::vector<Named> tracks;                 ///< keys by name; one per content
  std::vector<std::size_t> artist_of_album;  ///< per album, its number in `artists`
  std::vector<std::size_t> artist_of;        ///< per track, its number in `artists`
  std::vector<std::size_t> album_of;         ///< per track, its number in `albums`, or kNone
};
constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

/// Counts a name; returns its number.
template <class Numbers, class Id>
std::size_t add_name(std::vector<Named>& names, Numbers& numbers, Id id, std::size_t content,
                     std::int64_t told_at) {
  const auto [at, is_new] = numbers.try_emplace(id, names.size());
  if (is_new) names.push_back({.key = {}, .content = content, .told_at = told_at});
  names[at->second].told_at = std::max(names[at->second].told_at, told_at);
  return at->second;
}

Names names_in(const ToldPlays& told, const std::vector<std::int64_t>& last) {
  Names names;
  std::unordered_map<std::int32_t, std::size_t> artists;
  std::unordered_map<std::int64_t, std::size_t> albums;
  for (std::size_t i = 0; i < told.contents.size(); ++i) {
    const auto& content = told.contents[i];
    if (last[i] == kNever || !is_music(content) || !has_text(told, content, Name::artist)) continue;
    const auto artist_code = content.text(Name::artist);
    const auto artist = add_name(names.artists, artists, artist_code, i, last[i]);
    auto album = kNone;
    if (has_text(told, content, Name::album)) {
      const auto pair = (std::int64_t{content.text(Name::album)} << 32) + std::int64_t{artist_code};
      album = add_name(names.albums, albums, pair, i, last[i]);
      if (album == names.artist_of_album.size()) names.artist_of_album.push_back(artist);
    }
    if (!has_text(told, content, Name::track)) continue;
    names.tracks.push_back({.key = {}, .content = i, .told_at = last[i]});
    names.artist_of.push_back(artist);
    names.album_of.push_back(album);
  }
  return names;
}

void write_keys(const ToldPlays& told, Names& names) {
  const auto text = [&](const Named& named, Name name) {
    return told.texts.value(told.contents[named.content].text(name));
  };
  std::vector<std::function<void()>> tasks;
  tasks.emplace_back([&] {
    for (auto& named : names.artists) {
      named.key = lake::artist_key_of_name(text(named, Name::artist));
    }
    for (auto& named : names.albums) {
      named.key = lake::album_key_of_name(text(named, Name::album), text(named, Name::artist));
    }
  });
  const auto half = names.tracks.size() / 2;
  for (const auto& [begin, end] : {std::pair{std::size_t{0}, half}, {half, names.tracks.size()}}) {
    tasks.emplace_back([&, begin = begin, end = end] {
      for (auto i = begin; i < end; ++i) {
        auto& named = names.tracks[i];
        named.key = lake::track_key_of_name(text(named, Name::track), text(named, Name::artist));
      }
    });
  }
  lake::run_all(tasks, told.rows() >= lake::kRowsWorthThreads);
}

/// A name by its key and its number.
struct Keyed {
  std::uint64_t start = 0;  ///< of the key, the first byte highest: mostly enough to tell the order
  std::string_view key;
  std::size_t name = 0;
};

std::uint64_t start_of(std::string_view key) {
  std::uint64_t start = 0;
  for (std::size_t i = 0; i < sizeof start; ++i) {
    start = start << 8 | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0);
  }
  return start;
}

/// The names, those with one key side by side and the one told last first.
template <class KeyOf>
std::vector<Keyed> in_order(const ToldPlays& told, const std::vector<Named>& names,
                            const KeyOf& key_of) {
  std::vector<Keyed> order;
  order.reserve(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string_view key = key_of(i);
    order.push_back({.start = start_of(key), .key = key, .name = i});
  }
  const auto texts = [&](std::size_t i) {
    const auto& content = told.contents[names[i].content];
    return std::tuple{text_of(told, content, Name::track), text_of(told, content, Name::artist),
                      text_of(told, content, Name::album)};
  };
  std::sort(order.begin(), order.end(), [&](const Keyed& a, const Keyed& b) {
    if (a.start != b.start) return a.start < b.start;
    const auto keys = a.key <=> b.key;
    if (keys != 0) return keys < 0;
    const auto at = std::pair(names[a.name].told_at, names[b.name].told_at);
    return at.first != at.second ? at.first > at.second : texts(a.name) < texts(b.name);
  });
  return order;
}

std::vector<lake::Artist> artist_rows(const ToldPlays& told, const Names& names) {
  std::vector<lake::Artist> rows;
  const auto key_of = [&](std::size_t i) { return std::string_view(names.artists[i].key); };
  for (const auto& [start, key, i] : in_order(told, names.artists, key_of)) {
    if (!rows.empty() && rows.back().key == key) continue;
    auto& row = rows.emplace_back();
    row.key = names.artists[i].key;
    row.name = text_of(told, told.contents[names.artists[i].content], Name::artist);
  }
  return rows;
}

std::vector<lake::Album> album_rows(const ToldPlays& told, const Names& names) {
  std::vector<lake::Album> rows;
  const auto key_of = [&](std::size_t i) { return std::string_view(names.albums[i].key); };
  for (const auto& [start, key, i] : in_order(told, names.albums, key_of)) {
    if (!rows.empty() && rows.back().key == key) continue;
    const auto& content = told.contents[names.albums[i].content];
    auto& row = rows.emplace_back();
    row.key = names.albums[i].key;
    row.name = text_of(told, content, Name::album);
    row.artist_name = text_of(told, content, Name::artist);
    row.artist_key = names.artists[names.artist_of_album[i]].key;
  }
  return rows;
}

std::vector<lake::Track> track_rows(const ToldPlays& told, const Names& names) {
  const auto key_of = [&](std::size_t i) {
    const auto id = track_id_of(told, told.contents[names.tracks[i].content]);
    return id.value_or(std::string_view(names.tracks[i].key));
  };
  const auto order = in_order(told, names.tracks, key_of);
  std::size_t count = 0;
  for (std::size_t at = 0; at < order.size(); ++at) {
    if (at == 0 || order[at].key != order[at - 1].key) ++count;
  }
  std::vector<lake::Track> rows;
  rows.reserve(count);  // a row is big: growing would hold them twice
  for (const auto& [start, key, i] : order) {
    const auto& content = told.contents[names.tracks[i].content];
    if (rows.empty() || rows.back().key != key) {
      auto& row = rows.emplace_back();
      row.key = key;
      if (const auto id = track_id_of(told, content)) row.id = std::string(*id);
      row.name = text_of(told, content, Name::track);
      row.artist_name = text_of(told, content, Name::artist);
      row.artist_key = names.artists[names.artist_of[i]].key;
      if (names.album_of[i] != kNone) {
        row.album_name = text_of(told, content, Name::album);
        row.album_key = names.albums[names.album_of[i]].key;
      }
    }
    auto& aliases = rows.back().aliases;
    const auto& name_key = names.tracks[i].key;
    const auto place = std::lower_bound(aliases.begin(), aliases.end(), name_key);
    if (name_key != key && (place == aliases.end() || *place != name_key)) {
      aliases.insert(place, name_key);
    }
  }
  return rows;
}

}  // namespace

Catalogue heard_in(const ToldPlays& told, const std::vector<Verdict>& verdicts) {
  auto names = names_in(told, last_told(told, verdicts));
  write_keys(told, names);
  Catalogue heard;
  lake::run_all({[&] { heard.tracks = track_rows(told, names); },
                 [&] {
                   heard.artists = artist_rows(told, names);
                   heard.albums = album_rows(told, names);
                 }},
                told.rows() >= lake::kRowsWorthThreads);
  return heard;
}

}  // namespace soundlake::history
