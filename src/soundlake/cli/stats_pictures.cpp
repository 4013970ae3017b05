// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/stats_pictures.hpp"

#include "soundlake/base/text.hpp"
#include "soundlake/cli/stats_format.hpp"
#include "soundlake/cli/style.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace soundlake::cli {
namespace {

constexpr std::array kWeekdays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array kShades{"·", "░", "▒", "▓", "█"};
constexpr std::size_t kMargin = 7;  ///< two blanks, a weekday, two blanks

/// Where the shades change: quantiles of what is above 0, so that one long day does not make all
/// others pale.
class Shades {
 public:
  explicit Shades(std::vector<double> numbers) {
    std::erase_if(numbers, [](double number) { return number <= 0; });
    std::sort(numbers.begin(), numbers.end());
    for (std::size_t i = 1; i + 1 < kShades.size() && !numbers.empty(); ++i)
      bounds_.push_back(numbers[i * numbers.size() / (kShades.size() - 1)]);
  }
  std::string of(double number) const {
    if (number <= 0) return dim(kShades.front());
    const auto above = std::count_if(bounds_.begin(), bounds_.end(),
                                     [&](double bound) { return number >= bound; });
    return accent(kShades.at(static_cast<std::size_t>(above) + 1));
  }
  std::string key() const {
    std::string text = "  " + std::string(kMargin - 2, ' ') + dim("less ");
    for (std::size_t i = 0; i < kShades.size(); ++i)
      text += i == 0 ? dim(kShades.at(i)) : accent(kShades.at(i));
    return text + dim(" more") + "\n";
  }

 private:
  std::vector<double> bounds_;
};

double time_in(const std::vector<stats::Cell>& row) {
  return number_in(row.back());
}

}  // namespace

std::string drawn_week(const stats::Table& table, std::size_t columns) {
  std::vector<double> times;
  for (const auto& row : table.rows) times.push_back(time_in(row));
  const Shades shades(times);
  const std::size_t wide = columns >= kMargin + std::size_t{24} * 2 + 12 ? 2 : 1;
  std::string head(kMargin, ' ');
  for (std::size_t hour = 0; hour < 24; hour += 3) head += fmt::format("{:<{}}", hour, 3 * wide);
  std::string text = dim(head) + "\n";
  for (std::size_t day = 0; day < 7; ++day) {
    text += "  " + dim(kWeekdays.at(day)) + "  ";
    double sum = 0;
    for (std::size_t hour = 0; hour < 24; ++hour) {
      const auto time = times.at(day * 24 + hour);
      sum += time;
      for (std::size_t i = 0; i < wide; ++i) text += shades.of(time);
    }
    text += "  " + shown_time(std::llround(sum)) + "\n";
  }
  return text + shades.key();
}

bool is_daily(const stats::Table& table) {
  if (table.rows.size() < 2) return false;
  const auto day = [&](std::size_t row) { return std::get<base::Day>(table.rows[row].front()); };
  return day(1) - day(0) == std::chrono::days(1);
}

std::string drawn_calendar(const stats::Table& table, std::size_t columns) {
  const auto weekday = [](base::Day day) { return std::chrono::weekday(day).iso_encoding() - 1; };
  const auto first = std::get<base::Day>(table.rows.front().front());
  const auto monday = first - std::chrono::days(weekday(first));
  const auto last = std::get<base::Day>(table.rows.back().front());
  const auto weeks = static_cast<std::size_t>((last - monday).count()) / 7 + 1;
  const auto shown = std::min(weeks, columns - kMargin);
  std::vector<double> times;
  for (const auto& row : table.rows) times.push_back(time_in(row));
  const Shades shades(times);

  std::string text;
  // Blocks from the latest on: as many weeks as fit stand side by side.
  for (std::size_t end = weeks; end > 0; end -= std::min(end, shown)) {
    const auto begin = end > shown ? end - shown : 0;
    std::string months(kMargin, ' ');
    for (auto week = begin; week < end; ++week) {
      const std::chrono::year_month_day date(monday + std::chrono::days(7 * week));
      const bool starts = static_cast<unsigned>(date.day()) <= 7 || week == begin;
      const auto at = kMargin + week - begin;
      if (!starts || months.size() > at) continue;
      months.resize(at, ' ');
      const bool year = static_cast<unsigned>(date.month()) == 1 || week == begin;
      const auto label =
          year ? fmt::format("{} {} ", kMonths.at(static_cast<unsigned>(date.month()) - 1),
                             static_cast<int>(date.year()))
               : fmt::format("{} ", kMonths.at(static_cast<unsigned>(date.month()) - 1));
      if (at + label.size() <= columns) months += label;
    }
    text += dim(months) + "\n";
    for (unsigned day = 0; day < 7; ++day) {
      text += "  " + dim(kWeekdays.at(day)) + "  ";
      for (auto week = begin; week < end; ++week) {
        const auto number = (monday + std::chrono::days(7 * week + day) - first).count();
        const bool inside = number >= 0 && number < static_cast<std::int64_t>(times.size());
        text += inside ? shades.of(times[static_cast<std::size_t>(number)]) : " ";
      }
      text += "\n";
    }
    text += "\n";
  }
  return text + shades.key();
}

std::string sparkline(const std::vector<double>& numbers, std::size_t columns) {
  static constexpr std::array kHeights{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  if (numbers.empty() || columns == 0) return {};
  const auto bins = std::min(columns, numbers.size());
  std::vector<double> sums(bins);
  for (std::size_t i = 0; i < numbers.size(); ++i) sums[i * bins / numbers.size()] += numbers[i];
  const auto most = *std::max_element(sums.begin(), sums.end());
  std::string line;
  for (const auto sum : sums) {
    const auto height = most <= 0 ? 0 : std::lround(7 * sum / most);
    for (std::size_t i = 0; i < std::clamp<std::size_t>(columns / bins, 1, 3); ++i)
      line += sum <= 0 ? " " : kHeights.at(static_cast<std::size_t>(height));
  }
  return line;
}

}  // namespace soundlake::cli
