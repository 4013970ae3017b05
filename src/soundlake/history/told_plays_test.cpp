// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/told_plays.hpp"

#include "soundlake/history/export_test_support.hpp"
#include "soundlake/history/row_teller.hpp"

namespace soundlake::history {
namespace {

/// Some of the rows of one export, as one file's plays.
ToldPlays part_of(const ExportFolder& folder, int first, int count) {
  const auto name = "Streaming_History_Audio_" + std::to_string(first) + ".json";
  return read({folder.put(name, extended_file(first, count))}).plays;
}

std::vector<lake::Play> plays_of(const ToldPlays& told) {
  std::vector<lake::Play> plays;
  for (std::size_t row = 0; row < told.rows(); ++row) plays.push_back(to_play(told, row));
  return plays;
}

TEST(ToldPlays, AppendingPartsGivesThePlaysOfTheWhole) {
  const ExportFolder folder;
  const auto whole = part_of(folder, 0, 200);
  ToldPlays parts;
  append(parts, part_of(folder, 0, 70));
  append(parts, part_of(folder, 70, 0));
  append(parts, part_of(folder, 70, 130));
  EXPECT_EQ(plays_of(parts), plays_of(whole));
}

TEST(ToldPlays, AppendingKeepsEachTextAndContentOnce) {
  const ExportFolder folder;
  const auto part = part_of(folder, 0, 200);
  ToldPlays twice;
  append(twice, part);
  append(twice, part);
  EXPECT_EQ(twice.rows(), 400U);
  EXPECT_EQ(twice.texts.values(), part.texts.values());
  EXPECT_EQ(twice.contents, part.contents);
}

}  // namespace
}  // namespace soundlake::history
