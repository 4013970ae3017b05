// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/stats/dataset.hpp"
#include "soundlake/stats/query.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace soundlake::stats {

/// Local dates, both included, as days since 1970.
struct Days {
  std::int32_t from = 0;
  std::int32_t to = -1;

  bool empty() const { return to < from; }
  std::size_t count() const { return empty() ? 0 : static_cast<std::size_t>(to - from) + 1; }
  bool holds(std::int32_t day) const { return from <= day && day <= to; }
};

/// The dates a query is about.
struct Period {
  Days days;                     ///< empty only when no date is given and there is no play
  std::optional<Days> previous;  ///< the equally long period before; of a year the year before
};

/// The dates of a query, seen from `today`. An end that is not given is that of all plays.
Period period_of(const Query& query, const Dataset& dataset, base::Day today);

/// The first day of the step that holds the day: of weeks Monday, of quarters January, April, …
std::int32_t step_start(std::int32_t day, Step step);
/// The first day of the step after the one that starts with `start`.
std::int32_t next_step(std::int32_t start, Step step);

/// The steps of some days: every one that has a day in common with them, and the step of each day.
struct Steps {
  std::vector<std::int32_t> starts;
  std::vector<std::int32_t> of_day;  ///< per day from the first the number of its step
  std::int32_t first_day = 0;

  /// The number of the step that a day belongs to.
  std::int32_t of(std::int32_t day) const {
    return of_day[static_cast<std::size_t>(day - first_day)];
  }
};

/// Throws Error{usage} for more than kMostSteps of them.
Steps steps_of(const Days& days, Step step);

base::Day to_day(std::int32_t day);
std::int32_t from_day(base::Day day);

}  // namespace soundlake::stats
