// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/catalogue.hpp"
#include "soundlake/lake/keys.hpp"
#include "soundlake/lake/run_all.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
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

std::optional<std::string_view> track_id_of(const lake::TextColumn& texts, const Content& content) {
  constexpr std::string_view kPrefix = "spotify:track:";
  if (content.text(Name::uri) < 0) return std::nullopt;
  const auto uri = texts.value(content.text(Name::uri));
  if (!uri.starts_with(kPrefix) || uri.size() == kPrefix.size()) return std::nullopt;
  return uri.substr(kPrefix.size());
}

bool is_music(const Content& content) {
  return content.kind == Kind::track || content.kind == Kind::video;
}

bool has_text(const lake::TextColumn& texts, const Content& content, Name name) {
  return content.text(name) >= 0 && !texts.value(content.text(name)).empty();
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
    if (last[i] == kNever || !is_music(content) || !has_text(told.texts, content, Name::artist))
      continue;
    const auto artist_code = content.text(Name::artist);
    const auto artist = add_name(names.artists, artists, artist_code, i, last[i]);
    auto album = kNone;
    if (has_text(told.texts, content, Name::album)) {
      const auto pair = (std::int64_t{content.text(Name::album)} << 32) + std::int64_t{artist_code};
      album = add_name(names.albums, albums, pair, i, last[i]);
      if (album == names.artist_of_album.size()) names.artist_of_album.push_back(artist);
    }
    if (!has_text(told.texts, content, Name::track)) continue;
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

/// What the rows of the tracks are made of.
class HeardTracks {
 public:
  HeardTracks(const ToldPlays& told, const Names& names);

  std::size_t count() const { return tracks_.size(); }
  void make(std::size_t number, lake::Track& row) const;

 private:
  struct Heard {
    Content content;           ///< told last
    std::int32_t artist = -1;  ///< its number in artist_keys_
    std::int32_t album = -1;   ///< its number in album_keys_; −1 is none
    std::uint32_t first_key = 0;
    std::uint32_t end_key = 0;  ///< its keys by name are those in [first_key, end_key)
  };

  std::optional<std::string_view> id_of(const Heard& track) const {
    return track_id_of(texts_, track.content);
  }
  void leave_out_linked();

  lake::TextColumn texts_;  ///< of all contents
  std::vector<std::string> artist_keys_;
  std::vector<std::string> album_keys_;
  std::vector<std::string> keys_;  ///< by name; those of a track sorted
  std::vector<Heard> tracks_;      ///< by key
};

HeardTracks::HeardTracks(const ToldPlays& told, const Names& names) : texts_(told.texts) {
  for (const auto& artist : names.artists) artist_keys_.push_back(artist.key);
  for (const auto& album : names.albums) album_keys_.push_back(album.key);
  const auto key_of = [&](std::size_t i) {
    const auto id = track_id_of(told.texts, told.contents[names.tracks[i].content]);
    return id.value_or(std::string_view(names.tracks[i].key));
  };
  keys_.reserve(names.tracks.size());
  const auto end_track = [&] {
    if (tracks_.empty()) return;
    const auto begin = keys_.begin() + tracks_.back().first_key;
    std::sort(begin, keys_.end());
    keys_.erase(std::unique(begin, keys_.end()), keys_.end());
    tracks_.back().end_key = static_cast<std::uint32_t>(keys_.size());
  };
  std::string_view last;
  for (const auto& [start, key, i] : in_order(told, names.tracks, key_of)) {
    if (tracks_.empty() || last != key) {
      end_track();
      last = key;
      tracks_.push_back(
          {.content = told.contents[names.tracks[i].content],
           .artist = static_cast<std::int32_t>(names.artist_of[i]),
           .album = names.album_of[i] == kNone ? -1 : static_cast<std::int32_t>(names.album_of[i]),
           .first_key = static_cast<std::uint32_t>(keys_.size())});
    }
    keys_.push_back(names.tracks[i].key);
  }
  end_track();
  leave_out_linked();
}

/// A song that is told with a URI and without one, as account data tells it, is the one with the
/// URI.
void HeardTracks::leave_out_linked() {
  const auto has_id = [&](const Heard& track) { return id_of(track).has_value(); };
  const auto ids = std::count_if(tracks_.begin(), tracks_.end(), has_id);
  if (ids == 0 || static_cast<std::size_t>(ids) == tracks_.size()) return;
  std::unordered_set<std::string_view> linked;
  for (const auto& track : tracks_) {
    if (!has_id(track)) continue;
    for (auto key = track.first_key; key < track.end_key; ++key) linked.insert(keys_[key]);
  }
  std::erase_if(tracks_, [&](const Heard& track) {
    return !has_id(track) && linked.contains(keys_[track.first_key]);
  });
}

void HeardTracks::make(std::size_t number, lake::Track& row) const {
  const auto& track = tracks_[number];
  const auto put = [&](lake::Text& field, Name name) {
    if (has_text(texts_, track.content, name)) {
      field = texts_.value(track.content.text(name));
    } else {
      field.reset();
    }
  };
  const auto id = id_of(track);
  row.key = id ? *id : std::string_view(keys_[track.first_key]);
  if (id) {
    row.id = *id;
  } else {
    row.id.reset();
  }
  put(row.name, Name::track);
  put(row.artist_name, Name::artist);
  row.artist_key = artist_keys_[static_cast<std::size_t>(track.artist)];
  if (track.album >= 0) {
    put(row.album_name, Name::album);
    row.album_key = album_keys_[static_cast<std::size_t>(track.album)];
  } else {
    row.album_name.reset();
    row.album_key.reset();
  }
  row.aliases.clear();
  for (auto key = track.first_key; key < track.end_key; ++key) {
    if (keys_[key] != row.key) row.aliases.push_back(keys_[key]);
  }
}

}  // namespace

HeardMusic hear(const ToldPlays& told, const std::vector<Verdict>& verdicts) {
  auto names = names_in(told, last_told(told, verdicts));
  write_keys(told, names);
  HeardMusic heard;
  lake::run_all({[&] {
                   const auto tracks = std::make_shared<const HeardTracks>(told, names);
                   heard.tracks = {.count = tracks->count(),
                                   .make = [tracks](std::size_t number, lake::Track& row) {
                                     tracks->make(number, row);
                                   }};
                 },
                 [&] {
                   heard.artists = artist_rows(told, names);
                   heard.albums = album_rows(told, names);
                 }},
                told.rows() >= lake::kRowsWorthThreads);
  return heard;
}

Catalogue heard_in(const ToldPlays& told, const std::vector<Verdict>& verdicts) {
  auto heard = hear(told, verdicts);
  return {.artists = std::move(heard.artists),
          .albums = std::move(heard.albums),
          .tracks = heard.tracks.all()};
}

}  // namespace soundlake::history
