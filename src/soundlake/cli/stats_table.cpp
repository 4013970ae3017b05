// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/stats_table.hpp"

#include "soundlake/base/text.hpp"
#include "soundlake/cli/stats_format.hpp"
#include "soundlake/cli/style.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

namespace soundlake::cli {
namespace {

constexpr std::size_t kBetween = 2;
constexpr std::size_t kNarrowestText = 10;
constexpr std::size_t kShortestBar = 6;
constexpr std::size_t kLongestBar = 24;

struct Drawn {
  std::string heading;
  std::vector<std::string> texts;
  bool left = false;  ///< text stands left, numbers right
  std::size_t width = 0;
};

bool is_left(stats::Unit unit) {
  return unit == stats::Unit::text || unit == stats::Unit::key || unit == stats::Unit::day ||
         unit == stats::Unit::moment;
}

/// Keys are for programs, and a column that nobody knows anything in says nothing to people.
bool is_worth_showing(const stats::Table& table, std::size_t column) {
  if (table.columns[column].unit == stats::Unit::key) return false;
  return std::any_of(table.rows.begin(), table.rows.end(), [&](const auto& row) {
    return !std::holds_alternative<std::monostate>(row[column]);
  });
}

Drawn draw_column(const stats::Table& table, std::size_t number) {
  const auto& column = table.columns[number];
  const auto heading = column.unit == stats::Unit::ms && column.name == "ms"
                           ? std::string("Time")
                           : heading_of(column.name);
  Drawn drawn{.heading = heading, .texts = {}, .left = is_left(column.unit), .width = 0};
  drawn.width = base::display_width(drawn.heading);
  for (const auto& row : table.rows) {
    // A rank that did not exist before and an artist that nobody names are left blank.
    const bool blank = std::holds_alternative<std::monostate>(row[number]) &&
                       (column.name == "previous_rank" || column.name == "artist");
    drawn.texts.push_back(blank ? "" : shown(row[number], column.unit));
    drawn.width = std::max(drawn.width, base::display_width(drawn.texts.back()));
  }
  return drawn;
}

std::size_t total_width(const std::vector<Drawn>& columns) {
  return std::accumulate(
      columns.begin(), columns.end(), std::size_t{0},
      [](std::size_t sum, const Drawn& column) { return sum + column.width + kBetween; });
}

/// Takes columns away from the widest text until the table fits, then whole columns at the right.
void make_fit(std::vector<Drawn>& columns, std::size_t width) {
  while (total_width(columns) > width) {
    Drawn* widest = nullptr;
    for (auto& column : columns) {
      if (column.left && column.width > kNarrowestText &&
          (widest == nullptr || column.width > widest->width)) {
        widest = &column;
      }
    }
    if (widest != nullptr) {
      --widest->width;
    } else if (columns.size() > 1) {
      columns.pop_back();
    } else {
      return;
    }
  }
}

std::string aligned(const Drawn& column, const std::string& text) {
  if (column.left) return base::fit(text, column.width);
  const auto width = base::display_width(text);
  if (width > column.width) return base::fit(text, column.width);
  return std::string(column.width - width, ' ') + text;
}

/// The column whose numbers the bars show.
std::optional<std::size_t> bar_column(const stats::Table& table) {
  for (const auto unit : {stats::Unit::share, stats::Unit::ms}) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (table.columns[i].unit == unit) return i;
    }
  }
  return std::nullopt;
}

std::string without_blanks_at_end(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

}  // namespace

std::string drawn_table(const stats::Table& table, std::size_t columns) {
  std::vector<Drawn> drawn;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (is_worth_showing(table, i)) drawn.push_back(draw_column(table, i));
  }
  make_fit(drawn, columns);
  const auto used = total_width(drawn);
  const auto barred = bar_column(table);
  const auto room = columns > used ? std::min(columns - used, kLongestBar) : 0;
  const bool bars = barred && room >= kShortestBar;
  double most = 0;
  if (bars) {
    for (const auto& row : table.rows) most = std::max(most, number_in(row[*barred]));
  }

  std::string head;
  for (const auto& column : drawn)
    head += std::string(kBetween, ' ') + aligned(column, column.heading);
  std::string text = dim(without_blanks_at_end(head));
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    std::string line;
    for (const auto& column : drawn)
      line += std::string(kBetween, ' ') + aligned(column, column.texts[row]);
    if (bars && most > 0) {
      line += std::string(kBetween, ' ') +
              accent(smooth_bar(number_in(table.rows[row][*barred]) / most, room - kBetween));
    }
    text += without_blanks_at_end(line);
  }
  return text;
}

}  // namespace soundlake::cli
