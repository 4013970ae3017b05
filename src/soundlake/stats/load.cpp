// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/text.hpp"
#include "soundlake/base/zone.hpp"
#include "soundlake/lake/keys.hpp"
#include "soundlake/lake/tables.hpp"
#include "soundlake/stats/resolve_keys.hpp"

#include <algorithm>
#include <charconv>
#include <future>
#include <map>
#include <set>

namespace soundlake::stats {
namespace {

constexpr std::int64_t kFourMinutes = 240'000;

std::string artist_key(std::string_view name, std::string_view) {
  return lake::artist_key_of_name(name);
}
template <class Row>
std::vector<KeyedRow> keyed(const std::vector<Row>& rows) {
  std::vector<KeyedRow> result;
  result.reserve(rows.size());
  for (const auto& row : rows) {
    KeyedRow keyed_row{&row.key, &row.name, nullptr, &row.aliases};
    if constexpr (requires { row.artist_name; }) keyed_row.artist = &row.artist_name;
    result.push_back(keyed_row);
  }
  return result;
}

ArtistValues values_of(const lake::Artist& row, const std::vector<std::string>& all_genres) {
  ArtistValues values;
  values.popularity = static_cast<std::int16_t>(row.popularity.value.value_or(-1));
  values.popularity_source = row.popularity.source.value_or("");
  values.genres_known = row.genres.value.has_value();
  values.genres_source = row.genres.source.value_or("");
  if (!row.genres.value) return values;
  for (const auto& genre : *row.genres.value) {
    const auto found = std::lower_bound(all_genres.begin(), all_genres.end(), genre);
    values.genres.push_back(static_cast<std::int32_t>(found - all_genres.begin()));
  }
  std::sort(values.genres.begin(), values.genres.end());
  values.genres.erase(std::unique(values.genres.begin(), values.genres.end()), values.genres.end());
  return values;
}

/// The genres of all artists, and each artist's among them.
void take_artists(Dataset& dataset, const std::vector<lake::Artist>& rows,
                  const std::vector<std::int32_t>& row_of, const FamilyRules& rules) {
  for (const auto& row : rows) {
    if (row.genres.value)
      dataset.genres.insert(dataset.genres.end(), row.genres.value->begin(),
                            row.genres.value->end());
  }
  std::sort(dataset.genres.begin(), dataset.genres.end());
  dataset.genres.erase(std::unique(dataset.genres.begin(), dataset.genres.end()),
                       dataset.genres.end());
  dataset.families = rules.order;
  for (const auto& genre : dataset.genres) {
    const auto& family = family_of(genre, rules);
    const auto found = std::find(dataset.families.begin(), dataset.families.end(), family);
    dataset.family_of_genre.push_back(static_cast<std::int32_t>(found - dataset.families.begin()));
  }
  dataset.artist_values.resize(dataset.artists.size());
  for (std::size_t code = 0; code < row_of.size(); ++code) {
    if (row_of[code] != kNoRow)
      dataset.artist_values[code] = values_of(rows[Entities::at(row_of[code])], dataset.genres);
  }
}

/// The artists of the top lists that the table knows.
void take_listed_artists(Dataset& dataset, const std::vector<lake::Artist>& rows) {
  std::set<std::string> ids;
  for (const auto& top : dataset.taste.top_artists) ids.insert(top.id);
  for (const auto& row : rows) {
    if (!ids.contains(row.key)) continue;
    lake::Text name;
    if (row.name) name = base::nfc(*row.name);
    dataset.listed_artists.push_back({row.key, std::move(name), values_of(row, dataset.genres)});
  }
}

std::int16_t year_of(const lake::Text& date) {
  int year = 0;
  if (date)
    std::from_chars(date->data(), date->data() + std::min<std::size_t>(4, date->size()), year);
  return static_cast<std::int16_t>(year);
}

void take_albums(Dataset& dataset, const std::vector<lake::Album>& rows,
                 const std::vector<std::int32_t>& row_of) {
  dataset.release_year.resize(dataset.albums.size());
  for (std::size_t code = 0; code < row_of.size(); ++code) {
    if (row_of[code] != kNoRow)
      dataset.release_year[code] = year_of(rows[Entities::at(row_of[code])].release_date.value);
  }
}

/// Tempo and mode of the tracks, and the rule `half`, which needs to know how long a track is.
void take_tracks(Dataset& dataset, const std::vector<lake::Track>& rows,
                 const std::vector<std::int32_t>& row_of,
                 const std::vector<std::int64_t>& told_length_ms) {
  dataset.track_values.resize(dataset.tracks.size());
  std::vector<std::int64_t> length(dataset.tracks.size(), -1);
  for (std::size_t code = 0; code < row_of.size(); ++code) {
    if (row_of[code] == kNoRow) continue;
    const auto& row = rows[Entities::at(row_of[code])];
    auto& values = dataset.track_values[code];
    values.bpm = std::max(0.0, row.bpm.value.value_or(0));
    if (row.mode.value)
      values.mode = static_cast<std::int8_t>(*row.mode.value == "major"   ? 1
                                             : *row.mode.value == "minor" ? 0
                                                                          : -1);
    if (row.duration_ms.value.value_or(0) > 0) length[code] = *row.duration_ms.value;
  }
  auto& plays = dataset.plays;
  for (std::size_t i = 0; i < plays.size(); ++i) {
    auto known = plays.track[i] < 0 ? -1 : length[Entities::at(plays.track[i])];
    if (known < 0) known = told_length_ms[i];
    if (known < 0) continue;  // counts as under 30s, which the bit says already
    const std::int64_t ms = plays.ms[i];
    const auto facts = plays.facts[i];
    plays.facts[i] =
        facts_of(kind_of(facts), source_of(facts), counts_under(facts, Rule::seconds30),
                 counts_under(facts, Rule::trackdone), 2 * ms >= known || ms >= kFourMinutes,
                 is_estimated(facts));
  }
}

/// How many rows of a table have the field from each source, most first; unknown last.
template <class Row, class Field>
void cover(std::vector<FieldCoverage>& coverage, const char* name, const std::vector<Row>& rows,
           Field Row::*field) {
  std::map<std::string, std::int64_t> by_source;
  std::int64_t unknown = 0;
  for (const auto& row : rows) {
    const auto& value = row.*field;
    if (value.value) {
      ++by_source[value.source.value_or("")];
    } else {
      ++unknown;
    }
  }
  const auto all = static_cast<std::int64_t>(rows.size());
  std::vector<std::pair<std::string, std::int64_t>> list(by_source.begin(), by_source.end());
  std::stable_sort(list.begin(), list.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  for (const auto& [source, values] : list) coverage.push_back({name, source, values, all});
  if (unknown > 0) coverage.push_back({name, std::nullopt, unknown, all});
}

void take_coverage(Dataset& dataset, const Sources& sources) {
  auto& coverage = dataset.coverage;
  cover(coverage, "artists.genres", sources.artists, &lake::Artist::genres);
  cover(coverage, "artists.popularity", sources.artists, &lake::Artist::popularity);
  cover(coverage, "albums.release_date", sources.albums, &lake::Album::release_date);
  cover(coverage, "albums.total_tracks", sources.albums, &lake::Album::total_tracks);
  cover(coverage, "tracks.duration_ms", sources.tracks, &lake::Track::duration_ms);
  cover(coverage, "tracks.isrc", sources.tracks, &lake::Track::isrc);
  cover(coverage, "tracks.bpm", sources.tracks, &lake::Track::bpm);
  cover(coverage, "tracks.mode", sources.tracks, &lake::Track::mode);
  cover(coverage, "tracks.popularity", sources.tracks, &lake::Track::popularity);
}

void take_gaps(Dataset& dataset, const Sources& sources) {
  dataset.gaps = sources.gaps;
  if (sources.gaps.empty()) return;
  const auto zone = base::Zone::named(sources.timezone);
  const auto day_of = [&](base::Instant at) {
    return static_cast<std::int32_t>(zone.local(at).date.time_since_epoch().count());
  };
  for (const auto& gap : dataset.gaps)
    dataset.gap_days.emplace_back(day_of(gap.from), day_of(gap.to));
}

}  // namespace

Dataset make_dataset(const std::function<std::optional<lake::PlayBatch>()>& next_batch,
                     const Sources& sources, const FamilyRules& rules) {
  Dataset dataset;
  dataset.timezone = sources.timezone;
  take_gaps(dataset, sources);
  take_coverage(dataset, sources);
  dataset.taste = make_taste(sources.top_artists, sources.artist_top_tracks, sources.artist_albums,
                             sources.tracks, sources.albums);
  dataset.artists.name_key = artist_key;
  dataset.albums.name_key = lake::album_key_of_name;
  dataset.tracks.name_key = lake::track_key_of_name;
  dataset.shows.name_key = artist_key;  // shows and episodes are in no table
  dataset.episodes.name_key = lake::track_key_of_name;
  PlayCoder coder(dataset);
  coder.reserve(sources.plays);
  while (const auto batch = next_batch()) coder.add(*batch);
  coder.sort();

  const auto album_rows =
      resolve_keys(dataset.albums, coder.albums, coder.artists, keyed(sources.albums));
  const auto track_rows =
      resolve_keys(dataset.tracks, coder.tracks, coder.artists, keyed(sources.tracks));
  const auto artist_rows =
      resolve_keys(dataset.artists, coder.artists, coder.artists, keyed(sources.artists));
  dataset.shows.table_key.resize(dataset.shows.size());
  dataset.episodes.table_key.resize(dataset.episodes.size());
  take_artists(dataset, sources.artists, artist_rows, rules);
  take_listed_artists(dataset, sources.artists);
  take_albums(dataset, sources.albums, album_rows);
  take_tracks(dataset, sources.tracks, track_rows, coder.length_ms);
  merge_equal_keys(dataset, dataset.artists, dataset.plays.artist);
  merge_equal_keys(dataset, dataset.albums, dataset.plays.album);
  merge_equal_keys(dataset, dataset.tracks, dataset.plays.track);
  return dataset;
}

Dataset load(const lake::View& view, const FamilyRules& rules) {
  std::size_t plays = 0;
  for (const auto& entry : view.objects()) {
    if (lake::year_of_plays_key(entry.key))
      plays += static_cast<std::size_t>(entry.rows.value_or(0));
  }
  const Sources sources{.timezone = view.identity().timezone,
                        .plays = plays,
                        .artists = view.rows<lake::Artist>(),
                        .albums = view.rows<lake::Album>(),
                        .tracks = view.rows<lake::Track>(),
                        .gaps = view.rows<lake::Gap>(),
                        .top_artists = view.rows<lake::TopArtist>(),
                        .artist_top_tracks = view.rows<lake::ArtistTopTrack>(),
                        .artist_albums = view.rows<lake::ArtistAlbum>()};
  // While the plays of one year are put into columns, those of the next are decoded.
  const auto years = view.play_years();
  auto year = years.begin();
  std::future<lake::PlayBatch> ahead;
  const auto decode_next = [&] {
    if (year == years.end()) return;
    const auto key = lake::plays_key(*year++);
    ahead = std::async(std::launch::async, [key, bytes = view.object(key).value()] {
      return lake::decode_play_batch(bytes, key, play_columns_needed());
    });
  };
  decode_next();
  const auto next = [&]() -> std::optional<lake::PlayBatch> {
    if (!ahead.valid()) return std::nullopt;
    auto batch = ahead.get();
    decode_next();
    return batch;
  };
  return make_dataset(next, sources, rules);
}

}  // namespace soundlake::stats
