// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/history_export.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <zlib.h>

#include <algorithm>

namespace soundlake::sim {
namespace {

using nlohmann::ordered_json;
using std::chrono::seconds;

const base::Instant kNow = *base::parse_utc("2026-11-20T12:00:00Z");

const Listener& usual() {
  static const Listener kListener(1, 60, 4'000, kNow);
  return kListener;
}

std::uint32_t number(const std::string& bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = size; i > 0; --i)
    value = value << 8 | static_cast<unsigned char>(bytes.at(at + i - 1));
  return value;
}

std::string inflated(const std::string& packed, std::size_t size) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, -MAX_WBITS), Z_OK);
  std::string content(size + 1, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(content.data());
  stream.avail_out = static_cast<uInt>(content.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  EXPECT_EQ(stream.total_out, size);
  inflateEnd(&stream);
  content.resize(size);
  return content;
}

struct Entry {
  std::string name;
  std::string content;
  std::uint32_t local_size = 1;  ///< what the local header says
  std::uint32_t flags = 0;
  std::uint32_t system = 99;
};

/// Reads the central directory, as the sizes stand nowhere else before the data.
std::vector<Entry> entries_of(const std::string& zip) {
  const auto end = zip.rfind("PK\5\6");
  std::vector<Entry> entries;
  std::size_t at = number(zip, end + 16, 4);
  for (std::uint32_t left = number(zip, end + 10, 2); left > 0; --left) {
    EXPECT_EQ(zip.substr(at, 4), "PK\1\2");
    Entry entry;
    entry.system = number(zip, at + 5, 1);
    entry.flags = number(zip, at + 8, 2);
    const auto checksum = number(zip, at + 16, 4);
    const auto packed = number(zip, at + 20, 4);
    const auto name_size = number(zip, at + 28, 2);
    const auto local = number(zip, at + 42, 4);
    entry.name = zip.substr(at + 46, name_size);
    entry.local_size = number(zip, local + 22, 4);
    entry.content = inflated(zip.substr(local + 30 + name_size, packed), number(zip, at + 24, 4));
    EXPECT_EQ(checksum, crc32(0, reinterpret_cast<const Bytef*>(entry.content.data()),
                              static_cast<uInt>(entry.content.size())));
    entries.push_back(std::move(entry));
    at += 46 + name_size;
  }
  EXPECT_EQ(at, end);
  return entries;
}

std::vector<std::string> names_of(const std::vector<Entry>& entries) {
  std::vector<std::string> names;
  for (const auto& entry : entries) names.push_back(entry.name);
  return names;
}

/// The rows of every history file whose name contains `part`.
ordered_json rows_of(const std::vector<Entry>& entries, const std::string& part) {
  auto rows = ordered_json::array();
  for (const auto& entry : entries) {
    if (entry.name.find(part) == std::string::npos) continue;
    for (auto& row : ordered_json::parse(entry.content)) rows.push_back(std::move(row));
  }
  return rows;
}

TEST(HistoryExport, HasTheTrapsOfGenuineZips) {
  const auto entries = entries_of(history_export(usual(), {.until = kNow, .rows_per_file = 1'500}));
  const std::string folder = "Spotify Extended Streaming History/";
  EXPECT_THAT(names_of(entries),
              testing::ElementsAre(
                  testing::MatchesRegex(folder + "Streaming_History_Audio_2024-202._0.json"),
                  testing::MatchesRegex(folder + "Streaming_History_Audio_202.*_1.json"),
                  testing::MatchesRegex(folder + "Streaming_History_Audio_2026_2.json"),
                  folder + "Streaming_History_Video_2024-2026.json", folder,
                  folder + "ReadMeFirst_ExtendedStreamingHistory.pdf", folder + kSimulatedNotice));
  for (const auto& entry : entries) {
    EXPECT_EQ(entry.local_size, 0u) << entry.name;
    EXPECT_EQ(entry.flags, 0x808u) << entry.name;
    EXPECT_EQ(entry.system, 0u) << entry.name;
  }
  EXPECT_EQ(entries[4].content, "placeholder");
}

TEST(HistoryExport, TellsEveryPlayOnceInOrder) {
  const auto until = kNow - std::chrono::days(3);
  const auto entries = entries_of(history_export(usual(), {.until = until}));
  const auto audio = rows_of(entries, "Audio");
  const auto video = rows_of(entries, "Video");
  const auto end = usual().plays_until(until);
  EXPECT_EQ(audio.size() + video.size(), end);
  EXPECT_GT(video.size(), 0u);

  std::int64_t told = 0;
  for (const auto* rows : {&audio, &video}) {
    std::string last;
    for (const auto& row : *rows) {
      told += row["ms_played"].get<std::int64_t>();
      EXPECT_EQ(row.size(), 23u);
      EXPECT_LE(last, row["ts"].get<std::string>());
      last = row["ts"].get<std::string>();
    }
  }
  std::int64_t heard = 0;
  for (std::size_t i = 0; i < end; ++i) heard += usual().plays()[i].ms_played;
  EXPECT_EQ(told, heard);
}

TEST(HistoryExport, SaysWhenAPlayBeganAndLeavesItOpenForVideos) {
  const auto entries = entries_of(history_export(usual(), {.until = kNow}));
  for (const auto& row : rows_of(entries, "Audio")) {
    const auto end = base::parse_utc(row["ts"].get<std::string>());
    ASSERT_TRUE(end);
    const auto began = row["offline_timestamp"].get<std::int64_t>();
    const auto ms = row["ms_played"].get<std::int64_t>();
    EXPECT_LE(std::abs(base::to_unix_ms(*end) - ms - began * 1000), 1'000);
  }
  for (const auto& row : rows_of(entries, "Video")) {
    EXPECT_TRUE(row["offline_timestamp"].is_null());
    EXPECT_TRUE(row["offline"].is_null());
  }
}

TEST(HistoryExport, HasEpisodesAndSomeWithoutAnyName) {
  const auto audio = rows_of(entries_of(history_export(usual(), {.until = kNow})), "Audio");
  const auto count = [&](auto wanted) { return std::count_if(audio.begin(), audio.end(), wanted); };
  const auto episodes = count([](const auto& row) { return !row["episode_name"].is_null(); });
  const auto nameless = count([](const auto& row) {
    return row["episode_name"].is_null() && row["spotify_track_uri"].is_null();
  });
  EXPECT_GT(episodes, 10);
  EXPECT_GT(nameless, 0);
  EXPECT_LT(nameless, episodes);
}

TEST(HistoryExport, OfAccountDataReachesBackAYearToTheMinute) {
  const auto entries =
      entries_of(history_export(usual(), {.package = ExportPackage::account, .until = kNow}));
  EXPECT_THAT(names_of(entries),
              testing::IsSupersetOf({"Spotify Account Data/StreamingHistory_music_0.json",
                                     "Spotify Account Data/StreamingHistory_podcast_0.json",
                                     "Spotify Account Data/Playlist1.json"}));
  const auto rows = rows_of(entries, "StreamingHistory_");
  const auto year = usual().plays_until(kNow) - usual().plays_until(kNow - std::chrono::days(365));
  EXPECT_LT(rows.size(), year);  // without the withdrawn episodes
  EXPECT_GT(rows.size(), year * 98 / 100);
  EXPECT_THAT(rows[0]["endTime"].get<std::string>(),
              testing::MatchesRegex("202[0-9]-[0-9]+-[0-9]+ [0-9][0-9]:[0-9][0-9]"));
  EXPECT_EQ(rows[0].size(), 4u);
}

TEST(HistoryExport, IsTheSameForTheSameListener) {
  const Listener again(1, 60, 4'000, kNow);
  EXPECT_EQ(history_export(usual(), {.until = kNow}), history_export(again, {.until = kNow}));
}

}  // namespace
}  // namespace soundlake::sim
