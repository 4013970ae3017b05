// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/computations.hpp"
#include "soundlake/stats/ranking.hpp"

#include <algorithm>
#include <cmath>

namespace soundlake::stats {
namespace {

constexpr std::int64_t kFewestPlays = 10;
constexpr double kZ = 1.96;  // 95 %

struct Skipped {
  std::int64_t plays = 0;
  std::int64_t skipped = 0;
};

struct Interval {
  double low = 0;
  double high = 0;
};

/// Wilson's score interval for a share (E. B. Wilson, 1927).
Interval wilson(const Skipped& counted) {
  const auto n = static_cast<double>(counted.plays);
  const auto share = static_cast<double>(counted.skipped) / n;
  const auto middle = share + kZ * kZ / (2 * n);
  const auto spread = kZ * std::sqrt(share * (1 - share) / n + kZ * kZ / (4 * n * n));
  const auto scale = 1 + kZ * kZ / n;
  return {(middle - spread) / scale, (middle + spread) / scale};
}

}  // namespace

void skips(const Ask& ask, Result& result) {
  const auto what = named(ask.data, ask.field());
  const auto& plays = ask.data.plays;
  const auto& reasons = ask.data.reasons_end;
  const auto forward = std::find(reasons.begin(), reasons.end(), "fwdbtn") - reasons.begin();
  std::vector<Skipped> counted(what.entities.size() + 1);
  std::int64_t not_told = 0;
  ask.counted.each([&](std::size_t row) {
    const auto state = state_of(plays.states[row], State::skipped);
    const auto reason = plays.reason_end[row];
    const bool told = state != Tri::unknown || reason != PlayColumns::kNoShortWord;
    if (source_of(plays.facts[row]) != Source::extended || !told) {
      ++not_told;
      return;
    }
    auto& of_code = counted[Entities::at(what.codes[row] + 1)];
    ++of_code.plays;
    if (state == Tri::yes || (state == Tri::unknown && reason == forward)) ++of_code.skipped;
  });
  struct Line {
    std::int32_t code;
    Interval interval;
  };
  std::vector<Line> list;
  for (std::int32_t code = 0; Entities::at(code) < what.entities.size(); ++code) {
    const auto& of_code = counted[Entities::at(code + 1)];
    if (of_code.plays >= kFewestPlays) list.push_back({code, wilson(of_code)});
  }
  const auto page = page_of(ask.query, list.size());
  std::partial_sort(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(page.last), list.end(),
                    [&](const Line& a, const Line& b) {
                      if (a.interval.low != b.interval.low) return a.interval.low > b.interval.low;
                      const auto plays_a = counted[Entities::at(a.code + 1)].plays;
                      const auto plays_b = counted[Entities::at(b.code + 1)].plays;
                      if (plays_a != plays_b) return plays_a > plays_b;
                      const auto name_a = what.entities.name_of(a.code);
                      const auto name_b = what.entities.name_of(b.code);
                      if (name_a != name_b) return name_a < name_b;
                      return ask.data.by_name(what.entities, a.code) <
                             ask.data.by_name(what.entities, b.code);
                    });
  result.also.emplace_back("not_told", not_told);
  result.table.columns = {{"key", Unit::key},     {"name", Unit::text},     {"artist", Unit::text},
                          {"plays", Unit::count}, {"skipped", Unit::count}, {"share", Unit::share},
                          {"low", Unit::share},   {"high", Unit::share}};
  for (auto i = page.first; i < page.last; ++i) {
    const auto [code, interval] = list[i];
    const auto& of_code = counted[Entities::at(code + 1)];
    result.table.rows.push_back(
        {key_cell(ask.data, what.entities, code), name_cell(what.entities, code),
         by_cell(ask.data, what.entities, code), of_code.plays, of_code.skipped,
         share_cell(of_code.skipped, of_code.plays), interval.low, interval.high});
  }
}

}  // namespace soundlake::stats
