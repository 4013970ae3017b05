// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/computations.hpp"
#include "soundlake/stats/ranking.hpp"

#include <algorithm>
#include <array>

namespace soundlake::stats {

void coverage(const Ask& ask, Result& result) {
  result.table.columns = {{"field", Unit::text},
                          {"source", Unit::text},
                          {"values", Unit::count},
                          {"share", Unit::share}};
  std::array<std::int64_t, 4> plays{};
  std::int64_t all = 0;
  ask.counted.each([&](std::size_t row) {
    ++plays.at(static_cast<std::size_t>(source_of(ask.data.plays.facts[row])));
    ++all;
  });
  for (std::size_t source = 0; source < plays.size(); ++source) {
    if (plays.at(source) == 0) continue;
    result.table.rows.push_back({std::string("plays"),
                                 std::string(name_of(static_cast<Source>(source))),
                                 plays.at(source), share_cell(plays.at(source), all)});
  }
  for (const auto& field : ask.data.coverage) {
    result.table.rows.push_back(
        {field.field, cell_of(field.source), field.values, share_cell(field.values, field.rows)});
  }
}

void gaps(const Ask& ask, Result& result) {
  result.table.columns = {{"from", Unit::moment},
                          {"to", Unit::moment},
                          {"ms", Unit::ms},
                          {"found_at", Unit::moment},
                          {"reason", Unit::text}};
  for (std::size_t i = 0; i < ask.data.gaps.size(); ++i) {
    const auto& [first, last] = ask.data.gap_days[i];
    if (ask.period.previous && (first > ask.period.days.to || last < ask.period.days.from))
      continue;
    const auto& gap = ask.data.gaps[i];
    result.table.rows.push_back({gap.from, gap.to,
                                 base::to_unix_ms(gap.to) - base::to_unix_ms(gap.from),
                                 gap.found_at, gap.reason});
  }
}

}  // namespace soundlake::stats
