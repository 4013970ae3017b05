// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/json_text.hpp"

#include "soundlake/base/text.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <optional>

namespace soundlake::history {
namespace {

constexpr std::uint32_t kReplacement = 0xFFFD;

void put_utf8(std::uint32_t code, std::string& text) {
  const auto put = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xC0 | code >> 6);
  } else {
    if (code < 0x10000) {
      put(0xE0 | code >> 12);
    } else {
      put(0xF0 | code >> 18);
      put(0x80 | (code >> 12 & 0x3F));
    }
    put(0x80 | (code >> 6 & 0x3F));
  }
  put(0x80 | (code & 0x3F));
}

/// The four hexadecimal digits in front of `rest`.
std::optional<std::uint32_t> take_hex4(std::string_view& rest) {
  std::uint32_t code = 0;
  if (rest.size() < 4) return std::nullopt;
  const char* const begin = rest.data();
  const auto [end, error] = std::from_chars(begin, begin + 4, code, 16);
  if (error != std::errc() || end != begin + 4) return std::nullopt;
  rest.remove_prefix(4);
  return code;
}

/// The character that `\u` stands for; `rest` begins behind it.
std::uint32_t take_character(std::string_view& rest) {
  const auto first = take_hex4(rest);
  if (!first || *first == 0) return kReplacement;
  if (*first < 0xD800 || *first > 0xDFFF) return *first;
  if (*first < 0xDC00 && rest.substr(0, 2) == "\\u") {
    auto behind = rest.substr(2);
    const auto second = take_hex4(behind);
    if (second && *second >= 0xDC00 && *second <= 0xDFFF) {
      rest = behind;
      return 0x10000 + ((*first - 0xD800) << 10) + (*second - 0xDC00);
    }
  }
  return kReplacement;
}

char escaped(char letter) {
  switch (letter) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    default:
      return letter;
  }
}

}  // namespace

std::string text_of_json(std::string_view between_quotes) {
  std::string text;
  text.reserve(between_quotes.size());
  for (auto rest = between_quotes; !rest.empty();) {
    const char byte = rest.front();
    rest.remove_prefix(1);
    if (byte == '\0') {
      put_utf8(kReplacement, text);
    } else if (byte != '\\' || rest.empty()) {
      text += byte;
    } else if (rest.front() == 'u') {
      rest.remove_prefix(1);
      put_utf8(take_character(rest), text);
    } else {
      text += escaped(rest.front());
      rest.remove_prefix(1);
    }
  }
  return base::is_utf8(text) ? text : base::repair_utf8(text);
}

std::string shown(std::string_view bytes) {
  constexpr std::size_t kMost = 40;
  std::string line;
  for (const char byte : bytes.substr(0, kMost)) {
    if (static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F) {
      line += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
    } else {
      line += byte;
    }
  }
  // A cut in the middle of a character leaves bytes that are none.
  while (bytes.size() > kMost && !line.empty() && !base::is_utf8(line)) line.pop_back();
  return base::repair_utf8(line) + (bytes.size() > kMost ? "…" : "");
}

}  // namespace soundlake::history
