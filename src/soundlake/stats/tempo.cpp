// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/computations.hpp"
#include "soundlake/stats/ranking.hpp"

namespace soundlake::stats {
namespace {

struct Tempo {
  std::int64_t plays = 0;
  std::int64_t known_bpm = 0;
  double bpm = 0;  ///< sum
  std::int64_t known_mode = 0;
  std::int64_t major = 0;

  void add(const Dataset& data, std::int32_t track) {
    ++plays;
    if (track < 0) return;
    const auto& values = data.track_values[Entities::at(track)];
    if (values.bpm > 0) {
      ++known_bpm;
      bpm += values.bpm;
    }
    if (values.mode >= 0) {
      ++known_mode;
      major += values.mode;
    }
  }
};

void add_columns(const Column& first, Result& result) {
  result.table.columns = {first,
                          {"plays", Unit::count},
                          {"known_bpm", Unit::count},
                          {"bpm", Unit::number},
                          {"known_mode", Unit::count},
                          {"major", Unit::share}};
}

void add_row(const Cell& first, const Tempo& tempo, Result& result) {
  const auto bpm =
      tempo.known_bpm == 0 ? Cell() : Cell(tempo.bpm / static_cast<double>(tempo.known_bpm));
  result.table.rows.push_back({first, tempo.plays, tempo.known_bpm, bpm, tempo.known_mode,
                               share_cell(tempo.major, tempo.known_mode)});
}

}  // namespace

void tempo_hours(const Ask& ask, Result& result) {
  std::vector<Tempo> hours(24);
  const auto& plays = ask.data.plays;
  ask.counted.each([&](std::size_t row) {
    hours[plays.hour_of_week[row] % 24U].add(ask.data, plays.track[row]);
  });
  add_columns({"hour", Unit::count}, result);
  for (std::int64_t hour = 0; hour < 24; ++hour)
    add_row(hour, hours[static_cast<std::size_t>(hour)], result);
}

void tempo_over_time(const Ask& ask, Result& result) {
  const auto steps = steps_of(ask.period.days, ask.query.step.value_or(Step::month));
  std::vector<Tempo> tempos(steps.starts.size());
  const auto& plays = ask.data.plays;
  ask.counted.each([&](std::size_t row) {
    tempos[Entities::at(steps.of(plays.day[row]))].add(ask.data, plays.track[row]);
  });
  add_columns({"start", Unit::day}, result);
  for (std::size_t i = 0; i < tempos.size(); ++i)
    add_row(to_day(steps.starts[i]), tempos[i], result);
}

}  // namespace soundlake::stats
