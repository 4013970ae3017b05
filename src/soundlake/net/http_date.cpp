// SPDX-License-Identifier: Apache-2.0
#include "soundlake/net/http_date.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

namespace soundlake::net {
namespace {

using Words = std::vector<std::string_view>;

Words words_of(std::string_view text) {
  constexpr std::string_view kBreaks = " \t,-";
  Words words;
  while (true) {
    const auto start = text.find_first_not_of(kBreaks);
    if (start == std::string_view::npos) return words;
    const auto end = std::min(text.find_first_of(kBreaks, start), text.size());
    words.push_back(text.substr(start, end - start));
    text.remove_prefix(end);
  }
}

std::optional<int> digits(std::string_view text, std::size_t least, std::size_t most) {
  int value = 0;
  if (text.size() < least || text.size() > most) return std::nullopt;
  if (text.front() < '0' || text.front() > '9') return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<unsigned> month_of(std::string_view text) {
  static constexpr std::array<std::string_view, 12> kMonths = {
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  for (unsigned i = 0; i < kMonths.size(); ++i) {
    if (text == kMonths[i]) return i + 1;
  }
  return std::nullopt;
}

std::optional<std::chrono::seconds> time_of_day(std::string_view text) {
  if (text.size() != 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
  const auto hour = digits(text.substr(0, 2), 2, 2);
  const auto minute = digits(text.substr(3, 2), 2, 2);
  const auto second = digits(text.substr(6, 2), 2, 2);
  // 60 is a leap second.
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60)
    return std::nullopt;
  return std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
}

std::optional<int> year_of(std::string_view text, base::Instant now) {
  const auto year = digits(text, 2, 4);
  if (!year || text.size() == 3) return std::nullopt;
  if (text.size() == 4) return year;
  const int this_year = base::utc_year(now);
  const int full = this_year - this_year % 100 + *year;
  return full > this_year + 50 ? full - 100 : full;
}

}  // namespace

std::optional<base::Instant> parse_http_date(std::string_view text, base::Instant now) {
  const Words words = words_of(text);
  // "Sun, 06 Nov 1994 08:49:37 GMT" and "Sunday, 06-Nov-94 08:49:37 GMT" have six words in one
  // order, "Sun Nov  6 08:49:37 1994" has five in another.
  const bool asctime = words.size() == 5;
  if (!asctime && (words.size() != 6 || words[5] != "GMT")) return std::nullopt;
  const auto day = digits(words[asctime ? 2 : 1], 1, 2);
  const auto month = month_of(words[asctime ? 1 : 2]);
  const auto year = year_of(words[asctime ? 4 : 3], now);
  const auto time = time_of_day(words[asctime ? 3 : 4]);
  if (!day || !month || !year || !time) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(*month),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return base::Instant(std::chrono::sys_days(date)) + *time;
}

}  // namespace soundlake::net
