// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace soundlake::base {

/// The text in Unicode normal form C. Invalid UTF-8 comes back repaired (see repair_utf8).
std::string nfc(std::string_view text);
/// For comparing names: compatibility-decomposed, case-folded, without marks, blanks collapsed and
/// trimmed ("Beyoncé " → "beyonce").
std::string fold(std::string_view text);
bool is_utf8(std::string_view text);
/// Every byte that is not part of valid UTF-8 replaced by U+FFFD.
std::string repair_utf8(std::string_view text);

std::string trim(std::string_view text);
std::string to_lower_ascii(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);

/// The candidate with the smallest edit distance to `word`; nothing when none is near
/// (distance above a third of the word's length, at least 2).
std::optional<std::string> nearest(std::string_view word,
                                   const std::vector<std::string>& candidates);

/// How many columns the text takes on a terminal (wide characters 2, marks 0).
std::size_t display_width(std::string_view text);
/// The text cut to `width` columns, with … when something was cut, filled with blanks when short.
std::string fit(std::string_view text, std::size_t width);
/// 12 345 678: digits in groups of three, separated by a narrow no-break space.
std::string group_digits(std::int64_t number);

}  // namespace soundlake::base
