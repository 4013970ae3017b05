// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/read_exports.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/stop.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/history/find_exports.hpp"
#include "soundlake/history/read_file.hpp"
#include "soundlake/history/row_teller.hpp"
#include "soundlake/lake/run_all.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <tuple>

namespace soundlake::history {
namespace {

/// More threads than this wait for memory, not for processors.
constexpr unsigned kMostWorkers = 4;

/// What was read of a file already, and the rest of it.
class StartedSource : public ByteSource {
 public:
  StartedSource(std::string start, std::unique_ptr<ByteSource> rest)
      : start_(std::move(start)), rest_(std::move(rest)) {}

  std::size_t read(char* to, std::size_t size) override {
    if (start_.empty()) return rest_->read(to, size);
    const auto count = std::min(size, start_.size());
    std::copy_n(start_.begin(), count, to);
    start_.erase(0, count);
    return count;
  }

 private:
  std::string start_;
  std::unique_ptr<ByteSource> rest_;
};

/// Opens files, and keeps the zip of the last one open for the next.
class Opener {
 public:
  Opener(const UnpackLimits& limits, std::atomic<std::uint64_t>& unpacked_bytes)
      : limits_(limits), unpacked_bytes_(unpacked_bytes) {}

  std::unique_ptr<ByteSource> open(const FoundFile& file) {
    auto bytes = file.entry ? open_entry(file) : open_file(file.path);
    std::string start(2, '\0');
    start.resize(bytes->read(start.data(), start.size()));
    const bool gzip = start == "\x1F\x8B";
    bytes = std::make_unique<StartedSource>(std::move(start), std::move(bytes));
    if (gzip) bytes = ungzip(std::move(bytes));
    if (gzip || file.entry) {
      bytes = limited(std::move(bytes), file.packed_size, limits_, unpacked_bytes_);
    }
    return bytes;
  }

 private:
  std::unique_ptr<ByteSource> open_entry(const FoundFile& file) {
    if (!archive_ || path_ != file.path) {
      archive_ = std::make_unique<ZipArchive>(file.path);
      path_ = file.path;
    }
    return archive_->open(*file.entry);
  }

  const UnpackLimits& limits_;
  std::atomic<std::uint64_t>& unpacked_bytes_;
  std::unique_ptr<ZipArchive> archive_;
  std::filesystem::path path_;
};

/// Somebody who reads one file after the other.
struct Reader {
  RowTeller teller;
  Mapping mapping;  ///< of the teller's texts and contents
};

/// Takes the readings in whatever order they are done and puts them behind one another in the order
/// of the files.
class Collector {
 public:
  Collector(const std::vector<FoundFile>& files, ReadExports& exports, base::Progress& progress)
      : files_(files), exports_(exports), progress_(progress), appender_(exports.plays) {}

  void count_rows(std::int64_t more) {
    base::throw_if_stopped();
    const std::lock_guard lock(mutex_);
    rows_ += more;
    progress_.advance(rows_);
  }

  /// @param reader whose reading it is; outlives this
  void take(std::size_t file, FileReading reading, Reader& reader) {
    const std::lock_guard lock(mutex_);
    appender_.map(reader.teller.plays(), reader.mapping);
    waiting_.emplace(file, Waiting{std::move(reading), &reader.mapping});
    for (auto next = waiting_.find(next_); next != waiting_.end(); next = waiting_.find(next_)) {
      put(files_[next_], next->second.reading, *next->second.mapping);
      waiting_.erase(next);
      ++next_;
    }
  }

  /// The archives that held no file of plays and none that could have been.
  void fold_archives_without_history() {
    for (const auto& [archive, others] : others_) {
      if (with_history_.contains(archive)) {
        exports_.ignored.insert(exports_.ignored.end(), others.begin(), others.end());
      } else {
        exports_.ignored.push_back({archive, "holds no listening history, " +
                                                 std::to_string(others.size()) + " other files"});
      }
    }
  }

  std::int64_t rows() const { return rows_; }

 private:
  struct Waiting {
    FileReading reading;
    const Mapping* mapping;
  };

  void put(const FoundFile& found, FileReading& reading, const Mapping& mapping) {
    if (reading.history) {
      reading.history->first_row = exports_.plays.rows();
      appender_.append(reading.plays, mapping);
      exports_.files.push_back(std::move(*reading.history));
      with_history_.insert(found.archive);
    } else if (reading.failed) {
      exports_.failed.push_back({found.name, reading.reason});
      with_history_.insert(found.archive);
    } else if (found.archive.empty()) {
      exports_.ignored.push_back({found.name, reading.reason});
    } else {
      others_[found.archive].push_back({found.name, reading.reason});
    }
  }

  const std::vector<FoundFile>& files_;
  ReadExports& exports_;
  base::Progress& progress_;
  PlayAppender appender_;
  std::mutex mutex_;
  std::map<std::size_t, Waiting> waiting_;
  std::size_t next_ = 0;
  std::int64_t rows_ = 0;
  std::map<std::string, std::vector<OtherFile>> others_;
  std::set<std::string> with_history_;
};

FileReading read_one(const FoundFile& file, Opener& opener, const ReadLimits& limits,
                     Collector& collector, RowTeller& teller) {
  std::unique_ptr<ByteSource> bytes;
  try {
    bytes = opener.open(file);
  } catch (const base::Error& error) {
    FileReading reading;
    reading.reason = error.message();
    reading.failed = true;
    return reading;
  }
  return read_history_file(
      file.name, *bytes, limits, [&](std::int64_t more) { collector.count_rows(more); }, teller);
}

void sort_by_name(std::vector<OtherFile>& files) {
  std::sort(files.begin(), files.end(), [](const OtherFile& a, const OtherFile& b) {
    return std::tie(a.name, a.reason) < std::tie(b.name, b.reason);
  });
}

}  // namespace

ReadExports read_exports(const std::vector<std::filesystem::path>& paths, base::Progress& progress,
                         const ReadLimits& limits) {
  progress.begin("reading the export", 0);
  std::atomic<std::uint64_t> unpacked_bytes = 0;
  auto found = find_exports(paths, limits, unpacked_bytes);
  ReadExports exports;
  exports.ignored = std::move(found.ignored);
  exports.failed = std::move(found.failed);

  const auto workers = std::clamp(std::thread::hardware_concurrency(), 1U, kMostWorkers);
  std::vector<Reader> readers(workers);
  Collector collector(found.files, exports, progress);
  std::atomic<std::size_t> next = 0;
  const auto work = [&](Reader& reader) {
    Opener opener(limits.unpack, unpacked_bytes);
    for (auto file = next++; file < found.files.size(); file = next++) {
      auto reading = read_one(found.files[file], opener, limits, collector, reader.teller);
      collector.take(file, std::move(reading), reader);
    }
  };
  std::vector<std::function<void()>> tasks;
  for (auto& reader : readers) tasks.emplace_back([&] { work(reader); });
  lake::run_all(tasks, workers > 1);
  collector.fold_archives_without_history();
  sort_by_name(exports.ignored);
  sort_by_name(exports.failed);
  progress.end(base::group_digits(collector.rows()) + " rows in " +
               std::to_string(exports.files.size()) + " files");
  return exports;
}

}  // namespace soundlake::history
