// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/byte_source.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <zlib.h>

#include <array>
#include <cerrno>

namespace soundlake::history {
namespace {

using base::Error;
using base::ErrorKind;

class FileSource : public ByteSource {
 public:
  explicit FileSource(const std::filesystem::path& path)
      : path_(path), file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
    if (!file_.open()) base::throw_io_error("cannot open", path, errno);
    ::posix_fadvise(file_.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
  }

  std::size_t read(char* to, std::size_t size) override {
    for (;;) {
      const auto got = ::read(file_.get(), to, size);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) base::throw_io_error("cannot read", path_, errno);
    }
  }

 private:
  std::filesystem::path path_;
  base::FileDescriptor file_;
};

class GzipSource : public ByteSource {
 public:
  explicit GzipSource(std::unique_ptr<ByteSource> packed) : packed_(std::move(packed)) {
    constexpr int kGzipOnly = 16 + MAX_WBITS;
    if (inflateInit2(&stream_, kGzipOnly) != Z_OK) {
      throw Error(ErrorKind::io, "there is no memory for unpacking gzip");
    }
  }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;
  ~GzipSource() override { inflateEnd(&stream_); }

  std::size_t read(char* to, std::size_t size) override {
    stream_.next_out = reinterpret_cast<Bytef*>(to);
    stream_.avail_out = static_cast<uInt>(size);
    while (stream_.avail_out == size) {
      if (stream_.avail_in == 0) refill();
      if (stream_.avail_in == 0) {
        if (inside_) throw Error(ErrorKind::data, "the gzip data is cut off");
        return 0;
      }
      inside_ = true;
      const int result = inflate(&stream_, Z_NO_FLUSH);
      if (result == Z_STREAM_END) {
        inside_ = false;
        inflateReset(&stream_);
      } else if (result != Z_OK) {
        throw Error(ErrorKind::data, "the gzip data is damaged");
      }
    }
    return size - stream_.avail_out;
  }

 private:
  void refill() {
    stream_.next_in = reinterpret_cast<Bytef*>(buffer_.data());
    stream_.avail_in = static_cast<uInt>(packed_->read(buffer_.data(), buffer_.size()));
  }

  std::unique_ptr<ByteSource> packed_;
  std::array<char, 65536> buffer_{};
  z_stream stream_{};
  bool inside_ = false;  ///< of a member that has not ended yet
};

class LimitedSource : public ByteSource {
 public:
  LimitedSource(std::unique_ptr<ByteSource> source, std::uint64_t packed_size,
                const UnpackLimits& limits, std::atomic<std::uint64_t>& total)
      : source_(std::move(source)), packed_size_(packed_size), limits_(limits), total_(total) {}

  std::size_t read(char* to, std::size_t size) override {
    const auto got = source_->read(to, size);
    size_ += got;
    if (size_ > limits_.per_file) {
      refuse(fmt::format("unpacks to more than {} MB", limits_.per_file >> 20));
    }
    if (size_ > limits_.ratio_from && size_ / limits_.ratio > packed_size_) {
      refuse(fmt::format("unpacks to more than {} times its size, like a zip bomb", limits_.ratio));
    }
    const auto all_files = total_ += got;
    if (all_files > limits_.total) {
      refuse(fmt::format("is left out: all files together unpack to more than {} MB",
                         limits_.total >> 20));
    }
    return got;
  }

 private:
  [[noreturn]] static void refuse(const std::string& why) { throw Error(ErrorKind::data, why); }

  std::unique_ptr<ByteSource> source_;
  std::uint64_t packed_size_;
  UnpackLimits limits_;
  std::atomic<std::uint64_t>& total_;
  std::uint64_t size_ = 0;
};

}  // namespace

std::unique_ptr<ByteSource> open_file(const std::filesystem::path& path) {
  return std::make_unique<FileSource>(path);
}

std::unique_ptr<ByteSource> ungzip(std::unique_ptr<ByteSource> packed) {
  return std::make_unique<GzipSource>(std::move(packed));
}

std::unique_ptr<ByteSource> limited(std::unique_ptr<ByteSource> source, std::uint64_t packed_size,
                                    const UnpackLimits& limits, std::atomic<std::uint64_t>& total) {
  return std::make_unique<LimitedSource>(std::move(source), packed_size, limits, total);
}

}  // namespace soundlake::history
