// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/stats_format.hpp"

#include "soundlake/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace soundlake::cli {
namespace {

struct Shown {
  stats::Unit unit;

  std::string operator()(std::monostate) const { return "unknown"; }
  std::string operator()(std::int64_t value) const {
    if (unit == stats::Unit::text) return std::to_string(value);  // a year or a decade
    return unit == stats::Unit::ms ? shown_time(value) : base::group_digits(value);
  }
  std::string operator()(double value) const {
    if (unit == stats::Unit::ms) return shown_time(std::llround(value));
    if (unit != stats::Unit::share) return fmt::format("{:.1f}", value);
    const double percent = 100 * value;
    return percent < 9.95 ? fmt::format("{:.1f} %", percent) : fmt::format("{:.0f} %", percent);
  }
  std::string operator()(bool value) const { return value ? "yes" : "no"; }
  std::string operator()(const std::string& value) const { return value; }
  std::string operator()(const std::vector<std::string>& value) const {
    return value.empty() ? "none" : base::join(value, ", ");
  }
  std::string operator()(const base::Day& day) const { return shown_day(day); }
  std::string operator()(const base::Instant& at) const {
    return base::format_utc(std::chrono::floor<std::chrono::minutes>(at)).substr(0, 16);
  }
};

}  // namespace

std::string shown(const stats::Cell& cell, stats::Unit unit) {
  return std::visit(Shown{unit}, cell);
}

std::string shown_time(std::int64_t ms) {
  const auto seconds = ms / 1000;
  const auto hours = static_cast<double>(ms) / 3'600'000;
  if (seconds < 60) return fmt::format("{} s", seconds);
  if (seconds < 3600) return fmt::format("{} min", seconds / 60);
  if (hours < 10) return fmt::format("{} h {:02} min", seconds / 3600, seconds / 60 % 60);
  if (hours < 99.95) return fmt::format("{:.1f} h", hours);
  return base::group_digits(std::llround(hours)) + " h";
}

std::string shown_day(base::Day day) {
  static constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::chrono::year_month_day date(day);
  return fmt::format("{} {} {}", static_cast<unsigned>(date.day()),
                     kMonths.at(static_cast<unsigned>(date.month()) - 1),
                     static_cast<int>(date.year()));
}

std::string smooth_bar(double part, std::size_t columns) {
  static constexpr std::array kEighths{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const auto most = static_cast<double>(columns * 8);
  auto eighths = static_cast<std::size_t>(std::lround(std::clamp(part, 0.0, 1.0) * most));
  if (part > 0) eighths = std::max<std::size_t>(eighths, 1);
  std::string drawn;
  for (std::size_t i = 0; i < eighths / 8; ++i) drawn += "█";
  return drawn + kEighths.at(eighths % 8);
}

std::string heading_of(std::string_view name) {
  std::string heading(name);
  std::replace(heading.begin(), heading.end(), '-', ' ');
  std::replace(heading.begin(), heading.end(), '_', ' ');
  if (!heading.empty() && heading.front() >= 'a' && heading.front() <= 'z')
    heading.front() = static_cast<char>(heading.front() - 'a' + 'A');
  return heading;
}

double number_in(const stats::Cell& cell) {
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole);
  if (const auto* number = std::get_if<double>(&cell)) return *number;
  return 0;
}

}  // namespace soundlake::cli
