// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/raw.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/text.hpp"

#include <zstd.h>

#include <algorithm>
#include <memory>

namespace soundlake::lake {
namespace {

constexpr std::string_view kFolder = "raw/";
constexpr std::string_view kEnding = ".ndjson.zst";
constexpr std::size_t kDayLength = 10;
constexpr int kLevel = 3;
/// Far more than a day of payloads; bounds what a forged file can make us allocate.
constexpr std::size_t kLargest = 1U << 30U;

bool is_service(std::string_view name) {
  return !name.empty() &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string_view::npos;
}

std::string compress(std::string_view text) {
  const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(),
                                                                     &ZSTD_freeCCtx);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kLevel);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  std::string frame(ZSTD_compressBound(text.size()), '\0');
  const auto size =
      ZSTD_compress2(context.get(), frame.data(), frame.size(), text.data(), text.size());
  if (ZSTD_isError(size) != 0) {
    throw Error(ErrorKind::internal, std::string("zstd: ") + ZSTD_getErrorName(size));
  }
  frame.resize(size);
  return frame;
}

std::string decompress(std::string_view bytes, const std::string& what) {
  const auto damaged = [&what](const std::string& how) {
    return Error(ErrorKind::data, what + " is damaged: " + how,
                 "payloads are kept for reference only; the file can be deleted");
  };
  const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(),
                                                                     &ZSTD_freeDCtx);
  std::string text;
  std::string chunk(ZSTD_DStreamOutSize(), '\0');
  ZSTD_inBuffer in{.src = bytes.data(), .size = bytes.size(), .pos = 0};
  std::size_t left = 0;
  for (bool full = false; in.pos < in.size || full;) {
    ZSTD_outBuffer out{.dst = chunk.data(), .size = chunk.size(), .pos = 0};
    left = ZSTD_decompressStream(context.get(), &out, &in);
    if (ZSTD_isError(left) != 0) throw damaged(ZSTD_getErrorName(left));
    text.append(chunk, 0, out.pos);
    if (text.size() > kLargest) throw damaged("it holds more than a gigabyte");
    full = out.pos == out.size && left != 0;
  }
  if (left != 0) throw damaged("it ends too early");
  return text;
}

}  // namespace

std::string raw_key(std::string_view service, base::Day day) {
  if (!is_service(service)) {
    throw Error(ErrorKind::internal, "'" + std::string(service) + "' is no name of a service");
  }
  return std::string(kFolder) + std::string(service) + "/" + base::format_day(day) +
         std::string(kEnding);
}

std::optional<base::Day> raw_day(std::string_view key) {
  const auto slash = key.rfind('/');
  if (!key.starts_with(kFolder) || slash < kFolder.size()) return std::nullopt;
  const auto name = key.substr(slash + 1);
  if (name.size() != kDayLength + kEnding.size() || !name.ends_with(kEnding)) return std::nullopt;
  if (!is_service(key.substr(kFolder.size(), slash - kFolder.size()))) return std::nullopt;
  return base::parse_day(name.substr(0, kDayLength));
}

std::string append_raw(std::string existing, const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) {
    const auto from = text.size();
    text += line;
    std::replace_if(
        text.begin() + static_cast<std::ptrdiff_t>(from), text.end(),
        [](char c) { return c == '\n' || c == '\r'; }, ' ');
    text += '\n';
  }
  if (text.empty()) return existing;
  const std::string frame = compress(text);
  if (existing.find(frame) == std::string::npos) existing += frame;
  return existing;
}

std::vector<std::string> read_raw(std::string_view bytes, const std::string& what) {
  auto lines = base::split(decompress(bytes, what), '\n');
  if (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

}  // namespace soundlake::lake
