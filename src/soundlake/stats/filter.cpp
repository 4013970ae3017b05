// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/error.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/stats/selection.hpp"

#include <algorithm>
#include <functional>

namespace soundlake::stats {
namespace {

using Flags = std::vector<char>;

/// Flags every entity for which `is_it` holds; tells whether there was one.
bool flag_where(const Entities& entities, Flags& flags,
                const std::function<bool(std::int32_t)>& is_it) {
  bool found = false;
  for (std::int32_t code = 0; Entities::at(code) < entities.size(); ++code) {
    if (!is_it(code)) continue;
    flags[Entities::at(code)] = 1;
    found = true;
  }
  return found;
}

/// Flags what a key stands for, today's or an earlier one.
bool flag_key(const Dataset& dataset, const Entities& entities, const std::string& key,
              Flags& flags) {
  bool found = flag_where(entities, flags, [&](std::int32_t code) {
    return entities.table_key[Entities::at(code)] == key;
  });
  for (const auto& [other, code] : entities.also_known_as) {
    if (other != key) continue;
    flags[Entities::at(code)] = 1;
    found = true;
  }
  if (found || !key.starts_with("n-")) return found;
  return flag_where(entities, flags, [&](std::int32_t code) {
    return entities.name_key(entities.name_of(code),
                             dataset.by_name(entities, code).value_or("")) == key;
  });
}

void flag_one(const Dataset& dataset, const Entities& entities, const char* what,
              const std::string& word, Flags& flags) {
  if (flag_key(dataset, entities, word, flags)) return;
  const auto name = base::nfc(word);
  if (flag_where(entities, flags,
                 [&](std::int32_t code) { return entities.name_of(code) == name; })) {
    return;
  }
  const auto folded = base::fold(word);
  if (flag_where(entities, flags,
                 [&](std::int32_t code) { return base::fold(entities.name_of(code)) == folded; })) {
    return;
  }
  std::vector<std::string> names;
  for (std::int32_t code = 0; Entities::at(code) < entities.size() && names.size() < kMostRows;
       ++code) {
    names.emplace_back(entities.name_of(code));
  }
  const auto near = base::nearest(word, names);
  throw Error(
      ErrorKind::usage, std::string("the lake knows no ") + what + " '" + word + "'",
      near ? "did you mean '" + *near + "'?"
           : std::string("use a key or a name that `soundlake stats top-") + what + "s` shows");
}

Flags flags_of(const Dataset& dataset, const Entities& entities, const char* what,
               const std::vector<std::string>& words) {
  if (words.empty()) return {};
  Flags flags(entities.size(), 0);
  for (const auto& word : words) flag_one(dataset, entities, what, word, flags);
  // Entities of one key are one, whatever name led to it.
  std::vector<std::string> keys;
  for (std::size_t code = 0; code < flags.size(); ++code) {
    if (flags[code] != 0 && !entities.table_key[code].empty())
      keys.push_back(entities.table_key[code]);
  }
  if (keys.empty()) return flags;
  std::sort(keys.begin(), keys.end());
  flag_where(entities, flags, [&](std::int32_t code) {
    return std::binary_search(keys.begin(), keys.end(), entities.table_key[Entities::at(code)]);
  });
  return flags;
}

/// The number of each name in a list of names. Throws Error{usage} for one that is not in it.
std::vector<std::int32_t> numbers_of(const std::vector<std::string>& names,
                                     const std::vector<std::string>& known, const char* what) {
  std::vector<std::int32_t> numbers;
  for (const auto& name : names) {
    const auto folded = base::fold(name);
    const auto found = std::find_if(known.begin(), known.end(), [&](const std::string& one) {
      return base::fold(one) == folded;
    });
    if (found == known.end()) {
      const auto near = base::nearest(name, known);
      throw Error(ErrorKind::usage, std::string("the lake knows no ") + what + " '" + name + "'",
                  near ? "did you mean '" + *near + "'?" : "");
    }
    numbers.push_back(static_cast<std::int32_t>(found - known.begin()));
  }
  return numbers;
}

bool is_in(const std::vector<std::int32_t>& numbers, std::int32_t number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

}  // namespace

std::function<bool(const ArtistValues&)> values_filter(const Query& query, const Dataset& dataset) {
  const auto genres = numbers_of(query.genres, dataset.genres, "genre");
  const auto families = numbers_of(query.families, dataset.families, "genre family");
  const auto range = query.popularity.value_or(std::pair(0, 100));
  const bool narrowed = range != std::pair(0, 100);
  if (genres.empty() && families.empty() && !narrowed) return {};
  return [&dataset, genres, families, range, narrowed](const ArtistValues& values) {
    const auto any = [&](const auto& is_it) {
      return std::any_of(values.genres.begin(), values.genres.end(), is_it);
    };
    if (!genres.empty() && !any([&](std::int32_t genre) { return is_in(genres, genre); }))
      return false;
    if (!families.empty() && !any([&](std::int32_t genre) {
          return is_in(families, dataset.family_of_genre[Entities::at(genre)]);
        })) {
      return false;
    }
    return !narrowed || (values.popularity >= range.first && values.popularity <= range.second);
  };
}

Filter filter_of(const Query& query, const Dataset& dataset) {
  Filter filter;
  filter.artists = flags_of(dataset, dataset.artists, "artist", query.artists);
  filter.albums = flags_of(dataset, dataset.albums, "album", query.albums);
  filter.tracks = flags_of(dataset, dataset.tracks, "track", query.tracks);
  filter.shows = flags_of(dataset, dataset.shows, "show", query.shows);
  if (const auto passes = values_filter(query, dataset)) {
    if (filter.artists.empty()) filter.artists.assign(dataset.artists.size(), 1);
    for (std::size_t code = 0; code < filter.artists.size(); ++code) {
      if (!passes(dataset.artist_values[code])) filter.artists[code] = 0;
    }
  }
  return filter;
}

}  // namespace soundlake::stats
