// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>

namespace soundlake::history {

/// Bytes one after the other: a file, a zip's entry, what gzip packed.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Up to `size` bytes; 0 at the end and never before. Throws Error{data} when what is packed is
  /// damaged and Error{io} when it cannot be read.
  virtual std::size_t read(char* to, std::size_t size) = 0;
};

/// How much packed bytes may become. Genuine exports unpack to about 17 times their size; a bomb
/// stops here.
struct UnpackLimits {
  std::uint64_t per_file = std::uint64_t{2} << 30;
  std::uint64_t total = std::uint64_t{8} << 30;
  std::uint64_t ratio = 200;
  std::uint64_t ratio_from = std::uint64_t{16} << 20;  ///< smaller ones may be denser
};

/// The file, opened for reading. Throws Error{io}.
std::unique_ptr<ByteSource> open_file(const std::filesystem::path& path);

/// What gzip packed into `packed`, all members of it.
std::unique_ptr<ByteSource> ungzip(std::unique_ptr<ByteSource> packed);

/// The same bytes, and Error{data} where they become more than the limits allow.
/// @param packed_size how large they are when packed
/// @param total what all files together became so far
std::unique_ptr<ByteSource> limited(std::unique_ptr<ByteSource> source, std::uint64_t packed_size,
                                    const UnpackLimits& limits, std::atomic<std::uint64_t>& total);

}  // namespace soundlake::history
