// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/export_zip.hpp"

#include "soundlake/base/error.hpp"

#include <zlib.h>

#include <limits>

namespace soundlake::sim {
namespace {

constexpr std::uint16_t kVersion = 20;    // deflate and folders
constexpr std::uint16_t kFlags = 0x0808;  // sizes in a data descriptor, UTF-8 names
constexpr std::uint16_t kDeflated = 8;

void put16(std::string& bytes, std::uint16_t value) {
  bytes += static_cast<char>(value & 0xff);
  bytes += static_cast<char>(value >> 8);
}

void put32(std::string& bytes, std::uint32_t value) {
  put16(bytes, static_cast<std::uint16_t>(value & 0xffff));
  put16(bytes, static_cast<std::uint16_t>(value >> 16));
}

std::uint32_t size32(std::size_t size) {
  if (size >= std::numeric_limits<std::uint32_t>::max())
    throw Error(ErrorKind::internal, "an export of 4 GB or more is not simulated");
  return static_cast<std::uint32_t>(size);
}

/// As MS-DOS told it: the date in the upper half.
std::uint32_t dos_time(base::Instant at) {
  const auto day = base::utc_day(at);
  const std::chrono::year_month_day date(day);
  const auto seconds = static_cast<std::uint32_t>(
      std::chrono::duration_cast<std::chrono::seconds>(at - base::Instant(day)).count());
  return static_cast<std::uint32_t>(int(date.year()) - 1980) << 25 | unsigned(date.month()) << 21 |
         unsigned(date.day()) << 16 | (seconds / 3600) << 11 | (seconds / 60 % 60) << 5 |
         seconds % 60 / 2;
}

std::string deflated(std::string_view content) {
  z_stream stream{};
  // Negative bits: without the header and checksum of zlib's own format.
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) !=
      Z_OK)
    throw Error(ErrorKind::internal, "zlib refuses to begin");
  std::string packed(deflateBound(&stream, size32(content.size())), '\0');
  // zlib's interface asks for a pointer to what it never writes.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));  // NOLINT
  stream.avail_in = size32(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = size32(packed.size());
  const int outcome = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (outcome != Z_STREAM_END) throw Error(ErrorKind::internal, "zlib did not come to an end");
  return packed;
}

}  // namespace

ExportZip::ExportZip(base::Instant made) : date_and_time_(dos_time(made)) {}

void ExportZip::add(std::string_view name, std::string_view content) {
  const std::string packed = deflated(content);
  const std::uint32_t start = size32(bytes_.size());
  const auto checksum = static_cast<std::uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(content.data()), size32(content.size())));
  const auto name_size = static_cast<std::uint16_t>(name.size());

  put32(bytes_, 0x04034b50);
  for (const auto value : {kVersion, kFlags, kDeflated}) put16(bytes_, value);
  put32(bytes_, date_and_time_);
  for (int unknown_yet = 0; unknown_yet < 3; ++unknown_yet) put32(bytes_, 0);
  put16(bytes_, name_size);
  put16(bytes_, 0);
  bytes_.append(name).append(packed);
  put32(bytes_, 0x08074b50);
  for (const auto value : {checksum, size32(packed.size()), size32(content.size())})
    put32(bytes_, value);

  put32(directory_, 0x02014b50);
  for (const auto value : {kVersion, kVersion, kFlags, kDeflated}) put16(directory_, value);
  put32(directory_, date_and_time_);
  for (const auto value : {checksum, size32(packed.size()), size32(content.size())})
    put32(directory_, value);
  put16(directory_, name_size);
  // No extra field, no comment, the first disk, no attributes.
  for (int none = 0; none < 4; ++none) put16(directory_, 0);
  put32(directory_, 0);
  put32(directory_, start);
  directory_.append(name);
  ++entries_;
}

std::string ExportZip::finish() {
  const std::uint32_t start = size32(bytes_.size());
  bytes_ += directory_;
  put32(bytes_, 0x06054b50);
  put32(bytes_, 0);
  put16(bytes_, entries_);
  put16(bytes_, entries_);
  put32(bytes_, size32(directory_.size()));
  put32(bytes_, start);
  put16(bytes_, 0);
  return std::move(bytes_);
}

}  // namespace soundlake::sim
