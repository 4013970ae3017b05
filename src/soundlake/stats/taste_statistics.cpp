// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/computations.hpp"
#include "soundlake/stats/ranking.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

namespace soundlake::stats {
namespace {

constexpr std::int64_t kArtists = 50;
constexpr std::int32_t kRecentDays = 28;

/// An artist of a top list, with what is known of it.
struct Top {
  std::int64_t rank = 0;
  std::string key;
  Cell name;
  const ArtistValues* values = nullptr;  ///< nothing when no table has it
};

const ListedArtist* listed_artist(const Dataset& data, const std::string& key) {
  const auto& all = data.listed_artists;
  const auto found = std::lower_bound(
      all.begin(), all.end(), key,
      [](const ListedArtist& one, const std::string& wanted) { return one.key < wanted; });
  return found != all.end() && found->key == key ? &*found : nullptr;
}

/// What the query asks of the artists of a list.
class Wanted {
 public:
  explicit Wanted(const Ask& ask)
      : only_(!ask.query.artists.empty()), passes_(values_filter(ask.query, ask.data)) {
    const auto& flags = ask.filter.artists;
    for (std::int32_t code = 0; only_ && Entities::at(code) < flags.size(); ++code) {
      if (flags[Entities::at(code)] != 0) keys_.insert(ask.data.key_of(ask.data.artists, code));
    }
  }
  bool operator()(const Top& top) const {
    if (only_ && !keys_.contains(top.key)) return false;
    return !passes_ || (top.values != nullptr && passes_(*top.values));
  }

 private:
  bool only_;
  std::function<bool(const ArtistValues&)> passes_;
  std::set<std::string> keys_;
};

/// The days of the snapshots of the range asked for, oldest first.
std::vector<base::Day> snapshot_days(const Ask& ask) {
  std::vector<base::Day> days;
  for (const auto& row : ask.data.taste.top_artists) {
    if (row.time_range == ask.query.term && (days.empty() || days.back() != row.snapshot_date))
      days.push_back(row.snapshot_date);
  }
  return days;
}

std::vector<Top> artists_on(const Ask& ask, base::Day day) {
  const Wanted wanted(ask);
  std::vector<Top> artists;
  for (const auto& row : ask.data.taste.top_artists) {
    if (row.time_range != ask.query.term || row.snapshot_date != day || row.rank > kArtists)
      continue;
    Top top{row.rank, row.id, cell_of(row.name), nullptr};
    if (const auto* known = listed_artist(ask.data, row.id)) {
      top.values = &known->values;
      if (known->name) top.name = *known->name;
    }
    if (wanted(top)) artists.push_back(std::move(top));
  }
  return artists;
}

/// Without any snapshot: who was heard longest in the newest 28 days of plays, every row of music.
std::vector<Top> artists_heard(const Ask& ask, Result& result) {
  const auto& data = ask.data;
  if (data.plays.size() == 0) return {};
  const auto until = data.plays.day.back();
  const Filter everybody;
  const Selection recent(data, {until - kRecentDays + 1, until}, Rule::all,
                         {Kind::track, Kind::video}, everybody);
  const auto tallies = tally(recent, data.plays.artist, data.artists.size());
  const auto codes =
      ranked(tallies, Order(data, data.artists, Measure::time), static_cast<std::size_t>(kArtists));
  std::vector<Top> artists;
  const Wanted wanted(ask);
  for (std::size_t i = 0; i < std::min<std::size_t>(codes.size(), kArtists); ++i) {
    if (codes[i] < 0) continue;
    Top top{static_cast<std::int64_t>(i) + 1, data.key_of(data.artists, codes[i]),
            name_cell(data.artists, codes[i]), &data.artist_values[Entities::at(codes[i])]};
    if (wanted(top)) artists.push_back(std::move(top));
  }
  result.from = to_day(until - kRecentDays + 1);
  result.to = to_day(until);
  result.rule = name_of(Rule::all);
  return artists;
}

std::vector<Top> current_artists(const Ask& ask, Result& result) {
  const auto days = snapshot_days(ask);
  if (days.empty()) return artists_heard(ask, result);
  result.from = result.to = days.back();
  return artists_on(ask, days.back());
}

/// The parts of the artists that each genre has: everyone counts once, split evenly over the own
/// genres; −1 is unknown.
std::map<std::int32_t, std::pair<double, std::int64_t>> parts_of(const std::vector<Top>& artists) {
  std::map<std::int32_t, std::pair<double, std::int64_t>> parts;
  const auto add = [&](std::int32_t genre, double part) {
    parts[genre].first += part / static_cast<double>(artists.size());
    ++parts[genre].second;
  };
  for (const auto& top : artists) {
    const std::vector<std::int32_t> none;
    const auto& genres = top.values == nullptr ? none : top.values->genres;
    if (genres.empty()) add(-1, 1);
    for (const auto genre : genres) add(genre, 1 / static_cast<double>(genres.size()));
  }
  return parts;
}

void add_listed(const Ask& ask, const std::vector<Top>& artists, const std::vector<Listed>& listed,
                Result& result, const std::function<std::vector<Cell>(const Listed&)>& values) {
  for (const auto& top : artists) {
    const auto by_artist = [](const auto& a, const auto& b) {
      if constexpr (std::is_same_v<std::decay_t<decltype(a)>, Listed>) {
        return a.artist_key < b;
      } else {
        return a < b.artist_key;
      }
    };
    auto row = std::lower_bound(listed.begin(), listed.end(), top.key, by_artist);
    const auto end = std::upper_bound(row, listed.end(), top.key, by_artist);
    for (; row != end; ++row) {
      std::vector<Cell> cells{top.rank, top.name, row->key, cell_of(row->name)};
      const auto more = values(*row);
      cells.insert(cells.end(), more.begin(), more.end());
      result.table.rows.push_back(std::move(cells));
    }
  }
  const auto page = page_of(ask.query, result.table.rows.size(), kMostRows);
  auto& rows = result.table.rows;
  rows = {rows.begin() + static_cast<std::ptrdiff_t>(page.first),
          rows.begin() + static_cast<std::ptrdiff_t>(page.last)};
}

}  // namespace

void popularity(const Ask& ask, Result& result) {
  result.table.columns = {{"rank", Unit::count},
                          {"key", Unit::key},
                          {"name", Unit::text},
                          {"popularity", Unit::count},
                          {"popularity_source", Unit::text},
                          {"genres", Unit::text}};
  for (const auto& top : current_artists(ask, result)) {
    std::vector<Cell> row{top.rank, top.key, top.name, {}, {}, {}};
    if (top.values != nullptr) {
      const auto& values = *top.values;
      std::vector<std::string> genres;
      for (const auto genre : values.genres) genres.push_back(ask.data.genres[Entities::at(genre)]);
      if (values.popularity >= 0) {
        row[3] = std::int64_t{values.popularity};
        row[4] = values.popularity_source;
      }
      if (values.genres_known) row[5] = genres;
    }
    result.table.rows.push_back(std::move(row));
  }
}

void tempo(const Ask& ask, Result& result) {
  result.table.columns = {{"rank", Unit::count}, {"artist", Unit::text}, {"key", Unit::key},
                          {"name", Unit::text},  {"bpm", Unit::number},  {"mode", Unit::text},
                          {"source", Unit::text}};
  add_listed(ask, current_artists(ask, result), ask.data.taste.tracks, result,
             [](const Listed& track) -> std::vector<Cell> {
               return {cell_of(track.bpm), cell_of(track.mode), cell_of(track.source)};
             });
}

void releases(const Ask& ask, Result& result) {
  result.table.columns = {{"rank", Unit::count},        {"artist", Unit::text},
                          {"key", Unit::key},           {"name", Unit::text},
                          {"release_date", Unit::text}, {"total_tracks", Unit::count},
                          {"source", Unit::text}};
  add_listed(ask, current_artists(ask, result), ask.data.taste.albums, result,
             [](const Listed& album) -> std::vector<Cell> {
               return {cell_of(album.release_date),
                       album.total_tracks ? Cell(std::int64_t{*album.total_tracks}) : Cell(),
                       cell_of(album.source)};
             });
}

void genres(const Ask& ask, Result& result) {
  const auto parts = parts_of(current_artists(ask, result));
  std::vector<std::pair<std::int32_t, std::pair<double, std::int64_t>>> list(parts.begin(),
                                                                             parts.end());
  std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) {
    if ((a.first < 0) != (b.first < 0)) return b.first < 0;
    // Thirds that add up in another order are the same share.
    return a.second.first > b.second.first + 1e-12;
  });
  result.table.columns = {{"genre", Unit::text},
                          {"family", Unit::text},
                          {"artists", Unit::count},
                          {"share", Unit::share}};
  for (const auto& [genre, part] : list) {
    const auto& data = ask.data;
    const auto family = genre < 0 ? -1 : data.family_of_genre[Entities::at(genre)];
    result.table.rows.push_back({genre < 0 ? Cell() : Cell(data.genres[Entities::at(genre)]),
                                 family < 0 ? Cell() : Cell(data.families[Entities::at(family)]),
                                 part.second, part.first});
  }
}

void taste_change(const Ask& ask, Result& result) {
  result.table.columns = {{"rank", Unit::count},
                          {"key", Unit::key},
                          {"name", Unit::text},
                          {"previous_rank", Unit::count}};
  const auto days = snapshot_days(ask);
  if (days.empty()) return;
  std::unordered_map<std::string, std::int64_t> before;
  result.from = result.to = days.back();
  if (days.size() > 1) {
    result.from = days[days.size() - 2];
    for (const auto& top : artists_on(ask, *result.from)) before[top.key] = top.rank;
  }
  for (const auto& top : artists_on(ask, days.back())) {
    const auto known = before.find(top.key);
    result.table.rows.push_back(
        {top.rank, top.key, top.name, known == before.end() ? Cell() : Cell(known->second)});
  }
}

void taste_genres(const Ask& ask, Result& result) {
  result.table.columns = {{"start", Unit::day}, {"family", Unit::text}, {"share", Unit::share}};
  std::map<std::int32_t, base::Day> last_of_month;
  for (const auto day : snapshot_days(ask))
    last_of_month[step_start(from_day(day), Step::month)] = day;
  if (!last_of_month.empty()) {
    result.from = to_day(last_of_month.begin()->first);
    result.to = last_of_month.rbegin()->second;
  }
  for (const auto& [month, day] : last_of_month) {
    std::vector<double> shares(ask.data.families.size() + 1);
    for (const auto& [genre, part] : parts_of(artists_on(ask, day))) {
      const auto family = genre < 0 ? ask.data.families.size()
                                    : Entities::at(ask.data.family_of_genre[Entities::at(genre)]);
      shares[family] += part.first;
    }
    for (std::size_t family = 0; family < shares.size(); ++family) {
      result.table.rows.push_back(
          {to_day(month),
           family < ask.data.families.size() ? Cell(ask.data.families[family]) : Cell(),
           shares[family]});
    }
  }
}

}  // namespace soundlake::stats
