// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/computations.hpp"

namespace soundlake::stats {

void series(const Ask& ask, Result& result) {
  const auto steps = steps_of(ask.period.days, ask.query.step.value_or(Step::month));
  std::vector<Heard> heard(steps.starts.size());
  const auto& plays = ask.data.plays;
  ask.counted.each([&](std::size_t row) {
    heard[static_cast<std::size_t>(steps.of(plays.day[row]))].add(plays.ms[row]);
  });
  result.table.columns = {{"start", Unit::day}, {"plays", Unit::count}, {"ms", Unit::ms}};
  for (std::size_t i = 0; i < heard.size(); ++i)
    result.table.rows.push_back({to_day(steps.starts[i]), heard[i].plays, heard[i].ms});
}

void week_hours(const Ask& ask, Result& result) {
  std::vector<Heard> heard(168);
  const auto& plays = ask.data.plays;
  ask.counted.each([&](std::size_t row) { heard[plays.hour_of_week[row]].add(plays.ms[row]); });
  result.table.columns = {
      {"weekday", Unit::count}, {"hour", Unit::count}, {"plays", Unit::count}, {"ms", Unit::ms}};
  for (std::int64_t hour = 0; hour < 168; ++hour) {
    const auto& of_hour = heard[static_cast<std::size_t>(hour)];
    result.table.rows.push_back({hour / 24 + 1, hour % 24, of_hour.plays, of_hour.ms});
  }
}

}  // namespace soundlake::stats
