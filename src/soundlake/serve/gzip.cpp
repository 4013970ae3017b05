// SPDX-License-Identifier: Apache-2.0
#include "soundlake/serve/gzip.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/text.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace soundlake::serve {
namespace {

constexpr int kGzipWindow = 15 + 16;  // the largest window, with gzip's header
constexpr int kMemory = 8;            // zlib's default

// zlib's interface is not const-correct; it does not write to its input.
Bytef* input(std::string_view bytes) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
}

}  // namespace

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  if (deflateInit2(&stream, 4, Z_DEFLATED, kGzipWindow, kMemory, Z_DEFAULT_STRATEGY) != Z_OK)
    throw Error(ErrorKind::internal, "gzip could not begin");
  std::string packed(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = input(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int result = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (result != Z_STREAM_END) throw Error(ErrorKind::internal, "gzip did not end");
  return packed;
}

std::string gunzip(std::string_view packed) {
  z_stream stream{};
  if (inflateInit2(&stream, kGzipWindow) != Z_OK)
    throw Error(ErrorKind::internal, "gzip could not begin");
  stream.next_in = input(packed);
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string bytes;
  std::array<char, 65536> part{};
  int result = Z_OK;
  while (result == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(part.data());
    stream.avail_out = static_cast<uInt>(part.size());
    result = inflate(&stream, Z_NO_FLUSH);
    bytes.append(part.data(), part.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (result != Z_STREAM_END) throw Error(ErrorKind::internal, "these bytes are no gzip stream");
  return bytes;
}

bool accepts_gzip(std::string_view accept_encoding) {
  auto rest = base::to_lower_ascii(accept_encoding);
  rest.erase(std::remove(rest.begin(), rest.end(), ' '), rest.end());
  std::string_view all = rest;
  while (!all.empty()) {
    const auto end = std::min(all.find(','), all.size());
    const auto coding = all.substr(0, end);
    all.remove_prefix(std::min(end + 1, all.size()));
    if (coding == "gzip") return true;
    if (!coding.starts_with("gzip;q=")) continue;
    return coding.substr(7).find_first_not_of("0.") != std::string_view::npos;
  }
  return false;
}

}  // namespace soundlake::serve
