// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/summary.hpp"

#include "soundlake/base/text.hpp"
#include "soundlake/cli/import_lines.hpp"
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

/// `changed` may name an object once for each commit that wrote it.
std::string written(std::vector<std::string> changed, const std::string& lake) {
  std::sort(changed.begin(), changed.end());
  changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
  return lake + (changed.empty()
                     ? " (nothing changed, nothing written)"
                     : fmt::format(" ({} written)",
                                   counted(static_cast<std::int64_t>(changed.size()), "object")));
}

void add_zone(LabelledLines& lines, const std::string& moved_zone) {
  if (!moved_zone.empty()) lines.add("Zone", moved_zone + ": every play's day was written anew");
}

std::string exported_files(const ExportResult& exported) {
  const auto tables = std::count_if(exported.files.begin(), exported.files.end(),
                                    [](const std::string& key) { return key.ends_with(".csv"); });
  return exported.lake + "/exports/top_artists_info.json and " + counted(tables, "CSV file");
}

const char* next_step(const Services& services, const RunResult& result) {
  if (services.simulated()) return "your own account, in ten lines: docs/first-account.md";
  if (result.extracted)
    return "soundlake doctor shows what works; docs/schedule.md keeps the lake growing";
  return "a sign-in adds Spotify's top lists, albums and their dates, and keeps the lake growing: "
         "docs/first-account.md";
}

}  // namespace

std::string run_summary(Services& services, const RunResult& result, const Report& report) {
  const auto artists = exports::compile_artists(exports::export_input(services.open_lake().view()));
  std::string text = "\n" + listening_title(services.simulated()) + "\n\n";
  if (result.imported && !services.simulated()) text += years_table(result.imported->books.years);
  text += artist_table(artists);
  LabelledLines lines;
  if (result.imported) add_import(lines, *result.imported);
  std::string moved_zone = result.exported.moved_zone;
  if (result.imported) moved_zone += result.imported->moved_zone;
  if (result.extracted) {
    lines.add("Asked", asked(report));
    lines.add("Got", fetched(result.extracted->counts));
    moved_zone += result.extracted->moved_zone;
  }
  add_outcome(lines, result.extracted ? result.extracted->unknown : std::vector<std::string>{},
              report);
  std::vector<std::string> changed;
  if (result.imported) changed = result.imported->changed;
  if (result.extracted) {
    changed.insert(changed.end(), result.extracted->changed.begin(),
                   result.extracted->changed.end());
  }
  lines.add("Lake", written(changed, result.exported.lake));
  add_zone(lines, moved_zone);
  lines.add("Files", exported_files(result.exported));
  if (result.loaded) lines.add("Loaded", result.loaded->to + ": " + loaded_line(*result.loaded));
  lines.add("Next", next_step(services, result));
  return text + lines.text();
}

std::string import_summary(const Services& services, const ImportResult& result,
                           const Report& report) {
  LabelledLines lines;
  add_import(lines, result);
  add_outcome(lines, {}, report);
  lines.add("Lake", written(result.changed, result.lake));
  add_zone(lines, result.moved_zone);
  lines.add("Files", exported_files(result.exported));
  lines.add("Next",
            "soundlake run writes the whole result; soundlake doctor shows what is known "
            "of your history and where plays may be missing");
  return "\n" + listening_title(services.simulated()) + "\n\n" + years_table(result.books.years) +
         lines.text();
}

std::string check_summary(const ImportResult& result, const Report& report) {
  LabelledLines lines;
  const auto& total = result.books.total;
  lines.add("Read", read_line(result));
  lines.add(
      "Found",
      base::group_digits(total.duplicates) + " of them in the lake, " +
          (total.stored == 0 ? "none is missing" : counted(total.stored, "row") + " missing") +
          (total.rejected == 0 ? "" : ", " + counted(total.rejected, "row") + " cannot be a play"));
  add_outcome(lines, {}, report);
  lines.add("Lake", result.lake + " (nothing written)");
  return lines.text();
}

std::string extract_summary(const ExtractResult& result, const Report& report) {
  LabelledLines lines;
  lines.add("Asked", asked(report));
  lines.add("Got", fetched(result.counts));
  add_outcome(lines, result.unknown, report);
  lines.add("Lake", written(result.changed, result.lake));
  add_zone(lines, result.moved_zone);
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
