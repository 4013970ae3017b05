// SPDX-License-Identifier: Apache-2.0
#include "soundlake/tableau/taste_tables.hpp"

#include "soundlake/stats/statistics.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <string>

namespace soundlake::tableau {
namespace {

using Value = std::optional<std::string>;

/// The rows of a statistic, cells by the name of their column.
class Answer {
 public:
  Answer(const stats::Dataset& data, const char* statistic, base::Day today)
      : table_(
            stats::compute(data, stats::statistic_named(statistic), stats::Query{}, today).table) {}

  std::size_t size() const { return table_.rows.size(); }
  const stats::Cell& cell(std::size_t row, std::string_view name) const {
    std::size_t column = 0;
    while (table_.columns.at(column).name != name) ++column;
    return table_.rows[row][column];
  }
  Value text(std::size_t row, std::string_view name) const {
    const auto& value = cell(row, name);
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* number = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *number);
    if (const auto* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
    return std::nullopt;
  }
  std::string known(std::size_t row, std::string_view name) const {
    const auto value = text(row, name);
    return value && !value->empty() ? *value : std::string(kUnknown);
  }

 private:
  stats::Table table_;
};

/// A date known only to its month or year becomes the first day of it; its precision stands beside.
std::pair<Value, std::string> day_and_precision(const Value& date) {
  if (!date) return {std::nullopt, std::string(kUnknown)};
  const auto full = date->size() == 4   ? *date + "-01-01"
                    : date->size() == 7 ? *date + "-01"
                                        : *date;
  if (!base::parse_day(full)) return {std::nullopt, std::string(kUnknown)};
  return {full, date->size() == 4 ? "year" : date->size() == 7 ? "month" : "day"};
}

std::string source_of_genres(const stats::Dataset& data, const std::string& key) {
  const stats::ArtistValues* values = nullptr;
  for (const auto& artist : data.listed_artists)
    if (artist.key == key) values = &artist.values;
  for (std::size_t code = 0; values == nullptr && code < data.artists.size(); ++code)
    if (data.artists.table_key[code] == key) values = &data.artist_values[code];
  return values == nullptr || values->genres_source.empty() ? std::string(kUnknown)
                                                            : values->genres_source;
}

DataTable artists_table(const Answer& artists) {
  DataTable table{"artists.csv",
                  {{"Artist key"},
                   {"Your order", Type::integer},
                   {"Artist"},
                   {"Popularity", Type::integer, false},
                   {"Popularity shown"},
                   {"Popularity source"}},
                  {}};
  for (std::size_t i = 0; i < artists.size(); ++i) {
    table.rows.push_back({artists.text(i, "key"), artists.text(i, "rank"), artists.known(i, "name"),
                          artists.text(i, "popularity"), artists.known(i, "popularity"),
                          artists.known(i, "popularity_source")});
  }
  return table;
}

/// Where each genre stands in the list by share; unknown is last.
std::map<std::string, std::string> order_of_genres(const Answer& genres) {
  std::map<std::string, std::string> order;
  for (std::size_t i = 0; i < genres.size(); ++i)
    order[genres.known(i, "genre")] = fmt::format("{}", i + 1);
  return order;
}

std::string family_named(const stats::Dataset& data, const std::string& genre) {
  for (std::size_t i = 0; i < data.genres.size(); ++i) {
    if (data.genres[i] == genre)
      return data.families[static_cast<std::size_t>(data.family_of_genre[i])];
  }
  return std::string(kUnknown);
}

DataTable genres_table(const stats::Dataset& data, const Answer& artists, const Answer& genres) {
  DataTable table{"artist_genres.csv",
                  {{"Genre artist key"},
                   {"Genre order", Type::integer},
                   {"Genre"},
                   {"Family"},
                   {"Share of artists", Type::real, false},
                   {"Genre source"}},
                  {}};
  const auto order = order_of_genres(genres);
  for (std::size_t i = 0; i < artists.size(); ++i) {
    const auto key = artists.known(i, "key");
    const auto* told = std::get_if<std::vector<std::string>>(&artists.cell(i, "genres"));
    const auto list =
        told != nullptr && !told->empty() ? *told : std::vector<std::string>{std::string(kUnknown)};
    // Every artist counts once, split evenly over its genres.
    const double part =
        1.0 / static_cast<double>(artists.size()) / static_cast<double>(list.size());
    for (const auto& genre : list) {
      const auto family = family_named(data, genre);
      table.rows.push_back(
          {key, order.at(genre), genre, family, fmt::format("{}", part),
           family == kUnknown ? std::string(kUnknown) : source_of_genres(data, key)});
    }
  }
  return table;
}

std::map<std::string, Value> keys_by_rank(const Answer& artists) {
  std::map<std::string, Value> keys;
  for (std::size_t i = 0; i < artists.size(); ++i)
    keys[artists.known(i, "rank")] = artists.text(i, "key");
  return keys;
}

DataTable tracks_table(const Answer& artists, const Answer& tracks) {
  DataTable table{"artist_top_tracks.csv",
                  {{"Track artist key"},
                   {"Track key"},
                   {"Track"},
                   {"BPM", Type::real},
                   {"Mode"},
                   {"BPM source"}},
                  {}};
  const auto keys = keys_by_rank(artists);
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    table.rows.push_back({keys.at(tracks.known(i, "rank")), tracks.text(i, "key"),
                          tracks.known(i, "name"), tracks.text(i, "bpm"), tracks.known(i, "mode"),
                          tracks.known(i, "source")});
  }
  return table;
}

DataTable albums_table(const Answer& artists, const Answer& albums) {
  DataTable table{"artist_albums.csv",
                  {{"Album artist key"},
                   {"Album key"},
                   {"Album"},
                   {"Release date", Type::date},
                   {"Release date known to"},
                   {"Album tracks", Type::integer, false},
                   {"Release date source"}},
                  {}};
  const auto keys = keys_by_rank(artists);
  for (std::size_t i = 0; i < albums.size(); ++i) {
    const auto [day, precision] = day_and_precision(albums.text(i, "release_date"));
    table.rows.push_back({keys.at(albums.known(i, "rank")), albums.text(i, "key"),
                          albums.known(i, "name"), day, precision, albums.text(i, "total_tracks"),
                          albums.known(i, "source")});
  }
  return table;
}

}  // namespace

Datasource taste_data(const stats::Dataset& data, base::Day today) {
  const Answer artists(data, "popularity", today);
  Datasource source{
      "Current taste",
      {artists_table(artists), genres_table(data, artists, Answer(data, "genres", today)),
       tracks_table(artists, Answer(data, "tempo", today)),
       albums_table(artists, Answer(data, "releases", today))},
      {}};
  for (const auto& [file, key] : {std::pair{"artist_genres.csv", "Genre artist key"},
                                  std::pair{"artist_top_tracks.csv", "Track artist key"},
                                  std::pair{"artist_albums.csv", "Album artist key"}}) {
    source.relationships.push_back({"artists.csv", "Artist key", file, key});
  }
  return source;
}

}  // namespace soundlake::tableau
