// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/history/byte_source.hpp"

#include <cstddef>

namespace soundlake::history {

/// What reading an export may cost. Genuine ones stay far below all of these; tests use less.
struct ReadLimits {
  UnpackLimits unpack;
  std::size_t zip_entries = 10'000;
  std::size_t folder_files = 100'000;
  std::size_t window = std::size_t{512} << 10;  ///< bytes of a file in memory at a time
  std::size_t row = std::size_t{16} << 20;      ///< bytes of the largest row
};

}  // namespace soundlake::history
