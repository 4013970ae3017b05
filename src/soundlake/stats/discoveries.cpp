// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/computations.hpp"
#include "soundlake/stats/ranking.hpp"

#include <algorithm>

namespace soundlake::stats {
namespace {

constexpr std::int32_t kNewDays = 30;
constexpr std::int32_t kAwayDays = 180;

/// Whether the entity is met for the first time; plays without one never are.
bool first_time(std::vector<char>& met, std::int32_t code) {
  if (code < 0 || met[Entities::at(code)] != 0) return false;
  met[Entities::at(code)] = 1;
  return true;
}

}  // namespace

void discoveries(const Ask& ask, Result& result) {
  struct First {
    std::int64_t artists = 0;
    std::int64_t tracks = 0;
  };
  const auto steps = steps_of(ask.period.days, ask.query.step.value_or(Step::month));
  std::vector<First> first(steps.starts.size());
  std::vector<char> artists(ask.data.artists.size());
  std::vector<char> tracks(ask.data.tracks.size());
  const auto& plays = ask.data.plays;
  ask.ever().each([&](std::size_t row) {
    const bool new_artist = first_time(artists, plays.artist[row]);
    const bool new_track = first_time(tracks, plays.track[row]);
    if ((!new_artist && !new_track) || !ask.period.days.holds(plays.day[row])) return;
    auto& step = first[Entities::at(steps.of(plays.day[row]))];
    step.artists += new_artist ? 1 : 0;
    step.tracks += new_track ? 1 : 0;
  });
  result.table.columns = {{"start", Unit::day}, {"artists", Unit::count}, {"tracks", Unit::count}};
  for (std::size_t i = 0; i < first.size(); ++i)
    result.table.rows.push_back({to_day(steps.starts[i]), first[i].artists, first[i].tracks});
}

void newness(const Ask& ask, Result& result) {
  struct Counted {
    Heard all;
    Heard of_new;
  };
  const auto steps = steps_of(ask.period.days, ask.query.step.value_or(Step::month));
  std::vector<Counted> counted(steps.starts.size());
  constexpr auto kNever = std::numeric_limits<std::int32_t>::max();
  std::vector<std::int32_t> met(ask.data.artists.size(), kNever);
  const auto& plays = ask.data.plays;
  ask.ever().each([&](std::size_t row) {
    const auto artist = plays.artist[row];
    const auto day = plays.day[row];
    if (artist >= 0) met[Entities::at(artist)] = std::min(met[Entities::at(artist)], day);
    if (!ask.period.days.holds(day)) return;
    auto& step = counted[Entities::at(steps.of(day))];
    step.all.add(plays.ms[row]);
    if (artist >= 0 && day - met[Entities::at(artist)] < kNewDays) step.of_new.add(plays.ms[row]);
  });
  result.table.columns = {{"start", Unit::day}, {"plays", Unit::count},
                          {"ms", Unit::ms},     {"new_plays", Unit::count},
                          {"new_ms", Unit::ms}, {"share", Unit::share}};
  for (std::size_t i = 0; i < counted.size(); ++i) {
    const auto& [all, of_new] = counted[i];
    result.table.rows.push_back({to_day(steps.starts[i]), all.plays, all.ms, of_new.plays,
                                 of_new.ms,
                                 share_cell(measure_of(of_new.ms, of_new.plays, ask.query.by),
                                            measure_of(all.ms, all.plays, ask.query.by))});
  }
}

void rediscoveries(const Ask& ask, Result& result) {
  struct Return {
    std::int32_t last_day = std::numeric_limits<std::int32_t>::max();  ///< played last
    std::int32_t away = 0;  ///< the longest absence that ended within the dates
    std::int32_t returned = 0;
    std::int64_t ms = 0;  ///< since then
    std::int64_t plays = 0;
  };
  const auto what = named(ask.data, ask.field());
  std::vector<Return> returns(what.entities.size());
  const auto& plays = ask.data.plays;
  ask.ever().each([&](std::size_t row) {
    const auto code = what.codes[row];
    if (code < 0) return;
    auto& of_code = returns[Entities::at(code)];
    const auto day = plays.day[row];
    const auto away = std::max(0, day - of_code.last_day);
    of_code.last_day = day;
    if (away >= kAwayDays && away > of_code.away && ask.period.days.holds(day)) {
      of_code.away = away;
      of_code.returned = day;
      of_code.ms = of_code.plays = 0;
    }
    if (of_code.away == 0) return;
    of_code.ms += plays.ms[row];
    ++of_code.plays;
  });
  std::vector<std::int32_t> codes;
  for (std::int32_t code = 0; Entities::at(code) < returns.size(); ++code) {
    if (returns[Entities::at(code)].away > 0) codes.push_back(code);
  }
  const Order order(ask.data, what.entities, ask.query.by);
  std::sort(codes.begin(), codes.end(), [&](std::int32_t a, std::int32_t b) {
    const auto& of_a = returns[Entities::at(a)];
    const auto& of_b = returns[Entities::at(b)];
    return of_a.away != of_b.away ? of_a.away > of_b.away : order(of_a, a, of_b, b);
  });
  result.table.columns = {{"key", Unit::key},      {"name", Unit::text},
                          {"artist", Unit::text},  {"away_days", Unit::count},
                          {"returned", Unit::day}, {"plays", Unit::count},
                          {"ms", Unit::ms}};
  const auto page = page_of(ask.query, codes.size());
  for (auto i = page.first; i < page.last; ++i) {
    const auto& of_code = returns[Entities::at(codes[i])];
    result.table.rows.push_back(
        {key_cell(ask.data, what.entities, codes[i]), name_cell(what.entities, codes[i]),
         by_cell(ask.data, what.entities, codes[i]), std::int64_t{of_code.away},
         to_day(of_code.returned), of_code.plays, of_code.ms});
  }
}

}  // namespace soundlake::stats
