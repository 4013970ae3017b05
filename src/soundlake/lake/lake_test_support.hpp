// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/error.hpp"
#include "soundlake/lake/lake.hpp"
#include "soundlake/store/hooked_store.hpp"
#include "soundlake/store/memory_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// Test support: small lakes in memory.
namespace soundlake::lake {

inline const base::Instant kNoon = *base::parse_utc("2026-03-04T12:00:00Z");

inline Artist an_artist(const std::string& key, const std::string& name) {
  Artist artist;
  artist.key = key;
  artist.name = name;
  return artist;
}

inline Track a_track(const std::string& key) {
  Track track;
  track.key = key;
  track.name = "Track " + key;
  return track;
}

/// A play that ends `minute` minutes into the UTC year.
inline Play a_play(int year, int minute) {
  Play play;
  const auto start_of_year = std::chrono::sys_days(std::chrono::year(year) / 1 / 1);
  play.played_at = start_of_year + std::chrono::minutes(minute);
  play.started_at = play.played_at - std::chrono::minutes(3);
  play.local_date = base::utc_day(play.started_at);
  play.play_id = std::to_string(year) + "-" + std::to_string(minute);
  play.ms_played = 180'000;
  play.kind = "track";
  play.source = "recent";
  return play;
}

inline RunInfo a_run(const std::string& command = "extract") {
  return {.command = command, .started_at = kNoon - std::chrono::minutes(1)};
}

inline Lake lake_in(std::shared_ptr<store::Store> store, base::Instant now = kNoon) {
  return Lake::open_or_create(std::move(store), base::fixed_clock(now),
                              {.timezone = "Europe/Berlin", .simulated = false});
}

/// Adds rows to what is there, as every build function has to.
template <class Row>
void add_rows(Edit& edit, std::vector<Row> more) {
  auto rows = edit.rows<Row>();
  for (auto& row : more) {
    if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(std::move(row));
  }
  edit.replace(std::move(rows));
}

inline std::vector<std::string> names_of(const std::vector<Artist>& artists) {
  std::vector<std::string> names;
  for (const auto& artist : artists) names.push_back(artist.name.value_or(""));
  return names;
}

inline std::vector<std::string> ids_of(const std::vector<Play>& plays) {
  std::vector<std::string> ids;
  for (const auto& play : plays) ids.push_back(play.play_id);
  return ids;
}

inline std::vector<std::string> keys_in(store::Store& store, const std::string& prefix = "") {
  std::vector<std::string> keys;
  for (const auto& info : store.list(prefix)) keys.push_back(info.key);
  return keys;
}

/// The error that `work` throws; fails the test when it throws none.
inline std::optional<Error> error_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "nothing was thrown";
  return std::nullopt;
}

}  // namespace soundlake::lake
