// SPDX-License-Identifier: Apache-2.0
#include "soundlake/exports/known_music.hpp"

namespace soundlake::exports {
namespace {

/// A row's own key goes before a Spotify id, and that before an alias of another row.
template <class Row>
std::unordered_map<std::string, const Row*> by_key(const std::vector<Row>& rows) {
  std::unordered_map<std::string, const Row*> found;
  for (const auto& row : rows) found.emplace(row.key, &row);
  for (const auto& row : rows) {
    if (row.id) found.emplace(*row.id, &row);
  }
  for (const auto& row : rows) {
    for (const auto& alias : row.aliases) found.emplace(alias, &row);
  }
  return found;
}

template <class Row>
const Row* find(const std::unordered_map<std::string, const Row*>& rows, const std::string& key) {
  const auto at = rows.find(key);
  return at == rows.end() ? nullptr : at->second;
}

}  // namespace

KnownMusic::KnownMusic(const ExportInput& input)
    : artists_(by_key(input.artists)),
      albums_(by_key(input.albums)),
      tracks_(by_key(input.tracks)) {}

const lake::Artist* KnownMusic::artist(const std::string& key) const {
  return find(artists_, key);
}
const lake::Album* KnownMusic::album(const std::string& key) const {
  return find(albums_, key);
}
const lake::Track* KnownMusic::track(const std::string& key) const {
  return find(tracks_, key);
}

}  // namespace soundlake::exports
