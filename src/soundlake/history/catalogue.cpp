// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/catalogue.hpp"

#include "soundlake/lake/keys.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>

namespace soundlake::history {
namespace {

using lake::Text;

bool is_name_key(const std::string& key) {
  return key.starts_with("n-");
}

Text name_key_of(const lake::Artist& row) {
  if (!row.name) return std::nullopt;
  return lake::artist_key_of_name(*row.name);
}
Text name_key_of(const lake::Album& row) {
  if (!row.name || !row.artist_name) return std::nullopt;
  return lake::album_key_of_name(*row.name, *row.artist_name);
}
Text name_key_of(const lake::Track& row) {
  if (!row.name || !row.artist_name) return std::nullopt;
  return lake::track_key_of_name(*row.name, *row.artist_name);
}

void fill(Text& known, Text& heard) {
  if (!known) known = std::move(heard);
}
void fill_fields(lake::Artist& known, lake::Artist& heard) {
  fill(known.name, heard.name);
}
void fill_fields(lake::Album& known, lake::Album& heard) {
  fill(known.name, heard.name);
  fill(known.artist_key, heard.artist_key);
  fill(known.artist_name, heard.artist_name);
}
void fill_fields(lake::Track& known, lake::Track& heard) {
  fill(known.id, heard.id);
  fill(known.name, heard.name);
  fill(known.artist_key, heard.artist_key);
  fill(known.artist_name, heard.artist_name);
  fill(known.album_key, heard.album_key);
  fill(known.album_name, heard.album_name);
}

/// Adds an alias; the list stays sorted.
void add_alias(std::vector<std::string>& aliases, const std::string& key) {
  const auto at = std::lower_bound(aliases.begin(), aliases.end(), key);
  if (at == aliases.end() || *at != key) aliases.insert(at, key);
}

template <class Row>
class RowsByKey {
 public:
  /// A row's own key goes before an alias of another row.
  explicit RowsByKey(const std::vector<Row>& rows) {
    places_.reserve(rows.size() * 2);
    for (std::size_t i = 0; i < rows.size(); ++i) places_.emplace(rows[i].key, i);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (const auto& alias : rows[i].aliases) places_.emplace(alias, i);
    }
  }
  std::optional<std::size_t> find(const std::string& key) const {
    const auto found = places_.find(key);
    return found == places_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  std::unordered_map<std::string_view, std::size_t> places_;
};

template <class Row>
std::vector<Row> with_heard(std::vector<Row> known, std::vector<Row> heard) {
  if (known.empty()) return heard;
  // Places are looked up among the rows as they are now: changes wait until all are found.
  std::vector<std::optional<std::size_t>> places;
  {
    const RowsByKey<Row> by_key(known);
    for (const auto& row : heard) places.push_back(by_key.find(row.key));
  }
  for (std::size_t i = 0; i < heard.size(); ++i) {
    auto& row = heard[i];
    if (!places[i]) {
      known.push_back(std::move(row));
      continue;
    }
    auto& place = known[*places[i]];
    // What an alias leads to has a name of its own.
    if (place.key == row.key) fill_fields(place, row);
    for (const auto& alias : row.aliases) {
      if (alias != place.key) add_alias(place.aliases, alias);
    }
  }
  return known;
}

/// Tells of a heard row whether it is among the known ones with all its keys.
template <class Row>
class Holds {
 public:
  explicit Holds(const std::vector<Row>& known) : known_(known), by_key_(known) {}

  bool operator()(const Row& row) const {
    const auto place = by_key_.find(row.key);
    if (!place) return false;
    const auto& aliases = known_[*place].aliases;
    return std::all_of(row.aliases.begin(), row.aliases.end(), [&](const std::string& alias) {
      return alias == known_[*place].key ||
             std::find(aliases.begin(), aliases.end(), alias) != aliases.end();
    });
  }

 private:
  const std::vector<Row>& known_;
  RowsByKey<Row> by_key_;
};

template <class Row>
bool holds_all(const std::vector<Row>& known, const std::vector<Row>& heard) {
  return std::all_of(heard.begin(), heard.end(), Holds<Row>(known));
}

/// Whether rows with an id share a name key: tracks do, as URIs of one song.
template <class Row>
constexpr bool kSharesKeys = std::is_same_v<Row, lake::Track>;

template <class Row>
void link(std::vector<Row>& rows) {
  const auto order = [](const Row& a, const Row& b) { return a.key < b.key; };
  if (!std::is_sorted(rows.begin(), rows.end(), order)) std::sort(rows.begin(), rows.end(), order);
  // Names are linked to what has an id.
  if (std::none_of(rows.begin(), rows.end(), [](const Row& row) { return row.id.has_value(); })) {
    return;
  }
  std::unordered_set<std::string> issued;  // keys by name that are a row's own, or its alias
  std::unordered_set<std::string> taken;   // those that a row with an id has as alias
  std::vector<Row*> unlinked;              // rows with an id and without a name's key
  for (auto& row : rows) {
    if (is_name_key(row.key)) issued.insert(row.key);
    bool linked = false;
    for (const auto& alias : row.aliases) {
      if (!is_name_key(alias)) continue;
      linked = true;
      if (row.id) taken.insert(alias);
    }
    if (row.id && !linked) unlinked.push_back(&row);
  }
  for (auto* row : unlinked) {
    const auto key = name_key_of(*row);
    if (!key || *key == row->key || !(issued.contains(*key) || taken.contains(*key))) continue;
    if (!kSharesKeys<Row> && taken.contains(*key)) continue;
    add_alias(row->aliases, *key);
    taken.insert(*key);
  }
  std::erase_if(rows, [&](const Row& row) { return !row.id && taken.contains(row.key); });
}

/// Whether a key by name was ever issued: without plays of exports there is none.
template <class Row>
bool knows_names(const std::vector<Row>& rows) {
  return std::any_of(rows.begin(), rows.end(), [](const Row& row) {
    return is_name_key(row.key) || std::any_of(row.aliases.begin(), row.aliases.end(), is_name_key);
  });
}

using Keys = std::unordered_map<std::string, const std::string*>;

template <class Row>
Keys keys_by_alias(const std::vector<Row>& rows) {
  Keys keys;
  for (const auto& row : rows) {
    for (const auto& alias : row.aliases) keys.emplace(alias, &row.key);
  }
  for (const auto& row : rows) keys.erase(row.key);
  return keys;
}

void follow(Text& key, const Keys& keys) {
  if (!key || keys.empty()) return;
  const auto found = keys.find(*key);
  if (found != keys.end()) key = *found->second;
}

}  // namespace

Catalogue with_heard(Catalogue known, Catalogue heard) {
  Catalogue all{.artists = with_heard(std::move(known.artists), std::move(heard.artists)),
                .albums = with_heard(std::move(known.albums), std::move(heard.albums)),
                .tracks = with_heard(std::move(known.tracks), std::move(heard.tracks))};
  link_names(all);
  return all;
}

void add_heard(lake::Edit& edit, HeardMusic heard) {
  const auto artists = edit.shared_rows<lake::Artist>();
  const auto albums = edit.shared_rows<lake::Album>();
  const auto tracks = edit.shared_rows<lake::Track>();
  // Nothing of a new lake can be linked: what is heard is the tables.
  if (artists->empty() && albums->empty() && tracks->empty()) {
    edit.replace(std::move(heard.artists));
    edit.replace(std::move(heard.albums));
    edit.fill(std::move(heard.tracks));
    return;
  }
  // An export that comes again names nothing new; copies of big tables are made for others only.
  if (holds_all(*artists, heard.artists) && holds_all(*albums, heard.albums) &&
      heard.tracks.each(Holds<lake::Track>(*tracks))) {
    return;
  }
  auto all = with_heard({.artists = *artists, .albums = *albums, .tracks = *tracks},
                        {.artists = std::move(heard.artists),
                         .albums = std::move(heard.albums),
                         .tracks = heard.tracks.all()});
  edit.replace(std::move(all.artists));
  edit.replace(std::move(all.albums));
  edit.replace(std::move(all.tracks));
}

void link_names(Catalogue& catalogue) {
  link(catalogue.artists);
  link(catalogue.albums);
  link(catalogue.tracks);
  const auto artists = keys_by_alias(catalogue.artists);
  const auto albums = keys_by_alias(catalogue.albums);
  for (auto& album : catalogue.albums) follow(album.artist_key, artists);
  for (auto& track : catalogue.tracks) {
    follow(track.artist_key, artists);
    follow(track.album_key, albums);
  }
}

void link_names(lake::Edit& edit) {
  if (!knows_names(*edit.shared_rows<lake::Artist>()) &&
      !knows_names(*edit.shared_rows<lake::Track>())) {
    return;
  }
  Catalogue catalogue{.artists = edit.rows<lake::Artist>(),
                      .albums = edit.rows<lake::Album>(),
                      .tracks = edit.rows<lake::Track>()};
  link_names(catalogue);
  edit.replace(std::move(catalogue.artists));
  edit.replace(std::move(catalogue.albums));
  edit.replace(std::move(catalogue.tracks));
}

}  // namespace soundlake::history
