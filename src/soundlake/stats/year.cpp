// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/computations.hpp"
#include "soundlake/stats/figures.hpp"
#include "soundlake/stats/ranking.hpp"
#include "soundlake/stats/streaks.hpp"

#include <algorithm>
#include <array>
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

using Named7 = std::array<std::pair<const char*, std::int64_t>, 9>;

Named7 change_figures(const Ask& ask, const Days& days) {
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
  void add_top(const char* figure, const Ask& ask, const std::string& field) {
    const auto what = named(ask.data, field);
    const auto tallies = tally(ask.counted, what.codes, what.entities.size());
    const Order order(ask.data, what.entities, ask.query.by);
    const auto first = ranked(tallies, order, 1);
    if (first.empty() || first.front() < 0) return;
    const auto& tally = tallies[Entities::at(first.front() + 1)];
    rows_.push_back({std::string(figure), measure_of(tally.ms, tally.plays, ask.query.by),
                     key_cell(ask.data, what.entities, first.front()),
                     name_cell(what.entities, first.front()),
                     by_cell(ask.data, what.entities, first.front()), moment_cell(tally.first),
                     moment_cell(tally.last)});
  }

 private:
  std::vector<std::vector<Cell>>& rows_;
};

/// The step in which most was heard by the measure; the earliest of equal ones.
void add_busiest(const char* figure, Step step, const Ask& ask, Figured& figured) {
  struct Best {
    std::int32_t start = 0;
    std::int64_t value = 0;
  };
  Best best;
  Best current{std::numeric_limits<std::int32_t>::min(), 0};
  const auto close = [&] {
    if (current.value > best.value) best = current;
  };
  const auto& plays = ask.data.plays;
  std::int32_t next = std::numeric_limits<std::int32_t>::min();
  ask.counted.each([&](std::size_t row) {
    if (plays.day[row] >= next) {
      close();
      current = {step_start(plays.day[row], step), 0};
      next = next_step(current.start, step);
    }
    current.value += ask.query.by == Measure::time ? plays.ms[row] : 1;
  });
  close();
  if (best.value == 0) return;
  figured.add(figure, best.value, to_day(best.start), to_day(next_step(best.start, step) - 1));
}

}  // namespace

void change(const Ask& ask, Result& result) {
  result.table.columns = {{"figure", Unit::text},
                          {"value", Unit::count},
                          {"previous", Unit::count},
                          {"change", Unit::share}};
  const auto now = change_figures(ask, ask.period.days);
  std::optional<Named7> before;
  if (ask.period.previous) before = change_figures(ask, *ask.period.previous);
  for (std::size_t i = 0; i < now.size(); ++i) {
    const auto [figure, value] = now.at(i);
    const auto previous = before ? std::optional(before->at(i).second) : std::nullopt;
    const bool comparable = previous && *previous != 0;
    result.table.rows.push_back({std::string(figure), value, cell_of(previous),
                                 comparable ? share_cell(value - *previous, *previous) : Cell()});
  }
}

void year(const Ask& ask, Result& result) {
  const auto figures = figures_of(ask, ask.counted);
  const auto fresh = new_ones(ask, ask.period.days);
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
  figured.add_top("top_artist", ask, "artist");
  figured.add_top("top_album", ask, "album");
  figured.add_top("top_track", ask, "track");
  add_busiest("busiest_day", Step::day, ask, figured);
  add_busiest("busiest_week", Step::week, ask, figured);
  add_busiest("busiest_month", Step::month, ask, figured);
  if (const auto streak = longest_streak(ask.counted)) {
    figured.add("longest_streak", static_cast<std::int64_t>(streak->count()), to_day(streak->from),
                to_day(streak->to));
  }
  const auto sessions = sessions_of(ask.counted);
  const auto longest = std::max_element(
      sessions.begin(), sessions.end(),
      [](const Session& a, const Session& b) { return a.end - a.start < b.end - b.start; });
  if (longest != sessions.end())
    figured.add("longest_session", longest->ms, moment_cell(longest->start),
                moment_cell(longest->end));
}

}  // namespace soundlake::stats
