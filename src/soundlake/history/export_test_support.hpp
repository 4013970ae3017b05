// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/history/read_exports.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
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

/// Bytes as a zip whose entries are stored, made field by field so that any of them can be wrong.
struct RawZipEntry {
  std::string name;
  std::string content;
  std::uint16_t flags = 0;
  std::uint16_t method = 0;
};

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
