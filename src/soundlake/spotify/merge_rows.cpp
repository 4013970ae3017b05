// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/merge_rows.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace soundlake::spotify {
namespace {

void take(lake::Text& known, const lake::Text& seen) {
  if (seen) known = seen;
}

template <class Row, class TakeFields>
void merge_by_key(std::vector<Row>& known, const std::vector<Row>& seen, TakeFields take_fields) {
  std::map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < known.size(); ++i) {
    place.emplace(known[i].key, i);
    // A row that was keyed by its name before its id was known.
    for (const std::string& alias : known[i].aliases) place.emplace(alias, i);
  }
  for (const Row& row : seen) {
    const auto [found, is_new] = place.emplace(row.key, known.size());
    if (is_new) {
      known.push_back(row);
    } else {
      take(known[found->second].id, row.id);
      take(known[found->second].name, row.name);
      take_fields(known[found->second], row);
    }
  }
}

template <class Row>
void replace_day(std::vector<Row>& known, const TopList<Row>& list, std::vector<Row> rows) {
  if (rows.empty()) return;
  std::set<std::string> ids;
  std::int32_t deepest = 0;
  for (const Row& row : rows) {
    ids.insert(row.id);
    deepest = std::max(deepest, row.rank);
  }
  std::erase_if(known, [&](const Row& row) {
    if (row.snapshot_date != list.date || row.time_range != list.time_range) return false;
    return list.whole || row.rank <= deepest || ids.contains(row.id);
  });
  known.insert(known.end(), rows.begin(), rows.end());
}

}  // namespace

void merge_identities(std::vector<lake::Artist>& known, const std::vector<lake::Artist>& seen) {
  merge_by_key(known, seen, [](lake::Artist& row, const lake::Artist& now) {
    take(row.image_url, now.image_url);
  });
}

void merge_identities(std::vector<lake::Album>& known, const std::vector<lake::Album>& seen) {
  merge_by_key(known, seen, [](lake::Album& row, const lake::Album& now) {
    take(row.artist_key, now.artist_key);
    take(row.artist_name, now.artist_name);
    take(row.album_type, now.album_type);
    take(row.image_url, now.image_url);
  });
}

void merge_identities(std::vector<lake::Track>& known, const std::vector<lake::Track>& seen) {
  merge_by_key(known, seen, [](lake::Track& row, const lake::Track& now) {
    take(row.artist_key, now.artist_key);
    take(row.artist_name, now.artist_name);
    take(row.album_key, now.album_key);
    take(row.album_name, now.album_name);
  });
}

void merge_top_list(std::vector<lake::TopArtist>& known, const TopList<lake::TopArtist>& list,
                    const facts::Chosen& chosen) {
  std::vector<lake::TopArtist> rows = list.rows;
  for (lake::TopArtist& row : rows) {
    const std::string entity = facts::artist_entity(row.id);
    if (!row.popularity) {
      auto known_value = chosen.int32(entity, "popularity");
      row.popularity = known_value.value;
      row.popularity_source = std::move(known_value.source);
    }
    if (!row.genres) {
      auto known_value = chosen.list(entity, "genres");
      row.genres = std::move(known_value.value);
      row.genres_source = std::move(known_value.source);
    }
  }
  replace_day(known, list, std::move(rows));
}

void merge_top_list(std::vector<lake::TopTrack>& known, const TopList<lake::TopTrack>& list,
                    const facts::Chosen& chosen) {
  std::vector<lake::TopTrack> rows = list.rows;
  for (lake::TopTrack& row : rows) {
    if (row.popularity) continue;
    auto known_value = chosen.int32(facts::track_entity(row.id), "popularity");
    row.popularity = known_value.value;
    row.popularity_source = std::move(known_value.source);
  }
  replace_day(known, list, std::move(rows));
}

void merge_albums(std::vector<lake::ArtistAlbum>& known, const AlbumList& list) {
  std::size_t before = 0;
  for (const lake::ArtistAlbum& row : known) {
    if (row.artist_key != list.artist_key) continue;
    if (row.ranking_source != kService) return;
    ++before;
  }
  if (list.rows.empty() || (!list.whole && list.rows.size() < before)) return;
  std::erase_if(known,
                [&](const lake::ArtistAlbum& row) { return row.artist_key == list.artist_key; });
  known.insert(known.end(), list.rows.begin(), list.rows.end());
}

void merge_top_tracks(std::vector<lake::ArtistTopTrack>& known, const TrackList& list) {
  if (list.rows.empty()) return;
  const bool spotifys = list.rows.front().ranking_source == kService;
  for (const lake::ArtistTopTrack& row : known) {
    if (row.artist_key == list.artist_key && !spotifys && row.ranking_source != "listener") return;
  }
  std::erase_if(known,
                [&](const lake::ArtistTopTrack& row) { return row.artist_key == list.artist_key; });
  known.insert(known.end(), list.rows.begin(), list.rows.end());
}

}  // namespace soundlake::spotify
