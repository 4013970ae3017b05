// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/history/read_exports.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

/// Test support: exports made by hand, in memory and in folders.
namespace soundlake::history {

/// A folder of this test alone, gone when the test is over.
class ExportFolder {
 public:
  ExportFolder() {
    static std::atomic<int> number = 0;
    path_ = std::filesystem::path(testing::TempDir()) /
            ("exports." + std::to_string(::getpid()) + "." + std::to_string(number++));
    std::filesystem::create_directories(path_);
  }
  ExportFolder(const ExportFolder&) = delete;
  ExportFolder& operator=(const ExportFolder&) = delete;
  ~ExportFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  const std::filesystem::path& path() const { return path_; }

  /// Writes a file, with the folders its name asks for.
  std::filesystem::path put(const std::string& name, std::string_view bytes) const {
    const auto path = path_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

 private:
  std::filesystem::path path_;
};

/// One track row as exports of 2025 have it, without its braces; what is in `more` stands last.
inline std::string extended_fields(int number, const std::string& more = {}) {
  const auto text = std::to_string(number);
  const auto minute = std::to_string(10 + number % 50);
  const auto hour = std::to_string(10 + number / 50 % 10);
  return R"("ts": "2024-03-01T)" + hour + ":" + minute + R"(:07Z", "platform": "ios",
    "ms_played": )" +
         std::to_string(30'000 + number) + R"(, "conn_country": "DE", "ip_addr": "203.0.113.7",
    "master_metadata_track_name": "Song )" +
         text + R"(", "master_metadata_album_artist_name": "Band )" + std::to_string(number % 7) +
         R"(", "master_metadata_album_album_name": "Album", "spotify_track_uri": "spotify:track:)" +
         text + R"(", "episode_name": null, "episode_show_name": null, "spotify_episode_uri": null,
    "reason_start": "trackdone", "reason_end": "fwdbtn", "shuffle": true, "skipped": false,
    "offline": false, "offline_timestamp": 1709290000, "incognito_mode": false)" +
         (more.empty() ? "" : ", " + more);
}

/// Track rows `first` … `first + count − 1` as a file, pretty-printed as Spotify does.
inline std::string extended_file(int first, int count) {
  std::string json = "[";
  for (int number = first; number < first + count; ++number) {
    json += (number == first ? "\n  {\n    " : ",\n  {\n    ") + extended_fields(number) + "\n  }";
  }
  return json + "\n]";
}

inline std::uint32_t crc32_of(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char byte : bytes) {
    crc ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320 : 0);
  }
  return ~crc;
}

/// The number as that many bytes, the lowest first.
inline std::string little(std::uint64_t number, int bytes) {
  std::string text;
  for (int at = 0; at < bytes; ++at) text += static_cast<char>(number >> (8 * at) & 0xFF);
  return text;
}

/// gzip without compression.
inline std::string gzip(std::string_view bytes) {
  std::string packed("\x1F\x8B\x08\0\0\0\0\0\0\x03", 10);
  for (auto rest = bytes;;) {
    const auto part = rest.substr(0, 65535);
    rest.remove_prefix(part.size());
    packed += rest.empty() ? '\1' : '\0';
    packed += little(part.size(), 2) + little(~part.size() & 0xFFFF, 2);
    packed += part;
    if (rest.empty()) break;
  }
  return packed + little(crc32_of(bytes), 4) + little(bytes.size(), 4);
}

/// An entry of a zip that is written field by field, so that any of them can be unusual.
struct RawZipEntry {
  std::string name;
  std::string content;
  std::uint16_t flags = 0;
  std::uint16_t method = 0;  ///< 0: stored as it is
  std::uint32_t crc_error = 0;
};

/// A zip of stored entries; `zip64` puts sizes and places where files above 4 GB have them.
inline std::string raw_zip(const std::vector<RawZipEntry>& entries, bool zip64 = false) {
  std::string bytes;
  std::string directory;
  const auto big = [&](std::uint64_t number) { return little(zip64 ? 0xFFFFFFFF : number, 4); };
  for (const auto& entry : entries) {
    const auto begin = bytes.size();
    const auto common = little(entry.flags, 2) + little(entry.method, 2) + little(0x5A000000, 4) +
                        little(crc32_of(entry.content) ^ entry.crc_error, 4);
    const auto size = entry.content.size();
    bytes += "PK\x03\x04" + little(45, 2) + common + little(size, 4) + little(size, 4) +
             little(entry.name.size(), 2) + little(0, 2) + entry.name + entry.content;
    const auto extra =
        zip64 ? little(1, 2) + little(24, 2) + little(size, 8) + little(size, 8) + little(begin, 8)
              : std::string();
    directory += "PK\x01\x02" + little(45, 2) + little(45, 2) + common + big(size) + big(size) +
                 little(entry.name.size(), 2) + little(extra.size(), 2) + little(0, 8) +
                 little(0, 2) + big(begin) + entry.name + extra;
  }
  const auto begin = bytes.size();
  bytes += directory;
  if (zip64) {
    const auto end = bytes.size();
    bytes += "PK\x06\x06" + little(44, 8) + little(45, 2) + little(45, 2) + little(0, 8) +
             little(entries.size(), 8) + little(entries.size(), 8) + little(directory.size(), 8) +
             little(begin, 8);
    bytes += "PK\x06\x07" + little(0, 4) + little(end, 8) + little(1, 4);
  }
  const auto count = zip64 ? 0xFFFF : entries.size();
  return bytes + "PK\x05\x06" + little(0, 4) + little(count, 2) + little(count, 2) +
         big(directory.size()) + big(begin) + little(0, 2);
}

inline ReadExports read(const std::vector<std::filesystem::path>& paths,
                        const ReadLimits& limits = {}) {
  const auto progress = base::silent_progress();
  return read_exports(paths, *progress, limits);
}

/// Every play as lake::Play, in the order read.
inline std::vector<lake::Play> plays_of(const ReadExports& exports) {
  std::vector<lake::Play> plays;
  for (std::size_t row = 0; row < exports.plays.rows(); ++row) {
    plays.push_back(to_play(exports.plays, row));
  }
  return plays;
}

}  // namespace soundlake::history
