// SPDX-License-Identifier: Apache-2.0
// Writing and reading plays as Parquet: one file of many plays, and the same plays as a lake keeps
// them, by year.
//   plays_parquet_bench [plays = 1000000] [file to leave behind]
#include "soundlake/base/hash.hpp"
#include "soundlake/lake/codec.hpp"
#include "soundlake/lake/play_batch.hpp"
#include "soundlake/lake/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace {

using soundlake::lake::Play;
using soundlake::lake::PlayBatch;
namespace base = soundlake::base;
namespace lake = soundlake::lake;

constexpr std::size_t kTracks = 120'000;
constexpr int kRepeats = 5;

std::string base62(std::uint64_t number) {
  constexpr std::string_view kDigits =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  std::string text;
  for (int i = 0; i < 22; ++i) {
    text += kDigits[number % 62];
    number = number * 6364136223846793005ULL + 1442695040888963407ULL;
  }
  return text;
}

/// A listener's plays in order of time: few tracks often, many rarely, names as long as names are.
std::vector<Play> listen(std::size_t count) {
  std::mt19937_64 random(20260101);
  const auto below = [&](std::uint64_t bound) { return random() % bound; };
  std::vector<Play> plays(count);
  auto at = *base::parse_utc("2012-01-01T08:00:00Z");
  for (auto& play : plays) {
    const double skew = std::pow(static_cast<double>(below(1'000'000)) / 1e6, 3.0);
    const auto track = static_cast<std::uint64_t>(skew * kTracks);
    const auto length = 120'000 + static_cast<std::int64_t>(track * 7919 % 240'000);
    const bool finished = below(10) < 7;
    play.ms_played =
        finished ? length : static_cast<std::int64_t>(below(static_cast<std::uint64_t>(length)));
    play.started_at = at + std::chrono::seconds(below(240));
    play.played_at = play.started_at + std::chrono::milliseconds(play.ms_played);
    at = play.played_at;
    play.reported_at = base::format_utc(std::chrono::floor<std::chrono::seconds>(play.played_at));
    play.local_date = base::utc_day(play.started_at + std::chrono::hours(1));
    play.utc_offset_min = 60;
    play.kind = "track";
    play.spotify_uri = "spotify:track:" + base62(track);
    play.track_name = fmt::format("Song {:x} of the long evening", track);
    play.artist_name = fmt::format("Artist {}", track / 6);
    play.album_name = fmt::format("Album {} (Deluxe)", track / 3);
    play.platform = below(4) == 0 ? "ios" : "Linux [x86-64 0]";
    play.country = below(50) == 0 ? "SE" : "DE";
    play.reason_start = below(3) == 0 ? "clickrow" : "trackdone";
    play.reason_end = finished ? "trackdone" : "fwdbtn";
    play.shuffle = below(2) == 0;
    play.skipped = !finished;
    play.offline = false;
    play.incognito = false;
    play.source = "extended";
    play.play_id = base::short_hash(fmt::format("{}{}", *play.reported_at, *play.spotify_uri));
  }
  return plays;
}

/// The best of several runs: time on the wall, and time on all cores together.
struct Timing {
  double seconds = 1e9;
  double cpu_seconds = 1e9;
};

Timing time_of(const std::function<void()>& work) {
  Timing best;
  for (int i = 0; i < kRepeats; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    const auto cpu_begin = std::clock();
    work();
    const auto cpu = static_cast<double>(std::clock() - cpu_begin) / CLOCKS_PER_SEC;
    const auto wall =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    best.seconds = std::min(best.seconds, wall);
    best.cpu_seconds = std::min(best.cpu_seconds, cpu);
  }
  return best;
}

void print(const char* what, const Timing& timing, std::size_t plays,
           double budget_per_million = 0) {
  const double budget = budget_per_million * static_cast<double>(plays) / 1e6;
  fmt::print("{:<28}{:>9.1f} ms{:>9.1f} ms of processor", what, timing.seconds * 1e3,
             timing.cpu_seconds * 1e3);
  if (budget > 0) {
    fmt::print("{:>8.2f} of the budget{}", timing.seconds / budget,
               timing.seconds > budget ? "  OVER" : "");
  }
  fmt::print("\n");
}

void require(bool equal, const char* what) {
  if (equal) return;
  fmt::print(stderr, "wrong result: {}\n", what);
  std::exit(1);
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
  const auto plays = listen(count);

  PlayBatch batch;
  std::string file;
  std::string file_of_rows;
  PlayBatch read;
  PlayBatch some;
  std::vector<Play> rows;
  const auto to_batch = time_of([&] { batch = lake::to_batch(plays); });
  const auto write = time_of([&] { file = lake::encode(batch); });
  const auto write_rows = time_of([&] { file_of_rows = lake::encode(plays); });
  const auto read_all = time_of([&] { read = lake::decode_play_batch(file, "plays"); });
  const auto read_some = time_of([&] {
    some =
        lake::decode_play_batch(file, "plays",
                                {"played_at", "ms_played", "local_date", "utc_offset_min", "kind",
                                 "track_name", "artist_name", "album_name", "reason_end"});
  });
  const auto read_rows = time_of([&] { rows = lake::decode<Play>(file, "plays"); });

  std::map<int, std::vector<Play>> by_year;
  for (const auto& play : plays) by_year[base::utc_year(play.played_at)].push_back(play);
  std::vector<PlayBatch> batches;
  for (const auto& [year, of_year] : by_year) batches.push_back(lake::to_batch(of_year));
  std::vector<std::string> files;
  const auto write_years = time_of([&] {
    files.clear();
    for (const auto& of_year : batches) files.push_back(lake::encode(of_year));
  });
  std::size_t read_back = 0;
  const auto read_years = time_of([&] {
    read_back = 0;
    for (const auto& bytes : files) read_back += lake::decode_play_batch(bytes, "plays").rows;
  });

  require(file == file_of_rows, "rows and columns give different bytes");
  require(rows == plays, "rows read differ from rows written");
  require(lake::to_plays(read) == plays, "columns read differ from columns written");
  require(some.rows == count && some.played_at == batch.played_at, "chosen columns differ");
  require(read_back == count, "the years do not add up");

  std::size_t bytes_of_years = 0;
  for (const auto& bytes : files) bytes_of_years += bytes.size();
  fmt::print("{} plays, best of {}\n", count, kRepeats);
  fmt::print("one file {:.1f} MB ({:.1f} bytes a play), {} years {:.1f} MB\n",
             static_cast<double>(file.size()) / 1e6,
             static_cast<double>(file.size()) / static_cast<double>(count), files.size(),
             static_cast<double>(bytes_of_years) / 1e6);
  print("rows to columns", to_batch, count);
  print("write columns", write, count, 1.5);
  print("write rows", write_rows, count, 1.5);
  print("read all columns", read_all, count, 0.15);
  print("read nine columns", read_some, count, 0.15);
  print("read rows", read_rows, count);
  print("write columns by year", write_years, count, 1.5);
  print("read all columns by year", read_years, count, 0.15);
  fmt::print("columns are read {:.1f} times and written {:.1f} times as fast as rows\n",
             read_rows.seconds / read_all.seconds, write_rows.seconds / write.seconds);
  if (argc > 2) std::ofstream(argv[2], std::ios::binary) << file;
  return 0;
}
