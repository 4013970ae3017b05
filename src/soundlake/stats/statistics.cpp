// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/statistics.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/stats/computations.hpp"

#include <algorithm>

namespace soundlake::stats {
namespace {

const std::vector<Kind> kMusic{Kind::track, Kind::video};
const std::vector<Kind> kSpoken{Kind::episode, Kind::chapter};
const std::vector<Kind> kEverything{Kind::track, Kind::episode, Kind::chapter, Kind::video,
                                    Kind::unknown};

void check_fields(const Statistic& statistic, const Query& query) {
  if (statistic.one_field && query.fields.size() > 1) {
    throw Error(ErrorKind::usage, statistic.name + " takes one field",
                "use one of " + base::join(statistic.fields, ", "));
  }
  for (const auto& field : query.fields) {
    const auto& known = statistic.fields;
    if (std::find(known.begin(), known.end(), field) != known.end()) continue;
    if (known.empty()) {
      throw Error(ErrorKind::usage, statistic.name + " has no field to choose", "leave field away");
    }
    throw Error(ErrorKind::usage, "'" + field + "' is no field of " + statistic.name,
                "use " + base::join(known, ", "));
  }
}

bool touches_gap(const Dataset& data, const Days& days) {
  return std::any_of(data.gap_days.begin(), data.gap_days.end(), [&](const auto& gap) {
    return gap.first <= days.to && gap.second >= days.from;
  });
}

}  // namespace

Selection Ask::ever() const {
  return counted.within({std::numeric_limits<std::int32_t>::min(), period.days.to});
}

std::vector<std::string> Ask::fields() const {
  return query.fields.empty() ? known_fields : query.fields;
}

std::string Ask::field() const {
  return fields().front();
}

const std::vector<Statistic>& all_statistics() {
  static const std::vector<Statistic> statistics{
      {.name = "totals",
       .summary = "Plays, time, artists, albums, tracks and days",
       .kinds = kMusic,
       .compute = totals},
      {.name = "change",
       .summary = "The same and what is new, against the period before",
       .kinds = kMusic,
       .compute = change},
      {.name = "top-artists", .summary = "Artists", .kinds = kMusic, .compute = top_artists},
      {.name = "top-albums", .summary = "Albums", .kinds = kMusic, .compute = top_albums},
      {.name = "top-tracks", .summary = "Tracks", .kinds = kMusic, .compute = top_tracks},
      {.name = "top-genres",
       .summary = "Genres of the artists heard",
       .kinds = kMusic,
       .compute = top_genres},
      {.name = "top-shows",
       .summary = "Podcasts and audiobooks",
       .kinds = kSpoken,
       .compute = top_shows},
      {.name = "top-episodes",
       .summary = "Episodes and chapters",
       .kinds = kSpoken,
       .compute = top_episodes},
      {.name = "series", .summary = "Plays and time by step", .kinds = kMusic, .compute = series},
      {.name = "week-hours",
       .summary = "Plays and time by weekday and hour",
       .kinds = kMusic,
       .compute = week_hours},
      {.name = "discoveries",
       .summary = "Artists and tracks heard for the first time, by step",
       .kinds = kMusic,
       .compute = discoveries},
      {.name = "newness",
       .summary = "Share of artists first heard within 30 days, by step",
       .kinds = kMusic,
       .compute = newness},
      {.name = "rediscoveries",
       .summary = "What came back after half a year or more",
       .kinds = kMusic,
       .fields = {"artist", "album", "track"},
       .one_field = true,
       .compute = rediscoveries},
      {.name = "streaks", .summary = "Days in a row", .kinds = kMusic, .compute = streaks},
      {.name = "sessions",
       .summary = "Listening without a pause of half an hour",
       .kinds = kMusic,
       .compute = sessions},
      {.name = "shares",
       .summary = "Platform, country, shuffle, offline and more",
       .kinds = kMusic,
       .fields = {"platform", "country", "shuffle", "offline", "incognito", "reason_start",
                  "reason_end", "source", "kind"},
       .compute = shares},
      {.name = "skips",
       .summary = "Share skipped, with its interval",
       .kinds = kMusic,
       .fields = {"artist", "album", "track"},
       .one_field = true,
       .every_row = true,
       .compute = skips},
      {.name = "rank-over-time",
       .summary = "The first ranks of every step",
       .kinds = kMusic,
       .fields = {"artist", "album", "track", "show"},
       .one_field = true,
       .compute = rank_over_time},
      {.name = "genres-over-time",
       .summary = "Genre families by step",
       .kinds = kMusic,
       .compute = genres_over_time},
      {.name = "concentration",
       .summary = "How much the first 1, 2, 5, 10 … make up",
       .kinds = kMusic,
       .fields = {"artist", "album", "track"},
       .one_field = true,
       .compute = concentration},
      {.name = "decades", .summary = "Release decades", .kinds = kMusic, .compute = decades},
      {.name = "tempo-hours",
       .summary = "BPM and mode by hour",
       .kinds = kMusic,
       .compute = tempo_hours},
      {.name = "tempo-over-time",
       .summary = "BPM and mode by step",
       .kinds = kMusic,
       .compute = tempo_over_time},
      {.name = "artist", .summary = "One artist", .kinds = kMusic, .compute = artist},
      {.name = "album", .summary = "One album", .kinds = kMusic, .compute = album},
      {.name = "track", .summary = "One track", .kinds = kMusic, .compute = track},
      {.name = "year",
       .summary = "A year, or any dates, in review",
       .kinds = kMusic,
       .compute = year},
      {.name = "popularity",
       .summary = "Artist popularity, in the order of the top list",
       .kinds = kMusic,
       .compute = popularity},
      {.name = "tempo",
       .summary = "BPM and mode of the top artists' tracks",
       .kinds = kMusic,
       .compute = tempo},
      {.name = "releases",
       .summary = "Albums of the top artists",
       .kinds = kMusic,
       .compute = releases},
      {.name = "genres",
       .summary = "Genre distribution of the top artists",
       .kinds = kMusic,
       .compute = genres},
      {.name = "taste-change",
       .summary = "The top list against the one before",
       .kinds = kMusic,
       .compute = taste_change},
      {.name = "taste-genres",
       .summary = "Genre families of the top lists by month",
       .kinds = kMusic,
       .compute = taste_genres},
      {.name = "coverage",
       .summary = "Where plays and values come from",
       .kinds = kEverything,
       .every_row = true,
       .compute = coverage},
      {.name = "gaps",
       .summary = "Where plays may be missing",
       .kinds = kEverything,
       .every_row = true,
       .compute = gaps},
  };
  return statistics;
}

const Statistic& statistic_named(const std::string& name) {
  std::vector<std::string> names;
  for (const auto& statistic : all_statistics()) {
    if (statistic.name == name) return statistic;
    names.push_back(statistic.name);
  }
  const auto near = base::nearest(name, names);
  throw Error(ErrorKind::usage, "there is no statistic '" + name + "'",
              near ? "did you mean `" + *near + "`?" : "use " + base::join(names, ", "));
}

Result compute(const Dataset& data, const Statistic& statistic, const Query& query,
               base::Day today) {
  check_fields(statistic, query);
  auto period = period_of(query, data, today);
  const auto filter = filter_of(query, data);
  const auto kinds = query.kinds.value_or(statistic.kinds);
  const auto rule = statistic.every_row ? Rule::all : query.rule;
  const Selection counted(data, period.days, rule, kinds, filter);
  const Ask ask{data, query, period, filter, kinds, rule, counted, statistic.fields};
  Result result;
  result.statistic = statistic.name;
  result.rule = name_of(rule);
  result.timezone = data.timezone;
  if (!period.days.empty()) {
    result.from = to_day(period.days.from);
    result.to = to_day(period.days.to);
    result.at_least = touches_gap(data, period.days);
  }
  statistic.compute(ask, result);
  if (result.table.rows.size() > kMostRows) {
    throw Error(ErrorKind::usage,
                statistic.name + " would have " + std::to_string(result.table.rows.size()) +
                    " rows; " + std::to_string(kMostRows) + " is the most",
                "use limit, a longer step, or dates nearer to each other");
  }
  return result;
}

}  // namespace soundlake::stats
