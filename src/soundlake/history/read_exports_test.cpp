// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/export_test_support.hpp"
#include "soundlake/sim/export_zip.hpp"

namespace soundlake::history {
namespace {

const auto kMade = *base::parse_utc("2025-02-03T04:05:06Z");

std::string genuine_zip(const std::vector<std::pair<std::string, std::string>>& files) {
  sim::ExportZip zip(kMade);
  for (const auto& [name, content] : files) zip.add(name, content);
  return zip.finish();
}

TEST(ReadExports, FolderAndZipTellTheSamePlays) {
  const std::string folder = "Spotify Extended Streaming History/";
  const std::vector<std::pair<std::string, std::string>> files{
      {folder + "Streaming_History_Audio_2023_0.json", extended_file(0, 500)},
      {folder + "Streaming_History_Audio_2024_1.json", extended_file(500, 300)},
      {folder, "placeholder"},
      {folder + "ReadMeFirst_ExtendedStreamingHistory.pdf", "%PDF-1.7"},
  };
  const ExportFolder there;
  const auto zip = there.put("my_spotify_data.zip", genuine_zip(files));
  const ExportFolder unpacked;
  for (const auto& [name, content] : files) {
    if (name.back() != '/') unpacked.put(name, content);
  }

  const auto from_zip = read({zip});
  const auto from_folder = read({unpacked.path()});

  ASSERT_EQ(from_zip.files.size(), 2U);
  EXPECT_EQ(from_zip.files[0].name,
            "my_spotify_data.zip/Spotify Extended Streaming "
            "History/Streaming_History_Audio_2023_0.json");
  EXPECT_EQ(from_zip.files[0].format, "extended");
  EXPECT_EQ(from_zip.files[0].rows_read, 500);
  EXPECT_EQ(from_zip.files[1].first_row, 500U);
  EXPECT_EQ(from_zip.files[1].plays, 300U);
  EXPECT_THAT(from_zip.failed, testing::IsEmpty());
  EXPECT_EQ(from_zip.ignored.size(), 1U);
  EXPECT_EQ(plays_of(from_zip).size(), 800U);
  EXPECT_EQ(plays_of(from_zip), plays_of(from_folder));
}

}  // namespace
}  // namespace soundlake::history
