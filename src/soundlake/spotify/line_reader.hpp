// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace soundlake::spotify {

/// Lines from a descriptor that is polled beside others. Does not own it.
class LineReader {
 public:
  /// A negative descriptor has nothing to read.
  explicit LineReader(int fd) : fd_(fd) {}
  /// More may come.
  bool open() const { return fd_ >= 0; }
  /// To be polled for input; -1 when nothing more comes.
  int fd() const { return fd_; }
  /// Reads what is there, once, and gives the lines that are complete by now. At the end of input
  /// the last line needs no line break. Lines longer than 16 KiB are dropped.
  std::vector<std::string> read();
  /// Reads no more.
  void close() { fd_ = -1; }

 private:
  int fd_;
  std::string begun_;      ///< of the line that is not complete yet
  bool too_long_ = false;  ///< the rest of this line is dropped
};

}  // namespace soundlake::spotify
