// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/stats_draw.hpp"

#include "soundlake/base/text.hpp"
#include "soundlake/cli/stats_format.hpp"
#include "soundlake/cli/stats_pictures.hpp"
#include "soundlake/cli/stats_table.hpp"
#include "soundlake/cli/style.hpp"

namespace soundlake::cli {
namespace {

std::string rule_in_words(const std::string& rule) {
  if (rule == "30s") return "plays of 30 seconds or more";
  if (rule == "trackdone") return "finished tracks";
  if (rule == "half") return "half or more";
  return "everything";
}

std::string heading(const stats::Result& result, std::size_t columns) {
  std::string line = bold(heading_of(result.statistic));
  if (!result.from || !result.to) return line + "\n\n";
  const auto dates = shown_day(*result.from) + " – " + shown_day(*result.to);
  const auto words = rule_in_words(result.rule);
  const auto used = result.statistic.size() + 3 + base::display_width(dates);
  const bool on_one_line = used + 3 + words.size() <= columns;
  line += dim("   " + dates + (on_one_line ? " · " + words : ""));
  return line + (on_one_line ? "" : "\n" + dim(words)) + "\n\n";
}

std::string footing(const stats::Result& result) {
  std::string text;
  for (const auto& [name, number] : result.also)
    text += dim("  " + heading_of(name) + ": " + shown(number, stats::Unit::count)) + "\n";
  if (result.at_least) text += dim("  At least: a gap lies within the dates (stats gaps)") + "\n";
  return text.empty() ? text : "\n" + text;
}

}  // namespace

std::string drawn(const stats::Result& result) {
  const auto columns = terminal_columns();
  if (result.table.rows.empty()) {
    return heading(result, columns) + "  Nothing was played that counts.\n" + footing(result);
  }
  const auto picture = result.statistic == "week-hours" ? drawn_week(result.table, columns)
                       : result.statistic == "series" && is_daily(result.table)
                           ? drawn_calendar(result.table, columns)
                           : drawn_table(result.table, columns);
  return heading(result, columns) + picture + footing(result);
}

}  // namespace soundlake::cli
