// SPDX-License-Identifier: Apache-2.0
// Zips and gzip files with anything in them: nothing is thrown, nothing is written beside them, and
// every file's books balance.
#include "soundlake/history/read_exports.hpp"

#include <unistd.h>

#include "driver.hpp"
#include <filesystem>
#include <fstream>

namespace {

namespace fs = std::filesystem;
using namespace soundlake;
using fuzz::require;

/// A folder of this process alone.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("fuzz_zip." + std::to_string(::getpid()))) {
    fs::create_directory(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

void read_zip(const fs::path& folder, std::string_view input) {
  const auto zip = folder / "my_spotify_data.zip";
  std::ofstream(zip, std::ios::binary | std::ios::trunc) << input;
  history::ReadLimits limits;
  limits.unpack.per_file = std::uint64_t{1} << 20;
  limits.unpack.total = std::uint64_t{4} << 20;
  limits.window = 4096;
  const auto progress = base::silent_progress();
  const auto exports = history::read_exports({zip}, *progress, limits);
  std::size_t plays = 0;
  for (const auto& file : exports.files) {
    require(file.rows_read == static_cast<std::int64_t>(file.plays) + file.rows_rejected,
            "books balance");
    require(file.first_row == plays, "files stand behind one another");
    plays += file.plays;
  }
  require(plays == exports.plays.rows(), "every play belongs to a file");
  require(!exports.files.empty() || !exports.failed.empty() || !exports.ignored.empty() ||
              input.size() < 200,
          "something is said about it");
  require(std::distance(fs::directory_iterator(folder), {}) == 1, "nothing else is written");
}

}  // namespace

int main(int argc, char** argv) {
  const Folder folder;
  return soundlake::fuzz::run(
      argc, argv,
      {"PK\x03\x04", "PK\x01\x02", "PK\x05\x06", "PK\x06\x06", "PK\x06\x07", "PK\x07\x08",
       "\x1F\x8B\x08", std::string(4, '\0'), std::string(4, '\xFF'), std::string("\x01\0", 2),
       "endsong_0.json", "../", "/", "[", "{", "]"},
      [&](std::string_view input) { read_zip(folder.path(), input); });
}
