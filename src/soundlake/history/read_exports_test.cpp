// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/error.hpp"
#include "soundlake/history/export_test_support.hpp"
#include "soundlake/sim/export_zip.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <tuple>

namespace soundlake::history {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kFolder = "Spotify Extended Streaming History/";

using Files = std::vector<std::pair<std::string, std::string>>;

std::string genuine_zip(const Files& files) {
  sim::ExportZip zip(*base::parse_utc("2025-02-03T04:05:06Z"));
  for (const auto& [name, content] : files) zip.add(name, content);
  return zip.finish();
}

std::vector<std::string> names_of(const ReadExports& exports) {
  std::vector<std::string> names;
  for (const auto& file : exports.files) names.push_back(file.name);
  return names;
}

/// The plays in an order that does not depend on the files they came in.
std::vector<lake::Play> sorted_plays(const ReadExports& exports) {
  auto plays = plays_of(exports);
  std::sort(plays.begin(), plays.end(), [](const auto& a, const auto& b) {
    return std::tie(a.played_at, a.spotify_uri) < std::tie(b.played_at, b.spotify_uri);
  });
  return plays;
}

TEST(ReadExports, FolderAndZipTellTheSamePlays) {
  const Files files{
      {kFolder + "Streaming_History_Audio_2023_0.json", extended_file(0, 500)},
      {kFolder + "Streaming_History_Audio_2024_1.json", extended_file(500, 300)},
      {kFolder, "placeholder"},
      {kFolder + "ReadMeFirst_ExtendedStreamingHistory.pdf", "%PDF-1.7"},
  };
  const ExportFolder there;
  const auto zip = there.put("my_spotify_data.zip", genuine_zip(files));
  const ExportFolder unpacked;
  for (const auto& [name, content] : files) {
    if (name.back() != '/') unpacked.put(name, content);
  }

  const auto from_zip = read({zip});
  const auto from_folder = read({unpacked.path()});

  EXPECT_THAT(
      names_of(from_zip),
      ElementsAre("my_spotify_data.zip/" + kFolder + "Streaming_History_Audio_2023_0.json",
                  "my_spotify_data.zip/" + kFolder + "Streaming_History_Audio_2024_1.json"));
  EXPECT_EQ(from_zip.files[0].format, "extended");
  EXPECT_EQ(from_zip.files[0].rows_read, 500);
  EXPECT_EQ(from_zip.files[1].first_row, 500U);
  EXPECT_EQ(from_zip.files[1].plays, 300U);
  EXPECT_THAT(from_zip.failed, IsEmpty());
  ASSERT_THAT(from_zip.ignored, SizeIs(1)) << "the folder's own entry is no file";
  EXPECT_EQ(from_zip.ignored[0].reason, "not JSON");
  EXPECT_EQ(plays_of(from_zip).size(), 800U);
  EXPECT_TRUE(plays_of(from_zip) == plays_of(from_folder));
}

TEST(ReadExports, AnyContainerAndAnySplitTellTheSamePlays) {
  const ExportFolder folder;
  const auto whole = sorted_plays(read({folder.put("whole/endsong.json", extended_file(0, 90))}));
  ASSERT_THAT(whole, SizeIs(90));
  const auto inner = genuine_zip({{"MyData/endsong_1.json", extended_file(40, 20)}});
  folder.put("split/a/endsong_0.json", "\xEF\xBB\xBF" + extended_file(0, 40));
  folder.put("split/more.zip", raw_zip({{"inner.zip", inner}}));
  folder.put("split/b/c/endsong_2.json.gz", gzip(extended_file(60, 10)));
  folder.put("split/big.zip", raw_zip({{"x/no name at all", extended_file(70, 9)},
                                       {"y.json.gz", gzip(extended_file(79, 1))}},
                                      true));
  std::string crlf;
  for (const char byte : extended_file(80, 10))
    crlf += byte == '\n' ? "\r\n" : std::string(1, byte);
  folder.put("split/endsong_3.json", crlf);

  const auto split = read({folder.path() / "split"});

  EXPECT_THAT(split.failed, IsEmpty());
  EXPECT_TRUE(sorted_plays(split) == whole);
  EXPECT_THAT(names_of(split), ElementsAre("split/a/endsong_0.json", "split/b/c/endsong_2.json.gz",
                                           "split/big.zip/x/no name at all",
                                           "split/big.zip/y.json.gz", "split/endsong_3.json",
                                           "split/more.zip/inner.zip/MyData/endsong_1.json"));
}

TEST(ReadExports, TheResultDoesNotDependOnTheOrderOfPaths) {
  const ExportFolder folder;
  const auto a = folder.put("in/endsong_0.json", extended_file(0, 30));
  const auto b = folder.put("in/endsong_1.json", extended_file(20, 30));
  const auto one = read({a, b});
  EXPECT_THAT(names_of(one), ElementsAre("endsong_0.json", "endsong_1.json"));
  EXPECT_TRUE(plays_of(one) == plays_of(read({b, a})));
  for (const auto& paths : {std::vector{b, folder.path() / "in", a},
                            std::vector{folder.path() / "in", folder.path() / "in/."}}) {
    const auto exports = read(paths);
    EXPECT_THAT(names_of(exports), ElementsAre("in/endsong_0.json", "in/endsong_1.json"))
        << "a file that is named twice counts once";
    EXPECT_TRUE(plays_of(exports) == plays_of(one));
  }
}

TEST(ReadExports, AWindowOfAnySizeTellsTheSame) {
  const ExportFolder folder;
  const auto file = folder.put("endsong_0.json", extended_file(0, 12));
  const auto whole = plays_of(read({file}));
  for (std::size_t window = 3; window < 60; window += 7) {
    ReadLimits limits;
    limits.window = window;
    EXPECT_TRUE(plays_of(read({file}, limits)) == whole) << window;
  }
}

TEST(ReadExports, TellsTheKindsOfAccountData) {
  const ExportFolder folder;
  folder.put("d/StreamingHistory_music_0.json",
             R"([ { "endTime" : "2024-03-01 10:00", "artistName" : "A", "trackName" : "T",
                    "msPlayed" : 5 } ])");
  folder.put(
      "d/StreamingHistory_podcast_0.json",
      R"([{"endTime":"2024-03-01 10:01","podcastName":"P","episodeName":"E","msPlayed":5}])");
  folder.put("d/StreamingHistory_audiobook_0.json",
             R"([{"endTime":"2024-03-01 10:01","audiobookName":"B","chapterName":"1",
                  "authorName":"W","msPlayed":5}])");
  folder.put("d/StreamingHistory_video_0.json", "[]");
  folder.put("d/Playlist1.json", R"({"playlists": []})");
  folder.put("d/Wrapped.json", R"([{"name": "x"}])");
  folder.put("d/empty.json", "[ ]");

  const auto exports = read({folder.path() / "d"});

  std::vector<std::string> formats;
  for (const auto& file : exports.files) formats.push_back(file.format);
  EXPECT_THAT(formats, ElementsAre("account audiobook", "account music", "account podcast",
                                   "account music"));
  EXPECT_EQ(exports.files[3].rows_read, 0);
  EXPECT_EQ(exports.plays.rows(), 3U);
  EXPECT_THAT(exports.failed, IsEmpty());
  ASSERT_THAT(exports.ignored, SizeIs(3));
  EXPECT_EQ(exports.ignored[0].name, "d/Playlist1.json");
  EXPECT_EQ(exports.ignored[0].reason, "a JSON object, not a list of plays");
  EXPECT_EQ(exports.ignored[1].reason, "a list, but not of plays");
  EXPECT_EQ(exports.ignored[2].reason, "an empty list");
}

TEST(ReadExports, EachRejectedRowIsNumberedAndPlaced) {
  const ExportFolder folder;
  const std::string json =
      "[\n7,\n{" + extended_fields(1) + "},\n{" + extended_fields(2, R"("ms_played": -5)") + "}\n]";
  const auto exports = read({folder.put("endsong_0.json", json)});
  ASSERT_THAT(exports.files, SizeIs(1));
  const auto& file = exports.files[0];
  EXPECT_EQ(file.rows_read, 3);
  EXPECT_EQ(file.plays, 1U);
  EXPECT_EQ(file.rows_rejected, 2);
  EXPECT_EQ(file.damage, "");
  ASSERT_THAT(file.rejected, SizeIs(2));
  EXPECT_EQ(file.rejected[0].row, 1);
  EXPECT_EQ(file.rejected[0].offset, 2);
  EXPECT_EQ(file.rejected[0].reason, "not an object");
  EXPECT_EQ(file.rejected[1].row, 3);
  EXPECT_EQ(file.rejected[1].offset, static_cast<std::int64_t>(json.rfind('{')));
  EXPECT_EQ(file.rejected[1].reason, "ms_played is -5");
}

TEST(ReadExports, OfManyRejectedRowsTheFirstHundredAreListedAndAllCounted) {
  const ExportFolder folder;
  std::string json = "[{" + extended_fields(1) + "}";
  for (int row = 0; row < 150; ++row) json += ",null";
  const auto exports = read({folder.put("endsong_0.json", json + "]")});
  ASSERT_THAT(exports.files, SizeIs(1));
  EXPECT_EQ(exports.files[0].rows_rejected, 150);
  EXPECT_THAT(exports.files[0].rejected, SizeIs(100));
  EXPECT_EQ(exports.files[0].rows_read, 151);
}

TEST(ReadExports, TheCompleteRowsOfADamagedFileAreKept) {
  const ExportFolder folder;
  const auto json = extended_file(0, 10);
  const auto damage_of = [&](const std::string& bytes) {
    const auto exports = read({folder.put("endsong_0.json", bytes)});
    EXPECT_THAT(exports.files, SizeIs(1));
    return exports.files.empty()
               ? ""
               : exports.files[0].damage + " / " + std::to_string(exports.plays.rows());
  };
  const auto eighth = json.find("\n  {", json.find("Song 7")) + 3;
  EXPECT_EQ(damage_of(json.substr(0, eighth + 50)),
            "cut off after row 8 (byte " + std::to_string(eighth + 50) + ") / 8");
  EXPECT_EQ(damage_of(json.substr(0, json.size() - 1)),
            "cut off after row 10 (byte " + std::to_string(json.size() - 1) + ") / 10");
  auto broken = json;
  broken[eighth + 1] = '#';
  EXPECT_EQ(damage_of(broken),
            "not JSON after row 8 (byte " + std::to_string(eighth + 1 + 0) + ") / 8");
  EXPECT_EQ(damage_of(json + "\n[]"), "something follows the end of the list (byte " +
                                          std::to_string(json.size() + 1) + ") / 10");
}

TEST(ReadExports, AFileThatIsCutOffAnywhereKeepsItsRows) {
  const ExportFolder folder;
  const auto json = extended_file(0, 3);
  ReadLimits limits;
  limits.window = 64;
  for (std::size_t cut = json.find("\"Song 0\""); cut < json.size(); cut += 7) {
    const auto exports = read({folder.put("endsong_0.json", json.substr(0, cut))}, limits);
    const auto rows = static_cast<std::size_t>(
        std::count(json.begin(), json.begin() + static_cast<std::ptrdiff_t>(cut), '}'));
    ASSERT_EQ(exports.plays.rows(), rows) << cut;
    ASSERT_EQ(exports.files.size() + exports.failed.size(), 1U) << cut;
  }
}

struct Wrong {
  std::string name;
  std::string bytes;
  std::string reason;
};

TEST(ReadExports, WhatIsNamedLikeAHistoryAndIsNoneFailsByName) {
  const std::vector<Wrong> wrong{
      {"endsong_0.json", "", "empty"},
      {"endsong_0.json", "  \n", "empty"},
      {"endsong_0.json", "<!DOCTYPE html><html>", "HTML, not JSON"},
      {"endsong_0.json", "{\"plays\": []}", "a JSON object, not a list of plays"},
      {"endsong_0.json", "%PDF-1.7", "not JSON"},
      {"endsong_0.json", std::string("\xFF\xFE[\0", 4), "UTF-16 text; save it as UTF-8"},
      {"endsong_0.json", std::string("\0[\0{", 4), "UTF-16 text; save it as UTF-8"},
      {"endsong_0.json", "[1, 2, 3]", "a list, but not of plays"},
      {"endsong_0.json", "[{\"ts\": \"20", "cut off within the first row (byte 11)"},
      {"endsong_0.json", std::string(100'000, '['), "cut off within the first row (byte 100000)"},
      {"STREAMINGHISTORY0.JSON", "oops", "not JSON"},
      {"Streaming_History_Audio_2020.json.gz", gzip("[1]").substr(0, 16),
       "the gzip data is cut off within the first row (byte 1)"},
      {"my_spotify_data.zip", "<html>", "no zip: it begins with \"<html>\""},
      {"my_spotify_data.zip", "", "the file is empty, no zip"},
      {"my_spotify_data.zip", genuine_zip({{"endsong_0.json", extended_file(0, 9)}}).substr(0, 500),
       "the zip is cut off or damaged: the directory at its end cannot be read"},
      {"my_spotify_data.zip", raw_zip({{"endsong_0.json", extended_file(0, 1), 1}}),
       "1 of its files are protected by a password; unpack the zip and import the folder"},
      {"my_spotify_data.zip", raw_zip({{"endsong_0.json", "[]", 0, 97}}),
       "it is packed in a way that is not supported"},
  };
  for (const auto& [name, bytes, reason] : wrong) {
    const ExportFolder folder;
    folder.put("in/" + name, bytes);
    folder.put("in/endsong_1.json", extended_file(0, 4));
    const auto exports = read({folder.path() / "in"});
    ASSERT_THAT(exports.failed, SizeIs(1)) << reason;
    EXPECT_THAT(exports.failed[0].name, HasSubstr(name));
    EXPECT_EQ(exports.failed[0].reason, reason);
    EXPECT_EQ(exports.plays.rows(), 4U) << "the good file beside it is read";
  }
}

TEST(ReadExports, AWrongChecksumIsSaidAndTheRowsAreKept) {
  const ExportFolder folder;
  const auto zip = folder.put("x.zip", raw_zip({{"endsong_0.json", extended_file(0, 4), 0, 0, 1}}));
  const auto exports = read({zip});
  ASSERT_THAT(exports.files, SizeIs(1));
  EXPECT_EQ(exports.files[0].damage, "its checksum is wrong");
  EXPECT_EQ(exports.files[0].plays, 4U);
}

TEST(ReadExports, AZipOfSomethingElseIsOneLine) {
  const ExportFolder folder;
  const auto other = folder.put("takeout.zip", raw_zip({{"Takeout/a.json", "{}"},
                                                        {"Takeout/b.html", "<html>"},
                                                        {"../../etc/passwd", "root"}}));
  const auto exports = read({other});
  EXPECT_THAT(exports.failed, IsEmpty());
  ASSERT_THAT(exports.ignored, SizeIs(1));
  EXPECT_EQ(exports.ignored[0].name, "takeout.zip");
  EXPECT_EQ(exports.ignored[0].reason, "holds no listening history, 3 other files");
}

TEST(ReadExports, NamesInAZipAreNeverPaths) {
  const ExportFolder folder;
  const auto zip = folder.put(
      "in/x.zip",
      raw_zip({{"../../endsong_0.json", extended_file(0, 2)},
               {"/endsong_1.json", extended_file(2, 2)},
               {"\x1B[2Jendsong_2.json", extended_file(4, 2)},
               {"../inner.zip", raw_zip({{"../../../endsong_9.json", extended_file(6, 1)}})}}));
  const auto exports = read({zip});
  EXPECT_EQ(exports.plays.rows(), 7U);
  EXPECT_THAT(names_of(exports), testing::Contains("x.zip/←[2Jendsong_2.json"));
  EXPECT_EQ(std::distance(std::filesystem::recursive_directory_iterator(folder.path()), {}), 2);
}

TEST(ReadExports, ABombStopsAtItsLimit) {
  const ExportFolder folder;
  const auto bomb = folder.put(
      "bomb.zip", genuine_zip({{"endsong_0.json", "[" + std::string(std::size_t{4} << 20, ' ')},
                               {"endsong_1.json", extended_file(0, 3)}}));
  ReadLimits limits;
  limits.unpack.ratio_from = std::uint64_t{1} << 20;
  auto exports = read({bomb}, limits);
  ASSERT_THAT(exports.failed, SizeIs(1));
  EXPECT_THAT(exports.failed[0].reason, HasSubstr("more than 200 times its size"));
  EXPECT_EQ(exports.plays.rows(), 3U);

  limits = {};
  limits.unpack.per_file = 100'000;
  exports = read({bomb}, limits);
  ASSERT_THAT(exports.failed, SizeIs(1));
  EXPECT_THAT(exports.failed[0].reason, HasSubstr("unpacks to more than 0 MB"));

  limits = {};
  limits.unpack.total = 1000;
  exports = read({bomb}, limits);
  EXPECT_THAT(exports.failed, SizeIs(2));

  limits = {};
  limits.zip_entries = 1;
  exports = read({bomb}, limits);
  ASSERT_THAT(exports.failed, SizeIs(1));
  EXPECT_THAT(exports.failed[0].reason, HasSubstr("2 entries"));
}

TEST(ReadExports, ARowWithoutEndDoesNotFillTheMemory) {
  const ExportFolder folder;
  ReadLimits limits;
  limits.window = 1000;
  limits.row = 10'000;
  const auto json = extended_file(0, 2);
  const auto file = folder.put("endsong_0.json", json.substr(0, json.size() - 1) + ",\n{\"x\": \"" +
                                                     std::string(20'000, 'x') + "\"}]");
  const auto exports = read({file}, limits);
  ASSERT_THAT(exports.files, SizeIs(1));
  EXPECT_EQ(exports.files[0].plays, 2U);
  EXPECT_THAT(exports.files[0].damage, HasSubstr("a row too large to be one after row 2"));
}

TEST(ReadExports, BadUnicodeCostsNoRow) {
  const ExportFolder folder;
  const std::string json = "[{" +
                           extended_fields(1,
                                           "\"episode_name\": \"a\xFF\xFE"
                                           "b\"") +
                           "},{" + extended_fields(2, R"("reason_end": "\ud83c")") + "}]";
  const auto plays = plays_of(read({folder.put("endsong_0.json", json)}));
  ASSERT_THAT(plays, SizeIs(2));
  EXPECT_EQ(plays[0].episode_name, "a\uFFFD\uFFFDb");
  EXPECT_EQ(plays[1].reason_end, "\uFFFD");
}

TEST(ReadExports, LinksAndOddFilesDoNoHarm) {
  namespace fs = std::filesystem;
  const ExportFolder folder;
  folder.put("in/endsong_0.json/endsong_1.json", extended_file(0, 2));
  fs::create_directory_symlink(folder.path() / "in", folder.path() / "in/loop");
  fs::create_symlink("endsong_0.json/endsong_1.json", folder.path() / "in/link.json");
  fs::create_symlink("nowhere", folder.path() / "in/broken.json");
  folder.put("in/line\nbreak\x1B[2J.txt", "x");
  ASSERT_EQ(::mkfifo((folder.path() / "in/pipe.json").c_str(), 0600), 0);
  const auto exports = read({folder.path() / "in"});
  EXPECT_EQ(exports.plays.rows(), 2U);
  EXPECT_THAT(exports.failed, IsEmpty());
  ASSERT_THAT(exports.ignored, SizeIs(4));
  EXPECT_EQ(exports.ignored[1].name, "in/line?break?[2J.txt");
}

TEST(ReadExports, APathThatIsNotThereIsAnError) {
  const ExportFolder folder;
  try {
    read({folder.path() / "missing.zip"});
    FAIL() << "no error";
  } catch (const base::Error& error) {
    EXPECT_EQ(error.kind(), base::ErrorKind::usage);
    EXPECT_THAT(error.message(), HasSubstr("missing.zip"));
    EXPECT_FALSE(error.hint().empty());
  }
}

TEST(ReadExports, AFileThatMayNotBeReadIsNamed) {
  const ExportFolder folder;
  folder.put("in/endsong_1.json", extended_file(0, 2));
  // A file whose bytes the system refuses even to root: a process's own memory.
  std::filesystem::create_symlink("/proc/self/mem", folder.path() / "in/endsong_0.json");
  const auto exports = read({folder.path() / "in"});
  EXPECT_EQ(exports.plays.rows(), 2U);
  ASSERT_THAT(exports.failed, SizeIs(1));
  EXPECT_EQ(exports.failed[0].name, "in/endsong_0.json");
}

}  // namespace
}  // namespace soundlake::history
