// SPDX-License-Identifier: Apache-2.0
#include "soundlake/exports/export_files.hpp"

#include "soundlake/exports/compiled.hpp"
#include "soundlake/exports/tidy.hpp"

namespace soundlake::exports {
namespace {

const std::string kList = "exports/top_artists_info.json";
const std::string kSimulated = "exports/SIMULATED.txt";

/// The tidy tables by the name of their file.
std::map<std::string, CsvTable> tidy_tables(const std::vector<CompiledArtist>& artists,
                                            const std::vector<CompiledTopTrack>& tracks) {
  return {{"artist_albums", artist_albums_table(artists)},
          {"artist_top_tracks", artist_top_tracks_table(artists)},
          {"artists", artists_table(artists)},
          {"top_artists_wide", top_artists_wide_table(artists)},
          {"top_tracks", top_tracks_table(tracks)}};
}

}  // namespace

std::map<std::string, std::string> export_files(const ExportInput& input,
                                                const ExportOptions& options) {
  const auto artists = compile_artists(input);
  std::map<std::string, std::string> files;
  files[kList] = compiled_json(artists, options.provenance);
  for (const auto& [name, table] : tidy_tables(artists, compile_top_tracks(input))) {
    files["exports/" + name + ".csv"] = csv_text(table);
    if (options.spreadsheet_safe) files["exports/" + name + ".sheet.csv"] = csv_text(table, true);
  }
  if (input.simulated) {
    files[kSimulated] =
        "Everything in this folder comes from soundlake's simulated listener: no real person "
        "listened "
        "to it, and the artists are invented.\n";
  }
  return files;
}

std::vector<std::string> export_keys() {
  ExportInput nothing;
  nothing.simulated = true;
  std::vector<std::string> keys;
  for (const auto& [key, bytes] : export_files(nothing, {.spreadsheet_safe = true})) {
    keys.push_back(key);
  }
  return keys;
}

}  // namespace soundlake::exports
