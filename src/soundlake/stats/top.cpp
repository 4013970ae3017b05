// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/computations.hpp"
#include "soundlake/stats/ranking.hpp"

#include <algorithm>
#include <unordered_map>

namespace soundlake::stats {
namespace {

const std::vector<Column> kColumns{{"rank", Unit::count},  {"key", Unit::key},
                                   {"name", Unit::text},   {"artist", Unit::text},
                                   {"plays", Unit::count}, {"ms", Unit::ms},
                                   {"share", Unit::share}, {"first", Unit::moment},
                                   {"last", Unit::moment}, {"previous_rank", Unit::count}};

/// The rank that each of the codes had by other tallies; nothing for one that had no play.
/// Only what stands at least as high as the lowest of them has to be put in order.
std::unordered_map<std::int32_t, std::int64_t> ranks_in(const std::vector<Tally>& tallies,
                                                        const std::vector<std::int32_t>& codes,
                                                        const Order& order, Measure by) {
  const auto measure = [&](std::int32_t code) {
    const auto& tally = tallies[Entities::at(code + 1)];
    return measure_of(tally.ms, tally.plays, by);
  };
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  bool nameless = false;
  for (const auto code : codes) {
    if (tallies[Entities::at(code + 1)].plays == 0) continue;
    if (code < 0) nameless = true;
    least = std::min(least, measure(code));
  }
  std::vector<std::int32_t> rivals;
  for (std::int32_t code = -1; Entities::at(code + 1) < tallies.size(); ++code) {
    if (tallies[Entities::at(code + 1)].plays > 0 &&
        (nameless || code < 0 || measure(code) >= least))
      rivals.push_back(code);
  }
  std::sort(rivals.begin(), rivals.end(), [&](std::int32_t a, std::int32_t b) {
    return order(tallies[Entities::at(a + 1)], a, tallies[Entities::at(b + 1)], b);
  });
  std::unordered_map<std::int32_t, std::int64_t> ranks;
  for (std::size_t i = 0; i < rivals.size(); ++i)
    ranks[rivals[i]] = static_cast<std::int64_t>(i) + 1;
  if (!nameless) ranks.erase(-1);
  return ranks;
}

struct Source {
  std::vector<Tally> now;
  std::vector<Tally> before;  ///< empty when there is no period before
};

Source tallies_of(const Ask& ask, const Named& what) {
  Source source{tally(ask.counted, what.codes, what.entities.size()), {}};
  if (ask.period.previous)
    source.before = tally(ask.within(*ask.period.previous), what.codes, what.entities.size());
  return source;
}

std::int64_t whole_of(const Selection& counted, Measure by) {
  std::int64_t whole = 0;
  const auto& ms = counted.plays().ms;
  counted.each([&](std::size_t row) { whole += by == Measure::time ? ms[row] : 1; });
  return whole;
}

void top(const Ask& ask, const Entities& entities, const Source& source, std::int64_t whole,
         Result& result) {
  const Order order(ask.data, entities, ask.query.by);
  const auto needed = ask.query.offset + ask.query.limit.value_or(kDefaultLimit);
  const auto codes = ranked(source.now, order, needed);
  const auto page = page_of(ask.query, codes.size());
  const std::vector<std::int32_t> shown(codes.begin() + static_cast<std::ptrdiff_t>(page.first),
                                        codes.begin() + static_cast<std::ptrdiff_t>(page.last));
  std::unordered_map<std::int32_t, std::int64_t> before;
  if (!source.before.empty()) before = ranks_in(source.before, shown, order, ask.query.by);
  result.table.columns = kColumns;
  auto rank = static_cast<std::int64_t>(page.first);
  for (const auto code : shown) {
    const auto& tally = source.now[Entities::at(code + 1)];
    const auto known = before.find(code);
    result.table.rows.push_back({++rank, key_cell(ask.data, entities, code),
                                 name_cell(entities, code), by_cell(ask.data, entities, code),
                                 tally.plays, tally.ms,
                                 share_cell(measure_of(tally.ms, tally.plays, ask.query.by), whole),
                                 moment_cell(tally.first), moment_cell(tally.last),
                                 known == before.end() ? Cell() : Cell(known->second)});
  }
}

void top_of(const Ask& ask, const std::string& field, Result& result) {
  const auto what = named(ask.data, field);
  const auto source = tallies_of(ask, what);
  std::int64_t whole = 0;
  for (const auto& tally : source.now) whole += measure_of(tally.ms, tally.plays, ask.query.by);
  top(ask, what.entities, source, whole, result);
}

/// The genres' tallies from those of the artists that have them; number 0 is without genre.
std::vector<Tally> by_genre(const Dataset& data, const std::vector<Tally>& artists) {
  if (artists.empty()) return {};
  std::vector<Tally> genres(data.genres.size() + 1);
  for (std::size_t i = 0; i < artists.size(); ++i) {
    if (artists[i].plays == 0) continue;
    if (i == 0 || data.artist_values[i - 1].genres.empty()) {
      genres[0].add(artists[i]);
      continue;
    }
    for (const auto genre : data.artist_values[i - 1].genres)
      genres[Entities::at(genre + 1)].add(artists[i]);
  }
  return genres;
}

}  // namespace

void top_artists(const Ask& ask, Result& result) {
  top_of(ask, "artist", result);
}
void top_albums(const Ask& ask, Result& result) {
  top_of(ask, "album", result);
}
void top_tracks(const Ask& ask, Result& result) {
  top_of(ask, "track", result);
}
void top_shows(const Ask& ask, Result& result) {
  top_of(ask, "show", result);
}
void top_episodes(const Ask& ask, Result& result) {
  top_of(ask, "episode", result);
}

void top_genres(const Ask& ask, Result& result) {
  Entities genres;
  for (std::size_t i = 0; i < ask.data.genres.size(); ++i) {
    genres.names.add_value(ask.data.genres[i]);
    genres.name.push_back(static_cast<std::int32_t>(i));
    genres.by.push_back(-1);
    genres.table_key.push_back(ask.data.genres[i]);
  }
  const auto artists = tallies_of(ask, named(ask.data, "artist"));
  top(ask, genres, {by_genre(ask.data, artists.now), by_genre(ask.data, artists.before)},
      whole_of(ask.counted, ask.query.by), result);
}

}  // namespace soundlake::stats
