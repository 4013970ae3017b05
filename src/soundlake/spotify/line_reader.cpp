// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/line_reader.hpp"

#include <unistd.h>

#include <cerrno>
#include <utility>

namespace soundlake::spotify {
namespace {
constexpr std::size_t kLongestLine = 16u << 10;
}

std::vector<std::string> LineReader::read() {
  std::vector<std::string> lines;
  const auto finish = [&] {
    if (!too_long_ && !begun_.empty()) lines.push_back(begun_);
    begun_.clear();
    too_long_ = false;
  };
  char buffer[4096];
  const auto got = fd_ < 0 ? 0 : ::read(fd_, buffer, sizeof buffer);
  if (got < 0 && (errno == EINTR || errno == EAGAIN)) return lines;
  if (got <= 0) {
    finish();
    close();
    return lines;
  }
  for (const char letter : std::string_view(buffer, static_cast<std::size_t>(got))) {
    if (letter == '\n') {
      finish();
    } else if (begun_.size() < kLongestLine) {
      begun_ += letter;
    } else {
      too_long_ = true;
    }
  }
  return lines;
}

}  // namespace soundlake::spotify
