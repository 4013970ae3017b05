// SPDX-License-Identifier: Apache-2.0
// Merging an export that was read into a lake: the plays of fourteen years, and the same once more.
//   import_merge_bench [plays = 230000] [folder for the lake = /dev/shm]
#include "soundlake/history/import.hpp"
#include "soundlake/store/local_store.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <string>

namespace {

namespace base = soundlake::base;
namespace history = soundlake::history;
namespace lake = soundlake::lake;
namespace store = soundlake::store;

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

/// What a listener of many years gets: few tracks often, many rarely, some rows twice.
history::ReadExports an_export(std::size_t count) {
  std::mt19937_64 random(20260101);
  const auto below = [&](std::uint64_t bound) { return random() % bound; };
  const std::size_t tracks = count / 8 + 1;
  history::ReadExports exports;
  auto& plays = exports.plays;
  lake::TextCoder texts(plays.texts);
  history::ContentCoder contents(plays.contents);
  const std::int64_t begin = base::to_unix_ms(*base::parse_utc("2012-01-01T08:00:00Z"));
  const std::int64_t step = std::int64_t{14} * 365 * 86'400'000 / static_cast<std::int64_t>(count);
  for (std::size_t row = 0; row < count; ++row) {
    const double skew = std::pow(static_cast<double>(below(1'000'000)) / 1e6, 3.0);
    const auto track = static_cast<std::uint64_t>(skew * static_cast<double>(tracks));
    const bool finished = below(10) < 7;
    const bool again = row > 0 && below(100) == 0;
    history::Content content;
    content.kind = history::Kind::track;
    content.text(history::Name::uri) = texts.code_of("spotify:track:" + base62(track));
    content.text(history::Name::track) = texts.code_of(fmt::format("Song {:x} of it", track));
    content.text(history::Name::artist) = texts.code_of(fmt::format("Artist {}", track / 6));
    content.text(history::Name::album) = texts.code_of(fmt::format("Album {} (Deluxe)", track / 3));
    plays.content.push_back(again ? plays.content.back() : contents.code_of(content));
    const auto end = begin + (static_cast<std::int64_t>(row) * step + 999) / 1000 * 1000;
    plays.played_at.push_back(again ? plays.played_at.back() : end);
    plays.reported_at.push_back(plays.played_at.back());
    plays.ms_played.push_back(again ? plays.ms_played.back()
                              : finished
                                  ? 120'000 + static_cast<std::int64_t>(track * 7919 % 240'000)
                                  : static_cast<std::int64_t>(below(200'000)));
    plays.time_form.push_back(history::TimeForm::utc_seconds);
    plays.source.push_back(history::Source::extended);
    plays.platform.push_back(texts.code_of(below(4) == 0 ? "ios" : "linux"));
    plays.country.push_back(texts.code_of(below(50) == 0 ? "SE" : "DE"));
    plays.reason_start.push_back(texts.code_of(below(3) == 0 ? "clickrow" : "trackdone"));
    plays.reason_end.push_back(texts.code_of(finished ? "trackdone" : "fwdbtn"));
    plays.shuffle.push_back(static_cast<std::int8_t>(below(2)));
    plays.skipped.push_back(finished ? 0 : 1);
    plays.offline.push_back(0);
    plays.incognito.push_back(0);
  }
  history::ExportFile file;
  file.name = "all";
  file.format = "extended";
  file.rows_read = static_cast<std::int64_t>(count);
  file.plays = count;
  exports.files.push_back(file);
  return exports;
}

long resident_kb(const char* what) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(what)) return std::atol(line.c_str() + std::string_view(what).size());
  }
  return 0;
}

double seconds_of(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void require(bool right, const char* what) {
  if (right) return;
  fmt::print(stderr, "wrong result: {}\n", what);
  std::exit(1);
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 230'000;
  const auto folder = std::filesystem::path(argc > 2 ? argv[2] : "/dev/shm") / "import_merge_bench";
  std::filesystem::remove_all(folder);
  const auto exports = an_export(count);
  fmt::print("{} plays, {} contents, {:.1f} MB resident before\n", count,
             exports.plays.contents.size(), static_cast<double>(resident_kb("VmRSS:")) / 1e3);
  auto lake =
      lake::Lake::open_or_create(std::make_shared<store::LocalStore>(folder), base::system_clock(),
                                 {.timezone = "Europe/Berlin", .simulated = false});
  const auto zone = base::Zone::named("Europe/Berlin");
  for (const char* what : {"import", "again", "check"}) {
    history::ImportBooks books;
    lake::CommitResult result;
    double merge = 0;
    const auto cpu_begin = std::clock();
    const double all = seconds_of([&] {
      if (std::string_view(what) == "check") {
        merge = seconds_of([&] { books = history::check_import(lake.view(), exports, zone); });
        return;
      }
      result = lake.commit({.command = "import", .started_at = {}}, [&](lake::Edit& edit) {
        merge = seconds_of([&] { books = history::apply_import(edit, exports, zone); });
      });
    });
    const auto cpu = static_cast<double>(std::clock() - cpu_begin) / CLOCKS_PER_SEC;
    fmt::print(
        "{:<8}{:>8.1f} ms, {:.1f} of them merge ({:.1f} of processor); {} stored, {} objects; "
        "{:.1f} MB at most\n",
        what, all * 1e3, merge * 1e3, cpu * 1e3, books.total.stored, result.changed.size(),
        static_cast<double>(resident_kb("VmHWM:")) / 1e3);
    require((books.total.stored > 0) == (std::string_view(what) == "import"), "stored rows");
    require(result.committed == (std::string_view(what) == "import"), "a commit for nothing");
  }
  std::filesystem::remove_all(folder);
  return 0;
}
