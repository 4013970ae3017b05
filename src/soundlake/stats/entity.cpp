// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/error.hpp"
#include "soundlake/stats/computations.hpp"
#include "soundlake/stats/figures.hpp"
#include "soundlake/stats/ranking.hpp"

#include <algorithm>

namespace soundlake::stats {
namespace {

const std::vector<Column> kColumns{
    {"key", Unit::key},     {"name", Unit::text},  {"artist", Unit::text},
    {"plays", Unit::count}, {"ms", Unit::ms},      {"ms_estimated", Unit::ms},
    {"share", Unit::share}, {"rank", Unit::count}, {"first", Unit::moment},
    {"last", Unit::moment}, {"days", Unit::count}, {"albums", Unit::count},
    {"tracks", Unit::count}};

/// The entities a query names that were played, in order; the first it names when none was.
std::vector<std::int32_t> asked_for(const std::vector<char>& flags,
                                    const std::vector<Tally>& tallies, const Order& order) {
  std::vector<std::int32_t> played;
  std::int32_t first = -1;
  for (std::int32_t code = 0; Entities::at(code) < flags.size(); ++code) {
    if (flags[Entities::at(code)] == 0) continue;
    if (first < 0) first = code;
    if (tallies[Entities::at(code + 1)].plays > 0) played.push_back(code);
  }
  if (played.empty() && first >= 0) played.push_back(first);
  std::sort(played.begin(), played.end(), [&](std::int32_t a, std::int32_t b) {
    return order(tallies[Entities::at(a + 1)], a, tallies[Entities::at(b + 1)], b);
  });
  return played;
}

/// One row per entity that the filter names, with its place among all.
void entity(const Ask& ask, const std::string& field, const std::vector<char>& flags,
            Result& result) {
  if (flags.empty()) {
    throw Error(ErrorKind::usage, "which " + field + "?",
                "name one: soundlake stats " + field + " --" + field + " NAME");
  }
  const auto what = named(ask.data, field);
  const Filter everything;
  const Selection all(ask.data, ask.period.days, ask.rule, ask.kinds, everything);
  const auto tallies = tally(all, what.codes, what.entities.size());
  const Order order(ask.data, what.entities, ask.query.by);
  std::int64_t whole = 0;
  for (const auto& tally : tallies) whole += measure_of(tally.ms, tally.plays, ask.query.by);
  result.table.columns = kColumns;
  for (const auto code : asked_for(flags, tallies, order)) {
    const auto& tally = tallies[Entities::at(code + 1)];
    Filter only;
    auto& one = field == "artist" ? only.artists : field == "album" ? only.albums : only.tracks;
    one.assign(what.entities.size(), 0);
    one[Entities::at(code)] = 1;
    const auto figures =
        figures_of(ask, Selection(ask.data, ask.period.days, ask.rule, ask.kinds, only));
    std::int64_t rank = 1;
    for (std::int32_t other = 0; Entities::at(other) < what.entities.size(); ++other) {
      const auto& of_other = tallies[Entities::at(other + 1)];
      if (of_other.plays > 0 && order(of_other, other, tally, code)) ++rank;
    }
    const bool played = tally.plays > 0;
    result.table.rows.push_back(
        {key_cell(ask.data, what.entities, code), name_cell(what.entities, code),
         by_cell(ask.data, what.entities, code), tally.plays, tally.ms, figures.ms_estimated,
         share_cell(measure_of(tally.ms, tally.plays, ask.query.by), whole),
         played ? Cell(rank) : Cell(), played ? moment_cell(tally.first) : Cell(),
         played ? moment_cell(tally.last) : Cell(), figures.days, figures.albums, figures.tracks});
    auto& row = result.table.rows.back();
    const auto at = Entities::at(code);
    if (field == "artist") {
      const auto& values = ask.data.artist_values[at];
      std::vector<std::string> genres;
      for (const auto genre : values.genres) genres.push_back(ask.data.genres[Entities::at(genre)]);
      row.insert(row.end(), {values.popularity < 0 ? Cell() : Cell(std::int64_t{values.popularity}),
                             values.popularity < 0 ? Cell() : Cell(values.popularity_source),
                             values.genres_known ? Cell(genres) : Cell(),
                             values.genres_known ? Cell(values.genres_source) : Cell()});
    } else if (field == "album") {
      const auto year = ask.data.release_year[at];
      row.push_back(year == 0 ? Cell() : Cell(std::int64_t{year}));
    } else {
      const auto& values = ask.data.track_values[at];
      row.push_back(values.bpm > 0 ? Cell(values.bpm) : Cell());
      row.push_back(values.mode < 0 ? Cell()
                                    : Cell(std::string(values.mode == 1 ? "major" : "minor")));
    }
  }
  auto& columns = result.table.columns;
  if (field == "artist") {
    columns.insert(columns.end(), {{"popularity", Unit::count},
                                   {"popularity_source", Unit::text},
                                   {"genres", Unit::text},
                                   {"genres_source", Unit::text}});
  } else if (field == "album") {
    columns.push_back({"release_year", Unit::text});
  } else {
    columns.insert(columns.end(), {{"bpm", Unit::number}, {"mode", Unit::text}});
  }
}

}  // namespace

void artist(const Ask& ask, Result& result) {
  entity(ask, "artist", ask.filter.artists, result);
}
void album(const Ask& ask, Result& result) {
  entity(ask, "album", ask.filter.albums, result);
}
void track(const Ask& ask, Result& result) {
  entity(ask, "track", ask.filter.tracks, result);
}

}  // namespace soundlake::stats
