// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/computations.hpp"
#include "soundlake/stats/ranking.hpp"

#include <algorithm>
#include <map>

namespace soundlake::stats {

void concentration(const Ask& ask, Result& result) {
  const auto what = named(ask.data, ask.field());
  const auto tallies = tally(ask.counted, what.codes, what.entities.size());
  Heard whole{tallies[0].plays, tallies[0].ms};
  std::vector<Heard> heard;
  for (std::size_t i = 1; i < tallies.size(); ++i) {
    if (tallies[i].plays == 0) continue;
    heard.push_back({tallies[i].plays, tallies[i].ms});
    whole.plays += tallies[i].plays;
    whole.ms += tallies[i].ms;
  }
  const auto by = ask.query.by;
  std::sort(heard.begin(), heard.end(), [by](const Heard& a, const Heard& b) {
    const auto of_a = measure_of(a.ms, a.plays, by);
    const auto of_b = measure_of(b.ms, b.plays, by);
    if (of_a != of_b) return of_a > of_b;
    return by == Measure::time ? a.plays > b.plays : a.ms > b.ms;
  });
  result.table.columns = {
      {"top", Unit::count}, {"plays", Unit::count}, {"ms", Unit::ms}, {"share", Unit::share}};
  Heard sum;
  std::size_t next = 1;  // 1, 2, 5, 10, 20, 50, …
  for (std::size_t i = 0; i < heard.size(); ++i) {
    sum.plays += heard[i].plays;
    sum.ms += heard[i].ms;
    const auto top = i + 1;
    if (top != next && top != heard.size()) continue;
    result.table.rows.push_back(
        {static_cast<std::int64_t>(top), sum.plays, sum.ms,
         share_cell(measure_of(sum.ms, sum.plays, by), measure_of(whole.ms, whole.plays, by))});
    if (top != next) continue;
    const bool after_two = std::to_string(next).front() == '2';
    next = after_two ? next / 2 * 5 : next * 2;
  }
}

void decades(const Ask& ask, Result& result) {
  std::map<std::int64_t, Heard> by_decade;
  Heard unknown;
  Heard whole;
  std::vector<Heard> by_year(32768);
  const auto& plays = ask.data.plays;
  ask.counted.each([&](std::size_t row) {
    whole.add(plays.ms[row]);
    const auto album = plays.album[row];
    const auto year = album < 0 ? 0 : ask.data.release_year[Entities::at(album)];
    by_year[Entities::at(std::max<std::int32_t>(0, year))].add(plays.ms[row]);
  });
  unknown = by_year[0];
  for (std::size_t year = 1; year < by_year.size(); ++year) {
    if (by_year[year].plays == 0) continue;
    auto& decade = by_decade[static_cast<std::int64_t>(year / 10 * 10)];
    decade.plays += by_year[year].plays;
    decade.ms += by_year[year].ms;
  }
  result.table.columns = {
      {"decade", Unit::text}, {"plays", Unit::count}, {"ms", Unit::ms}, {"share", Unit::share}};
  const auto add = [&](const Cell& decade, const Heard& heard) {
    result.table.rows.push_back({decade, heard.plays, heard.ms,
                                 share_cell(measure_of(heard.ms, heard.plays, ask.query.by),
                                            measure_of(whole.ms, whole.plays, ask.query.by))});
  };
  for (const auto& [decade, heard] : by_decade) add(decade, heard);
  if (unknown.plays > 0) add({}, unknown);
}

}  // namespace soundlake::stats
