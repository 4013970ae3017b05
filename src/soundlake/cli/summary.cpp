// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/summary.hpp"

#include "soundlake/base/text.hpp"
#include "soundlake/cli/services.hpp"
#include "soundlake/cli/style.hpp"
#include "soundlake/exports/compiled.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace soundlake::cli {
namespace {

constexpr std::size_t kArtistsShown = 10;

std::int64_t count_of(const Counts& counts, const std::string& name) {
  for (const auto& [key, number] : counts) {
    if (key == name) return number;
  }
  return 0;
}

/// `1 artist`, `2 artists`, `12 345 plays`.
std::string counted(std::int64_t number, const std::string& noun) {
  return base::group_digits(number) + " " + noun + (number == 1 ? "" : "s");
}

std::string service_name(const std::string& service) {
  if (service == "spotify") return "Spotify";
  if (service == "spotify-accounts") return "Spotify sign-in";
  return service;
}

/// The middle of the known tempos, `–` when none is known.
std::string middle_bpm(const std::vector<exports::CompiledTrack>& tracks) {
  std::vector<double> tempos;
  for (const auto& track : tracks) {
    if (track.bpm.value) tempos.push_back(*track.bpm.value);
  }
  if (tempos.empty()) return "–";
  std::sort(tempos.begin(), tempos.end());
  return fmt::format("{:.0f}", std::round(tempos[tempos.size() / 2]));
}

std::string artist_line(const exports::CompiledArtist& artist) {
  const std::string genres =
      artist.genres.value ? base::join(*artist.genres.value, ", ") : std::string("–");
  const std::string popularity =
      artist.popularity.value
          ? fmt::format("{} {:>3}", bar(*artist.popularity.value, 10), *artist.popularity.value)
          : base::fit("–", 14);
  return fmt::format("  {:>3}  {} {} {} {:>6} {:>6} {:>6}\n", artist.rank,
                     bold(base::fit(artist.name.value_or("(no name)"), 28)), base::fit(genres, 28),
                     popularity, artist.top_albums.size(), artist.top_tracks.size(),
                     middle_bpm(artist.top_tracks));
}

std::string artist_table(const std::vector<exports::CompiledArtist>& artists) {
  if (artists.empty()) return {};
  std::string table = dim(fmt::format("  {:>3}  {} {} {} {:>6} {:>6} {:>6}", "",
                                      base::fit("Artist", 28), base::fit("Genres", 28),
                                      base::fit("Popularity", 14), "Albums", "Tracks", "BPM")) +
                      "\n";
  for (std::size_t i = 0; i < std::min(artists.size(), kArtistsShown); ++i)
    table += artist_line(artists[i]);
  if (artists.size() > kArtistsShown) {
    table += dim(fmt::format("       and {} more in top_artists_info.json",
                             artists.size() - kArtistsShown)) +
             "\n";
  }
  return table + "\n";
}

void add_outcome(LabelledLines& lines, const std::vector<std::string>& unknown,
                 const Report& report) {
  for (const auto& sentence : unknown) lines.add("Unknown", sentence);
  for (const auto& wait : report.waits) {
    lines.add("Waiting", fmt::format("{} {} until {}{}", service_name(wait.service), wait.bucket,
                                     base::format_utc(wait.until),
                                     wait.deferred ? "" : "; the next run then asks for the rest"));
  }
  for (const auto& problem : report.problems) {
    lines.add("Problem",
              problem.where.empty() ? problem.message : problem.where + ": " + problem.message);
    if (!problem.hint.empty()) lines.add("Problem", "→ " + problem.hint);
  }
}

std::string asked(const Report& report) {
  std::vector<std::string> parts;
  for (const auto& [service, number] : report.requests) {
    if (number > 0) parts.push_back(counted(number, "request") + " to " + service_name(service));
  }
  return parts.empty() ? "nobody: everything was still fresh" : base::join(parts, ", ");
}

std::string fetched(const Counts& counts) {
  return fmt::format(
      "{} · {} · {} · {} ({} known already)", counted(count_of(counts, "artists"), "artist"),
      counted(count_of(counts, "albums"), "album"), counted(count_of(counts, "tracks"), "track"),
      counted(count_of(counts, "plays_new"), "new play"),
      base::group_digits(count_of(counts, "plays_duplicate")));
}

std::string written(const ExtractResult& extracted, const std::string& lake) {
  return lake + (extracted.changed.empty()
                     ? " (nothing changed, nothing written)"
                     : fmt::format(
                           " ({} written)",
                           counted(static_cast<std::int64_t>(extracted.changed.size()), "object")));
}

void add_zone(LabelledLines& lines, const ExtractResult& result) {
  if (!result.moved_zone.empty())
    lines.add("Zone", result.moved_zone + ": every play's day was written anew");
}

}  // namespace

std::string run_summary(Services& services, const RunResult& result, const Report& report) {
  const auto artists = exports::compile_artists(exports::export_input(services.open_lake().view()));
  std::string text = "\n" +
                     (services.simulated() ? bold("soundlake · the simulated listener") +
                                                 dim("  every name and number here is invented")
                                           : bold("soundlake · your listening")) +
                     "\n\n" + artist_table(artists);
  LabelledLines lines;
  lines.add("Asked", asked(report));
  lines.add("Got", fetched(result.extracted.counts));
  add_outcome(lines, result.extracted.unknown, report);
  lines.add("Lake", written(result.extracted, result.extracted.lake));
  add_zone(lines, result.extracted);
  lines.add("Files", result.exported.lake + "/exports/top_artists_info.json and " +
                         counted(static_cast<std::int64_t>(std::count_if(
                                     result.exported.files.begin(), result.exported.files.end(),
                                     [](const std::string& key) { return key.ends_with(".csv"); })),
                                 "CSV file"));
  lines.add("Next",
            services.simulated()
                ? "your own account, in ten lines: docs/first-account.md"
                : "soundlake doctor shows what works; docs/schedule.md keeps the lake growing");
  return text + lines.text();
}

std::string extract_summary(const ExtractResult& result, const Report& report) {
  LabelledLines lines;
  lines.add("Asked", asked(report));
  lines.add("Got", fetched(result.counts));
  add_outcome(lines, result.unknown, report);
  lines.add("Lake", written(result, result.lake));
  add_zone(lines, result);
  return lines.text();
}

std::string export_summary(const ExportResult& result) {
  LabelledLines lines;
  for (const auto& key : result.files) lines.add("Files", result.lake + "/" + key);
  lines.add("Result",
            fmt::format("{}, {} changed", counted(count_of(result.counts, "artists"), "artist"),
                        counted(count_of(result.counts, "files_changed"), "file")));
  return lines.text();
}

}  // namespace soundlake::cli
