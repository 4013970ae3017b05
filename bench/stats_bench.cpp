// SPDX-License-Identifier: Apache-2.0
// Every statistic over many plays, each checked against the plays it was made from. The lake stays
// behind in the folder that is named.
//   stats_bench [plays = 1000000] [folder for the lake]
#include "soundlake/base/hash.hpp"
#include "soundlake/lake/lake.hpp"
#include "soundlake/lake/play_batch.hpp"
#include "soundlake/lake/tables.hpp"
#include "soundlake/stats/statistics.hpp"
#include "soundlake/store/local_store.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <numeric>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

namespace {

namespace base = soundlake::base;
namespace lake = soundlake::lake;
namespace stats = soundlake::stats;

constexpr std::size_t kTracks = 120'000;
constexpr int kRepeats = 7;
constexpr double kBudgetMs = 10;  // per million plays

/// A listener's plays in order of time: few tracks often, many rarely.
std::vector<lake::Play> listen(std::size_t count) {
  std::mt19937_64 random(20260101);
  const auto below = [&](std::uint64_t bound) { return random() % bound; };
  std::vector<lake::Play> plays(count);
  auto at = *base::parse_utc("2010-01-01T08:00:00Z");
  const auto pause = std::max<std::int64_t>(10, 100'000'000 / static_cast<std::int64_t>(count));
  std::size_t number = 0;
  for (auto& play : plays) {
    const double skew = std::pow(static_cast<double>(below(1'000'000)) / 1e6, 3.0);
    const auto track = static_cast<std::uint64_t>(skew * kTracks);
    const auto length = 120'000 + static_cast<std::int64_t>(track * 7919 % 240'000);
    const bool finished = below(10) < 7;
    play.ms_played =
        finished ? length : static_cast<std::int64_t>(below(static_cast<std::uint64_t>(length)));
    play.started_at =
        at + std::chrono::seconds(below(20) == 0 ? below(static_cast<std::uint64_t>(pause) * 30)
                                                 : below(20));
    play.played_at = play.started_at + std::chrono::milliseconds(play.ms_played);
    at = play.played_at;
    play.utc_offset_min = 60;
    play.local_date = base::utc_day(play.started_at + std::chrono::hours(1));
    play.kind = below(30) == 0 ? "episode" : "track";
    if (play.kind == "track") {
      play.spotify_uri = fmt::format("spotify:track:{:022}", track);
      play.track_name = fmt::format("Song {:x} of the long evening", track);
      play.artist_name = fmt::format("Artist {}", track / 6);
      play.album_name = fmt::format("Album {} (Deluxe)", track / 3);
    } else {
      play.show_name = fmt::format("Show {}", track % 40);
      play.episode_name = fmt::format("Episode {}", track % 900);
    }
    play.platform = below(4) == 0 ? "ios" : "Linux [x86-64 0]";
    play.country = below(50) == 0 ? "SE" : "DE";
    play.reason_start = below(3) == 0 ? "clickrow" : "trackdone";
    play.reason_end = finished ? "trackdone" : "fwdbtn";
    play.shuffle = below(2) == 0;
    play.skipped = !finished;
    play.offline = false;
    play.incognito = false;
    play.source = "extended";
    play.play_id = fmt::format("{:016x}", number++);
  }
  return plays;
}

lake::Lake fill(const std::string& folder, const std::vector<lake::Play>& plays) {
  auto store = std::make_shared<soundlake::store::LocalStore>(folder);
  auto made = lake::Lake::open_or_create(store, base::system_clock(),
                                         {.timezone = "Etc/GMT-1", .simulated = true});
  std::vector<lake::Artist> artists(kTracks / 6);
  for (std::size_t i = 0; i < artists.size(); ++i) {
    artists[i].key = fmt::format("{:022}", i);
    artists[i].id = artists[i].key;
    artists[i].name = fmt::format("Artist {}", i);
    artists[i].genres.value = {{"pop", i % 3 == 0 ? "indie rock" : "hip hop"}};
    artists[i].popularity.value = static_cast<std::int32_t>(i % 101);
  }
  made.commit({.command = "bench", .started_at = base::system_clock()()}, [&](lake::Edit& edit) {
    edit.replace(plays);
    edit.replace(artists);
  });
  return made;
}

double milliseconds_of(const std::function<void()>& work) {
  double best = 1e9;
  for (int i = 0; i < kRepeats; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    best = std::min(
        best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
                  .count());
  }
  return best;
}

void require(bool right, const std::string& what) {
  if (right) return;
  fmt::print(stderr, "wrong result: {}\n", what);
  std::exit(1);
}

std::size_t column_of(const stats::Table& table, const char* name) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].name == name) return i;
  }
  require(false, std::string("no column ") + name);
  return 0;
}

std::int64_t sum(const stats::Table& table, const char* name) {
  const auto at = column_of(table, name);
  std::int64_t total = 0;
  for (const auto& row : table.rows) total += std::get<std::int64_t>(row[at]);
  return total;
}

bool counts(const lake::Play& play) {
  return play.kind == "track" && play.ms_played >= 30'000;
}

/// What can be told from the plays alone, in a second way.
void check(const stats::Result& result, const std::vector<lake::Play>& plays) {
  static const auto counted = std::count_if(plays.begin(), plays.end(), counts);
  const auto& name = result.statistic;
  if (name == "totals" || name == "series" || name == "week-hours" || name == "decades" ||
      name == "tempo-hours" || name == "tempo-over-time" || name == "newness") {
    require(sum(result.table, "plays") == counted, name);
  }
  if (name == "shares") require(sum(result.table, "plays") == 9 * counted, name);
  if (name == "top-artists") {
    std::unordered_map<std::string, std::int64_t> ms;
    for (const auto& play : plays) {
      if (counts(play)) ms[*play.artist_name] += play.ms_played;
    }
    const auto& first = result.table.rows.front();
    const auto most = std::max_element(
        ms.begin(), ms.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    require(std::get<std::int64_t>(first[column_of(result.table, "ms")]) == most->second, name);
  }
  if (name == "discoveries") {
    std::unordered_map<std::string, int> artists;
    for (const auto& play : plays) {
      if (counts(play)) artists[*play.artist_name] = 1;
    }
    require(sum(result.table, "artists") == static_cast<std::int64_t>(artists.size()), name);
  }
  require(!result.table.rows.empty() || name == "gaps" || name == "rediscoveries",
          name + " is empty");
}

std::size_t bytes_of(const stats::PlayColumns& plays) {
  const auto one = [](const auto& column) { return column.capacity() * sizeof(column[0]); };
  return one(plays.start) + one(plays.ms) + one(plays.day) + one(plays.hour_of_week) +
         one(plays.artist) + one(plays.album) + one(plays.track) + one(plays.show) +
         one(plays.episode) + one(plays.country) + one(plays.platform) + one(plays.reason_start) +
         one(plays.reason_end) + one(plays.states) + one(plays.facts);
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
  const auto folder = argc > 2 ? std::string(argv[2])
                               : (std::filesystem::temp_directory_path() /
                                  fmt::format("soundlake-stats-bench-{}", ::getpid()))
                                     .string();
  const auto plays = listen(count);
  const auto lake = fill(folder, plays);
  stats::Dataset data;
  const double load = milliseconds_of([&] { data = stats::load(lake.view()); });
  require(data.plays.size() == count, "plays are missing");
  const auto bytes = static_cast<double>(bytes_of(data.plays)) / static_cast<double>(count);
  const auto budget = kBudgetMs * std::max(1.0, static_cast<double>(count) / 1e6);
  fmt::print("{} plays; loaded in {:.0f} ms; {:.1f} bytes a play\n", count, load, bytes);
  require(bytes <= 45, "more than 45 bytes a play");

  const auto today = plays.back().local_date;
  double all = 0;
  std::string lines;
  for (const auto& statistic : stats::all_statistics()) {
    stats::Pairs pairs;
    if (statistic.name == "artist") pairs = {{"artist", "Artist 7"}};
    if (statistic.name == "album") pairs = {{"album", "Album 7 (Deluxe)"}};
    if (statistic.name == "track") pairs = {{"track", "Song 7 of the long evening"}};
    const auto query = stats::parse_query(pairs);
    stats::Result result;
    const double ms =
        milliseconds_of([&] { result = stats::compute(data, statistic, query, today); });
    check(result, plays);
    all += ms;
    fmt::print("{:<18}{:>9.2f} ms{:>8} rows{:>8.2f} of the budget{}\n", statistic.name, ms,
               result.table.rows.size(), ms / budget, ms > budget ? "  OVER" : "");
    lines += fmt::format("{} {:.4f}\n", statistic.name, ms);
  }
  fmt::print("all together {:.1f} ms\n", all);
  if (argc > 2) {
    std::ofstream(folder + "/times.txt") << lines;
  } else {
    std::filesystem::remove_all(folder);
  }
  return 0;
}
