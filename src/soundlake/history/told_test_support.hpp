// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/history/read_exports.hpp"
#include "soundlake/lake/rows.hpp"

#include <string>
#include <utility>
#include <vector>

/// Test support: told plays and exports from rows.
namespace soundlake::history {

/// A row of the kind that exports tell: `extended` to the second, `account` to the minute.
inline lake::Play told_row(const std::string& source, base::Instant end, std::int64_t ms,
                           const std::string& song) {
  lake::Play row;
  row.source = source;
  row.kind = "track";
  row.played_at = end;
  row.ms_played = ms;
  row.started_at = end - std::chrono::milliseconds(ms);
  row.track_name = song;
  row.artist_name = "Artist of " + song.substr(0, 1);
  row.reported_at = base::format_utc(end);
  if (source == "account") {
    row.reported_at = row.reported_at->substr(0, 10) + " " + row.reported_at->substr(11, 5);
  } else {
    row.spotify_uri = "spotify:track:" + song;
    row.album_name = "Album of " + song.substr(0, 1);
  }
  return row;
}

inline ToldPlays told(const std::vector<lake::Play>& rows) {
  ToldPlays plays;
  lake::TextCoder texts(plays.texts);
  ContentCoder contents(plays.contents);
  const auto code = [&](const lake::Text& text) { return text ? texts.code_of(*text) : -1; };
  const auto flag = [](const std::optional<bool>& value) {
    return static_cast<std::int8_t>(value ? (*value ? 1 : 0) : -1);
  };
  for (const auto& row : rows) {
    Content content;
    content.text(Name::uri) = code(row.spotify_uri);
    content.text(Name::track) = code(row.track_name);
    content.text(Name::artist) = code(row.artist_name);
    content.text(Name::album) = code(row.album_name);
    content.text(Name::show) = code(row.show_name);
    content.text(Name::episode) = code(row.episode_name);
    content.text(Name::audiobook) = code(row.audiobook_name);
    content.text(Name::chapter) = code(row.chapter_name);
    for (const auto kind :
         {Kind::track, Kind::episode, Kind::chapter, Kind::video, Kind::unknown}) {
      if (row.kind == name_of(kind)) content.kind = kind;
    }
    plays.content.push_back(contents.code_of(content));
    const auto& time = row.reported_at.value();
    plays.reported_at.push_back(base::to_unix_ms(base::parse_utc(time).value()));
    plays.time_form.push_back(time.size() == 16    ? TimeForm::blank_minutes
                              : time.back() != 'Z' ? TimeForm::blank_seconds
                                                   : TimeForm::utc_seconds);
    plays.played_at.push_back(base::to_unix_ms(row.played_at));
    plays.ms_played.push_back(row.ms_played);
    plays.source.push_back(row.source == "account" ? Source::account : Source::extended);
    plays.platform.push_back(code(row.platform));
    plays.country.push_back(code(row.country));
    plays.reason_start.push_back(code(row.reason_start));
    plays.reason_end.push_back(code(row.reason_end));
    plays.shuffle.push_back(flag(row.shuffle));
    plays.skipped.push_back(flag(row.skipped));
    plays.offline.push_back(flag(row.offline));
    plays.incognito.push_back(flag(row.incognito));
  }
  return plays;
}

/// An export of these files.
inline ReadExports an_export(const std::vector<std::vector<lake::Play>>& files) {
  ReadExports exports;
  std::vector<lake::Play> all;
  for (const auto& rows : files) {
    ExportFile file;
    file.name = "file " + std::to_string(exports.files.size() + 1);
    file.format = rows.empty() || rows[0].source == "extended" ? "extended" : "account music";
    file.rows_read = static_cast<std::int64_t>(rows.size());
    file.first_row = all.size();
    file.plays = rows.size();
    exports.files.push_back(std::move(file));
    all.insert(all.end(), rows.begin(), rows.end());
  }
  exports.plays = told(all);
  return exports;
}

}  // namespace soundlake::history
