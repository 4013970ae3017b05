// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/lake/rows.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// How values are written into the text column `value` of facts/, and read back.
namespace soundlake::facts {

std::string integer_text(std::int64_t number);
/// The shortest decimal that reads back as exactly this number; null for infinity and NaN.
lake::Text number_text(double number);
/// A JSON array of strings. Invalid UTF-8 is repaired.
std::string list_text(const std::vector<std::string>& list);

/// `3.0` and `3e2` count as integers; nothing for a fraction or what does not fit.
std::optional<std::int64_t> read_integer(std::string_view text);
std::optional<double> read_number(std::string_view text);
/// The strings of a JSON array, in order; elements of other types are left out.
std::optional<std::vector<std::string>> read_list(std::string_view text);

}  // namespace soundlake::facts
