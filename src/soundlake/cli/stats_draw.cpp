// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/stats_draw.hpp"

#include "soundlake/cli/stats_format.hpp"
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

std::string heading(const stats::Result& result) {
  std::string line = bold(heading_of(result.statistic));
  if (result.from && result.to)
    line += dim("   " + shown_day(*result.from) + " – " + shown_day(*result.to) + " · " +
                rule_in_words(result.rule));
  return line + "\n\n";
}

std::string footing(const stats::Result& result) {
  std::string text;
  for (const auto& [name, number] : result.also)
    text += dim("  " + heading_of(name) + ": " + shown(number, stats::Unit::count)) + "\n";
  if (result.at_least)
    text += dim("  At least: a gap lies within these dates (soundlake stats gaps)") + "\n";
  return text.empty() ? text : "\n" + text;
}

}  // namespace

std::string drawn(const stats::Result& result) {
  if (result.table.rows.empty()) {
    return heading(result) + "  Nothing was played that counts.\n" + footing(result);
  }
  return heading(result) + drawn_table(result.table, terminal_columns()) + footing(result);
}

}  // namespace soundlake::cli
