// SPDX-License-Identifier: Apache-2.0
#include "soundlake/facts/values.hpp"

#include "soundlake/base/json.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <charconv>
#include <cmath>

namespace soundlake::facts {
namespace {

/// The text as a number, when all of it is one.
template <class Number>
std::optional<Number> read_whole(std::string_view text) {
  Number number{};
  const auto* end = text.data() + text.size();
  const auto [at, problem] = std::from_chars(text.data(), end, number);
  if (problem != std::errc{} || at != end) return std::nullopt;
  return number;
}

}  // namespace

std::string integer_text(std::int64_t number) {
  return std::to_string(number);
}

lake::Text number_text(double number) {
  if (!std::isfinite(number)) return std::nullopt;
  std::array<char, 32> digits{};
  const auto [end, problem] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  return problem == std::errc{} ? lake::Text(std::string(digits.data(), end)) : std::nullopt;
}

std::string list_text(const std::vector<std::string>& list) {
  return nlohmann::json(list).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<std::int64_t> read_integer(std::string_view text) {
  if (const auto integer = read_whole<std::int64_t>(text)) return integer;
  // Beyond 2^53 a double no longer tells one integer from the next.
  constexpr double kExactLimit = 9007199254740992.0;
  const auto number = read_number(text);
  if (!number || std::trunc(*number) != *number || std::abs(*number) > kExactLimit) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(*number);
}

std::optional<double> read_number(std::string_view text) {
  const auto number = read_whole<double>(text);
  return number && std::isfinite(*number) ? number : std::nullopt;
}

std::optional<std::vector<std::string>> read_list(std::string_view text) {
  const auto document = base::JsonDocument::try_parse(text);
  if (!document || !document->root().is_array()) return std::nullopt;
  std::vector<std::string> list;
  for (const auto& item : document->root().items()) {
    if (auto element = item.text()) list.push_back(std::move(*element));
  }
  return list;
}

}  // namespace soundlake::facts
