// SPDX-License-Identifier: Apache-2.0
#include "soundlake/exports/top_tracks.hpp"

#include "soundlake/exports/sample_rows.hpp"

#include <gmock/gmock.h>

namespace soundlake::exports {
namespace {

using namespace sample;
using testing::ElementsAre;
using testing::Optional;

std::vector<std::string> lines(const ExportInput& input) {
  std::vector<std::string> found;
  for (const auto& top : compile_top_tracks(input)) {
    found.push_back(top.time_range + ' ' + std::to_string(top.rank) + ' ' +
                    top.track.name.value_or("null"));
  }
  return found;
}

TEST(TopTracks, EachRangeShowsItsLatestSnapshotShortestRangeFirst) {
  ExportInput input;
  input.top_tracks = {top_track("2026-03-01", 1, "l", "long_term"), top_track("2026-03-02", 2, "b"),
                      top_track("2026-03-02", 1, "a"), top_track("2026-03-01", 1, "old"),
                      top_track("2026-03-01", 1, "m", "medium_term")};
  EXPECT_THAT(lines(input), ElementsAre("short_term 1 Listed a", "short_term 2 Listed b",
                                        "medium_term 1 Listed m", "long_term 1 Listed l"));
}

TEST(TopTracks, TheCurrentBestValuesAreTaken) {
  ExportInput input;
  input.top_tracks = {top_track("2026-03-02", 1, "a")};
  input.top_tracks[0].duration_ms = 1;
  input.tracks = {track("a")};
  input.tracks[0].duration_ms = from<std::int64_t>("spotify", 2);
  input.tracks[0].popularity = from<std::int32_t>("spotify", 3);
  const auto top = compile_top_tracks(input).at(0);
  EXPECT_EQ(top.track.name, "Track a");
  EXPECT_THAT(top.track.duration_ms.value, Optional(2));
  EXPECT_THAT(top.popularity.value, Optional(3));
}

TEST(TopTracks, WithoutASnapshotTheMostHeardTracksAreTaken) {
  ExportInput input;
  input.plays = {play("2026-03-01", "A", "less", 1), play("2026-03-01", "B", "more", 2)};
  EXPECT_THAT(lines(input), ElementsAre("last_28_days 1 more", "last_28_days 2 less"));
  const auto top = compile_top_tracks(input).at(0);
  EXPECT_EQ(top.ranking_source, "listener");
  EXPECT_EQ(top.artist_name, "B");
  EXPECT_EQ(top.snapshot_date, day("2026-03-01"));
}

}  // namespace
}  // namespace soundlake::exports
