// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/json_rows.hpp"

#include "soundlake/history/json_text.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

namespace soundlake::history {
namespace {

enum class Scan { ok, more, broken };

constexpr std::uint64_t kOnes = 0x0101010101010101U;
constexpr std::uint64_t kHighs = 0x8080808080808080U;

constexpr std::uint64_t eight_times(char byte) {
  return kOnes * static_cast<unsigned char>(byte);
}

/// The high bit of each byte of the word that is zero; of those above the first one it may be set
/// too.
constexpr std::uint64_t zero_bytes(std::uint64_t word) {
  return (word - kOnes) & ~word & kHighs;
}

/// Reads tokens; `at` is moved behind what was read.
struct Scanner {
  const char* at;
  const char* end;

  bool skip_blanks() {
    while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) ++at;
    return at < end;
  }

  Scan text(RawValue& value);
  Scan word(std::string_view word);
  Scan number(RawValue& value);
  Scan nested(RawValue& value);
  Scan value(RawValue& value);
  Scan object(RawRow& row);
};

/// A text, from behind its opening quote. Eight bytes at a time: most of an export is texts.
Scan Scanner::text(RawValue& value) {
  const char* const begin = at;
  std::uint64_t special = 0;  // high bits of bytes that keep the text from being plain
  for (;;) {
    if (end - at < 8) {
      while (at < end && *at != '"' && *at != '\\') {
        if (static_cast<signed char>(*at) < 0x20) special = kHighs;
        ++at;
      }
      if (at == end) return Scan::more;
    } else {
      std::uint64_t bytes = 0;
      std::memcpy(&bytes, at, sizeof bytes);
      if constexpr (std::endian::native == std::endian::big) bytes = __builtin_bswap64(bytes);
      const auto stops =
          zero_bytes(bytes ^ eight_times('"')) | zero_bytes(bytes ^ eight_times('\\'));
      const auto unusual = (bytes | ((bytes - eight_times(' ')) & ~bytes)) & kHighs;
      if (stops == 0) {
        special |= unusual;
        at += 8;
        continue;
      }
      const auto before = std::countr_zero(stops) / 8;
      special |= unusual & ((std::uint64_t{1} << (8 * before)) - 1);
      at += before;
    }
    if (*at == '"') break;
    special = kHighs;
    if (end - at < 2) return Scan::more;
    at += 2;
  }
  value = {RawValue::Type::text, special == 0,
           std::string_view(begin, static_cast<std::size_t>(at - begin))};
  ++at;
  return Scan::ok;
}

Scan Scanner::word(std::string_view word) {
  const auto there = static_cast<std::size_t>(end - at);
  const auto compared = there < word.size() ? there : word.size();
  if (std::memcmp(at, word.data(), compared) != 0) return Scan::broken;
  if (compared < word.size()) return Scan::more;
  at += word.size();
  return Scan::ok;
}

Scan Scanner::number(RawValue& value) {
  const char* const begin = at;
  const auto part = [](char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
  };
  while (at < end && part(*at)) ++at;
  if (at == end) return Scan::more;
  if (at == begin) return Scan::broken;
  value = {RawValue::Type::number, true,
           std::string_view(begin, static_cast<std::size_t>(at - begin))};
  return Scan::ok;
}

/// An array or object that nobody asked for: over it, however deep.
Scan Scanner::nested(RawValue& value) {
  const char* const begin = at;
  std::size_t depth = 0;
  RawValue text_inside;
  while (at < end) {
    const char byte = *at++;
    if (byte == '"') {
      const auto scan = text(text_inside);
      if (scan != Scan::ok) return scan;
    } else if (byte == '{' || byte == '[') {
      ++depth;
    } else if ((byte == '}' || byte == ']') && --depth == 0) {
      value = {RawValue::Type::nested, false,
               std::string_view(begin, static_cast<std::size_t>(at - begin))};
      return Scan::ok;
    }
  }
  return Scan::more;
}

Scan Scanner::value(RawValue& value) {
  const char* const begin = at;
  const auto literal = [&](std::string_view expected, RawValue::Type type) {
    const auto scan = word(expected);
    value = {type, true, std::string_view(begin, static_cast<std::size_t>(at - begin))};
    return scan;
  };
  switch (*at) {
    case '"':
      ++at;
      return text(value);
    case 't':
      return literal("true", RawValue::Type::yes);
    case 'f':
      return literal("false", RawValue::Type::no);
    case 'n':
      return literal("null", RawValue::Type::null);
    case '{':
    case '[':
      return nested(value);
    default:
      return number(value);
  }
}

/// An object, from behind its opening brace.
Scan Scanner::object(RawRow& row) {
  row = {};
  if (!skip_blanks()) return Scan::more;
  if (*at == '}') {
    ++at;
    return Scan::ok;
  }
  for (;;) {
    if (*at != '"') return Scan::broken;
    ++at;
    RawValue key;
    if (const auto scan = text(key); scan != Scan::ok) return scan;
    const auto field = key.plain ? field_of(key.bytes) : field_of(text_of_json(key.bytes));
    if (!skip_blanks()) return Scan::more;
    if (*at != ':') return Scan::broken;
    ++at;
    if (!skip_blanks()) return Scan::more;
    RawValue nobody_asked;
    const auto scan = value(field ? row[*field] : nobody_asked);
    if (scan != Scan::ok) return scan;
    if (!skip_blanks()) return Scan::more;
    const char behind = *at++;
    if (behind == '}') return Scan::ok;
    if (behind != ',') return Scan::broken;
    if (!skip_blanks()) return Scan::more;
  }
}

}  // namespace

JsonRows::Step JsonRows::next(std::string_view window, std::size_t& at, RawRow& row) {
  Scanner scanner{window.data() + at, window.data() + window.size()};
  const auto here = [&] { return static_cast<std::size_t>(scanner.at - window.data()); };
  const auto broken = [&] {
    begin_ = here();
    return Step::broken;
  };
  if (!scanner.skip_blanks()) return Step::more;
  if (!opened_) {
    if (*scanner.at != '[') return broken();
    ++scanner.at;
    opened_ = true;
    at = here();
    if (!scanner.skip_blanks()) return Step::more;
  }
  if (*scanner.at == ']') {
    at = here() + 1;
    return Step::end;
  }
  if (needs_comma_) {
    if (*scanner.at != ',') return broken();
    ++scanner.at;
    if (!scanner.skip_blanks()) return Step::more;
  }
  begin_ = here();
  const bool is_row = *scanner.at == '{';
  RawValue element;
  if (is_row) ++scanner.at;
  const auto scan = is_row ? scanner.object(row) : scanner.value(element);
  if (scan == Scan::broken) return broken();
  if (scan == Scan::more) return Step::more;
  at = here();
  needs_comma_ = true;
  return is_row ? Step::row : Step::other;
}

}  // namespace soundlake::history
