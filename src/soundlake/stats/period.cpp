// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/period.hpp"

#include "soundlake/base/error.hpp"

#include <algorithm>

namespace soundlake::stats {
namespace chr = std::chrono;
namespace {

Days year_days(int year) {
  return {from_day(chr::year(year) / 1 / 1), from_day(chr::year(year) / 12 / 31)};
}

/// The day so many months before, or the last one of its month when that has no such day.
base::Day months_before(base::Day day, int months) {
  const chr::year_month_day date(day);
  const auto month = chr::year_month(date.year(), date.month()) - chr::months(months);
  const auto last =
      chr::year_month_day_last(month.year(), chr::month_day_last(month.month())).day();
  return base::Day(month / std::min(date.day(), last));
}

Days last_days(const Last& last, base::Day today) {
  const auto end = from_day(today);
  switch (last.unit) {
    case 'd':
      return {end - last.count + 1, end};
    case 'w':
      return {end - 7 * last.count + 1, end};
    default:
      return {from_day(months_before(today, last.count * (last.unit == 'y' ? 12 : 1))) + 1, end};
  }
}

}  // namespace

base::Day to_day(std::int32_t day) {
  return base::Day{chr::days(day)};
}

std::int32_t from_day(base::Day day) {
  return static_cast<std::int32_t>(day.time_since_epoch().count());
}

Period period_of(const Query& query, const Dataset& dataset, base::Day today) {
  const auto& days = dataset.plays.day;
  if (query.year) return {year_days(*query.year), year_days(*query.year - 1)};
  Period period;
  bool bounded = true;
  if (query.last && query.last->unit != 'a') {
    period.days = last_days(*query.last, today);
  } else if (query.from || query.to) {
    if (!days.empty()) period.days = {days.front(), days.back()};
    if (query.from) period.days.from = from_day(*query.from);
    if (query.to) period.days.to = from_day(*query.to);
    if (!query.from && (days.empty() || period.days.empty())) period.days.from = period.days.to;
    if (!query.to && (days.empty() || period.days.empty())) period.days.to = period.days.from;
  } else {
    bounded = false;
    if (!days.empty()) period.days = {days.front(), days.back()};
  }
  if (bounded) {
    const auto length = static_cast<std::int32_t>(period.days.count());
    period.previous = Days{period.days.from - length, period.days.from - 1};
  }
  return period;
}

std::int32_t step_start(std::int32_t day, Step step) {
  if (step == Step::day) return day;
  if (step == Step::week) {
    const auto since_monday = ((day + 3) % 7 + 7) % 7;  // 1970 began on a Thursday
    return day - since_monday;
  }
  const chr::year_month_day date(to_day(day));
  const auto month = static_cast<unsigned>(date.month());
  const auto first = step == Step::month     ? month
                     : step == Step::quarter ? (month - 1) / 3 * 3 + 1
                                             : 1;
  return from_day(date.year() / chr::month(first) / 1);
}

std::int32_t next_step(std::int32_t start, Step step) {
  if (step == Step::day) return start + 1;
  if (step == Step::week) return start + 7;
  const int months = step == Step::month ? 1 : step == Step::quarter ? 3 : 12;
  const chr::year_month_day date(to_day(start));
  return from_day((date.year() / date.month() + chr::months(months)) / 1);
}

Steps steps_of(const Days& days, Step step) {
  Steps steps;
  if (days.empty()) return steps;
  steps.first_day = days.from;
  if (days.count() > kMostSteps * 366) {
    throw Error(ErrorKind::usage,
                "the dates span more than " + std::to_string(kMostSteps) + " years",
                "choose dates nearer to each other");
  }
  for (auto start = step_start(days.from, step); start <= days.to; start = next_step(start, step)) {
    if (steps.starts.size() == kMostSteps) {
      throw Error(ErrorKind::usage,
                  std::string("the dates span more than ") + std::to_string(kMostSteps) +
                      " steps of a " + name_of(step),
                  "choose a longer step or dates nearer to each other");
    }
    const auto number = static_cast<std::int32_t>(steps.starts.size());
    steps.starts.push_back(start);
    const auto end = std::min(next_step(start, step) - 1, days.to);
    const auto covered = static_cast<std::size_t>(end - days.from) + 1;
    steps.of_day.resize(covered, number);
  }
  return steps;
}

}  // namespace soundlake::stats
