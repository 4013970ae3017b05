// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/run_all.hpp"
#include "soundlake/stats/computations.hpp"
#include "soundlake/stats/figures.hpp"
#include "soundlake/stats/ranking.hpp"
#include "soundlake/stats/streaks.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <utility>

namespace soundlake::stats {
namespace {

struct NewOnes {
  std::int64_t artists = 0;
  std::int64_t tracks = 0;
};

/// How many artists and tracks were played for the first time ever within the days.
NewOnes new_ones(const Ask& ask, const Days& days) {
  NewOnes result;
  std::vector<char> artists(ask.data.artists.size() + 1);
  std::vector<char> tracks(ask.data.tracks.size() + 1);
  artists[0] = tracks[0] = 1;  // what has no name is never new
  const auto& plays = ask.data.plays;
  const auto meet = [](char& met) { return std::exchange(met, char{1}) == 0; };
  ask.within({std::numeric_limits<std::int32_t>::min(), days.to}).each([&](std::size_t row) {
    const bool artist = meet(artists[Entities::at(plays.artist[row] + 1)]);
    const bool track = meet(tracks[Entities::at(plays.track[row] + 1)]);
    if (plays.day[row] < days.from) return;
    result.artists += artist ? 1 : 0;
    result.tracks += track ? 1 : 0;
  });
  return result;
}

std::optional<Days> longest_streak(const Selection& counted) {
  const auto streaks = streaks_of(counted);
  const auto longest =
      std::max_element(streaks.begin(), streaks.end(),
                       [](const Days& a, const Days& b) { return a.count() < b.count(); });
  return longest == streaks.end() ? std::nullopt : std::optional(*longest);
}

/// Does tasks that share nothing they change, with two threads where there are plays enough.
void at_once(const Ask& ask, const std::vector<std::function<void()>>& tasks) {
  lake::run_all(tasks, ask.counted.end() - ask.counted.begin() >= lake::kRowsWorthThreads);
}

using ChangeFigures = std::array<std::pair<const char*, std::int64_t>, 9>;

ChangeFigures change_figures(const Ask& ask, const Days& days) {
  const auto counted = ask.within(days);
  const auto figures = figures_of(ask, counted);
  const auto fresh = new_ones(ask, days);
  const auto streak = longest_streak(counted);
  return {{{"plays", figures.plays},
           {"ms", figures.ms},
           {"artists", figures.artists},
           {"albums", figures.albums},
           {"tracks", figures.tracks},
           {"days", figures.days},
           {"new_artists", fresh.artists},
           {"new_tracks", fresh.tracks},
           {"longest_streak", streak ? static_cast<std::int64_t>(streak->count()) : 0}}};
}

/// Rows of `year`: a figure with what it is about and when it was.
class Figured {
 public:
  explicit Figured(Result& result) : rows_(result.table.rows) {
    result.table.columns = {{"figure", Unit::text}, {"value", Unit::count}, {"key", Unit::key},
                            {"name", Unit::text},   {"artist", Unit::text}, {"start", Unit::text},
                            {"end", Unit::text}};
  }
  void add(const char* figure, std::int64_t value) {
    rows_.push_back({std::string(figure), value, {}, {}, {}, {}, {}});
  }
  void add(const char* figure, std::int64_t value, const Cell& start, const Cell& end) {
    rows_.push_back({std::string(figure), value, {}, {}, {}, start, end});
  }
  void add(const std::vector<Cell>& row) {
    if (!row.empty()) rows_.push_back(row);
  }

 private:
  std::vector<std::vector<Cell>>& rows_;
};

/// The first of a list; nothing when only nameless plays count.
std::vector<Cell> top_one(const std::string& field, const Ask& ask) {
  const auto what = named(ask.data, field);
  const auto tallies = tally(ask.counted, what.codes, what.entities.size());
  const auto first = ranked(tallies, Order(ask.data, what.entities, ask.query.by), 1);
  if (first.empty() || first.front() < 0) return {};
  const auto& tally = tallies[Entities::at(first.front() + 1)];
  return {"top_" + field,
          measure_of(tally.ms, tally.plays, ask.query.by),
          key_cell(ask.data, what.entities, first.front()),
          name_cell(what.entities, first.front()),
          by_cell(ask.data, what.entities, first.front()),
          moment_cell(tally.first),
          moment_cell(tally.last)};
}

/// What the measure gives per day with a counted play, in order.
std::vector<std::pair<std::int32_t, std::int64_t>> heard_by_day(const Ask& ask) {
  std::vector<std::pair<std::int32_t, std::int64_t>> days;
  const auto& plays = ask.data.plays;
  ask.counted.each([&](std::size_t row) {
    if (days.empty() || days.back().first != plays.day[row]) days.emplace_back(plays.day[row], 0);
    days.back().second += ask.query.by == Measure::time ? plays.ms[row] : 1;
  });
  return days;
}

/// The step in which most was heard; the earliest of equal ones.
void add_busiest(const char* figure, Step step,
                 const std::vector<std::pair<std::int32_t, std::int64_t>>& days, Figured& figured) {
  std::pair<std::int32_t, std::int64_t> best{0, 0};
  std::pair<std::int32_t, std::int64_t> current{0, 0};
  for (const auto& [day, value] : days) {
    const auto start = step_start(day, step);
    if (start != current.first) current = {start, 0};
    current.second += value;
    if (current.second > best.second) best = current;
  }
  if (best.second == 0) return;
  figured.add(figure, best.second, to_day(best.first), to_day(next_step(best.first, step) - 1));
}

}  // namespace

void change(const Ask& ask, Result& result) {
  result.table.columns = {{"figure", Unit::text},
                          {"value", Unit::count},
                          {"previous", Unit::count},
                          {"change", Unit::share}};
  ChangeFigures now;
  std::optional<ChangeFigures> before;
  at_once(ask, {[&] { now = change_figures(ask, ask.period.days); },
                [&] {
                  if (ask.period.previous) before = change_figures(ask, *ask.period.previous);
                }});
  for (std::size_t i = 0; i < now.size(); ++i) {
    const auto [figure, value] = now.at(i);
    const auto previous = before ? std::optional(before->at(i).second) : std::nullopt;
    const bool comparable = previous && *previous != 0;
    result.table.rows.push_back({std::string(figure), value, cell_of(previous),
                                 comparable ? share_cell(value - *previous, *previous) : Cell()});
  }
}

void year(const Ask& ask, Result& result) {
  Figures figures;
  NewOnes fresh;
  std::vector<std::vector<Cell>> top(3);
  std::vector<std::pair<std::int32_t, std::int64_t>> days;
  std::optional<Days> streak;
  std::vector<Session> sessions;
  at_once(ask,
          {[&] { top[2] = top_one("track", ask); }, [&] { top[1] = top_one("album", ask); },
           [&] { figures = figures_of(ask, ask.counted); },
           [&] { fresh = new_ones(ask, ask.period.days); },
           [&] { top[0] = top_one("artist", ask); }, [&] { sessions = sessions_of(ask.counted); },
           [&] {
             days = heard_by_day(ask);
             streak = longest_streak(ask.counted);
           }});
  Figured figured(result);
  figured.add("plays", figures.plays);
  figured.add("ms", figures.ms);
  figured.add("ms_estimated", figures.ms_estimated);
  figured.add("artists", figures.artists);
  figured.add("albums", figures.albums);
  figured.add("tracks", figures.tracks);
  figured.add("days", figures.days);
  figured.add("new_artists", fresh.artists);
  figured.add("new_tracks", fresh.tracks);
  for (const auto& row : top) figured.add(row);
  add_busiest("busiest_day", Step::day, days, figured);
  add_busiest("busiest_week", Step::week, days, figured);
  add_busiest("busiest_month", Step::month, days, figured);
  if (streak) {
    figured.add("longest_streak", static_cast<std::int64_t>(streak->count()), to_day(streak->from),
                to_day(streak->to));
  }
  const auto longest = std::max_element(
      sessions.begin(), sessions.end(),
      [](const Session& a, const Session& b) { return a.end - a.start < b.end - b.start; });
  if (longest != sessions.end()) {
    figured.add("longest_session", longest->ms, moment_cell(longest->start),
                moment_cell(longest->end));
  }
}

}  // namespace soundlake::stats
