// SPDX-License-Identifier: Apache-2.0
#include "soundlake/exports/export_files.hpp"

#include "soundlake/exports/sample_rows.hpp"

#include <gmock/gmock.h>

namespace soundlake::exports {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Key;
using testing::Not;

TEST(ExportFiles, TheListAndTheTidyTables) {
  EXPECT_THAT(export_files(sample::two_artists(), {}),
              ElementsAre(Key("exports/artist_albums.csv"), Key("exports/artist_top_tracks.csv"),
                          Key("exports/artists.csv"), Key("exports/top_artists_info.json"),
                          Key("exports/top_artists_wide.csv"), Key("exports/top_tracks.csv")));
}

TEST(ExportFiles, SheetCopiesStandBesideTheExactFiles) {
  const auto exact = export_files(sample::two_artists(), {});
  auto files = export_files(sample::two_artists(), {.spreadsheet_safe = true});
  EXPECT_EQ(files.size(), 11);
  EXPECT_THAT(files["exports/artists.sheet.csv"], HasSubstr("'=1+1"));
  for (const auto& [key, bytes] : exact) EXPECT_EQ(files[key], bytes) << key;
}

TEST(ExportFiles, ProvenanceChangesOnlyTheList) {
  const auto plain = export_files(sample::two_artists(), {});
  for (const auto& [key, bytes] : export_files(sample::two_artists(), {.provenance = true})) {
    if (key == "exports/top_artists_info.json") {
      EXPECT_THAT(bytes, HasSubstr("\"genres_source\": \"musicbrainz\""));
      EXPECT_THAT(plain.at(key), Not(HasSubstr("_source")));
    } else {
      EXPECT_EQ(bytes, plain.at(key)) << key;
    }
  }
}

TEST(ExportFiles, TheSimulatedListenersFilesSaySo) {
  auto input = sample::two_artists();
  input.simulated = true;
  EXPECT_THAT(export_files(input, {}).at("exports/SIMULATED.txt"), HasSubstr("simulated listener"));
}

TEST(ExportFiles, AnEmptyLakeStillGivesEveryFile) {
  const auto files = export_files({}, {});
  EXPECT_EQ(files.size(), 6);
  EXPECT_EQ(files.at("exports/top_artists_info.json"), "[]\n");
}

TEST(ExportFiles, EveryKeyIsListed) {
  auto input = sample::two_artists();
  input.simulated = true;
  const auto files = export_files(input, {.provenance = true, .spreadsheet_safe = true});
  std::vector<std::string> keys;
  for (const auto& [key, bytes] : files) keys.push_back(key);
  EXPECT_EQ(export_keys(), keys);
}

}  // namespace
}  // namespace soundlake::exports
