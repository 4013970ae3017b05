// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/lake/play_batch.hpp"
#include "soundlake/stats/statistics.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

/// Test support: small datasets made of plays in words.
namespace soundlake::stats {

/// A play that starts at a UTC moment, in a zone that is `offset_min` ahead of UTC.
inline lake::Play a_play(const std::string& start, const std::string& artist,
                         const std::string& track, std::int64_t seconds = 200,
                         int offset_min = 60) {
  lake::Play play;
  play.started_at = *base::parse_utc(start);
  play.ms_played = seconds * 1000;
  play.played_at = play.started_at + std::chrono::seconds(seconds);
  play.utc_offset_min = offset_min;
  play.local_date = base::utc_day(play.started_at + std::chrono::minutes(offset_min));
  play.play_id = start + track;
  play.kind = "track";
  play.artist_name = artist;
  play.track_name = track;
  play.album_name = "Album of " + artist;
  play.reason_end = "trackdone";
  play.source = "extended";
  return play;
}

inline Dataset dataset_of(std::vector<lake::Play> plays, Sources sources = {}) {
  if (sources.timezone.empty()) sources.timezone = "UTC";
  bool given = false;
  return make_dataset(
      [&]() -> std::optional<lake::PlayBatch> {
        if (std::exchange(given, true)) return std::nullopt;
        return lake::to_batch(plays);
      },
      sources);
}

inline const base::Day kToday = *base::parse_day("2026-11-20");

inline Result ask(const Dataset& data, const std::string& name, const Pairs& pairs = {}) {
  return compute(data, statistic_named(name), parse_query(pairs), kToday);
}

/// A cell as text, `-` for nothing.
inline std::string text_of(const Cell& cell) {
  struct ToText {
    std::string operator()(std::monostate) const { return "-"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(double value) const {
      auto text = std::to_string(value);
      text.erase(text.find_last_not_of('0') + 1);
      return text.ends_with('.') ? text + '0' : text;
    }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(const std::string& value) const { return value; }
    std::string operator()(const std::vector<std::string>& value) const {
      std::string text;
      for (const auto& word : value) text += (text.empty() ? "" : "+") + word;
      return text;
    }
    std::string operator()(const base::Day& day) const { return base::format_day(day); }
    std::string operator()(const base::Instant& at) const { return base::format_utc(at); }
  };
  return std::visit(ToText(), cell);
}

/// The chosen columns of every row, joined by blanks.
inline std::vector<std::string> lines(const Result& result,
                                      const std::vector<std::string>& columns) {
  std::vector<std::string> lines;
  for (const auto& row : result.table.rows) {
    std::string line;
    for (const auto& name : columns) {
      const auto column = std::find_if(result.table.columns.begin(), result.table.columns.end(),
                                       [&](const Column& one) { return one.name == name; });
      const auto at = static_cast<std::size_t>(column - result.table.columns.begin());
      line += (line.empty() ? "" : " ") + text_of(row.at(at));
    }
    lines.push_back(line);
  }
  return lines;
}

}  // namespace soundlake::stats
