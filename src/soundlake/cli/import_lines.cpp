// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/import_lines.hpp"

#include "soundlake/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace soundlake::cli {
namespace {

constexpr std::size_t kIgnoredNamed = 4;

std::string file_name(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

std::string ignored_line(const std::vector<history::OtherFile>& ignored) {
  std::vector<std::string> names;
  for (const auto& file : ignored) {
    if (names.size() == kIgnoredNamed) break;
    names.push_back(file_name(file.name));
  }
  const auto more = ignored.size() - names.size();
  return counted(static_cast<std::int64_t>(ignored.size()), "file") +
         (ignored.size() == 1 ? " that is" : " that are") +
         " no listening history: " + base::join(names, ", ") +
         (more > 0 ? fmt::format(" and {} more", more) : "");
}

std::string year_line(const history::YearTotals& year, std::int64_t most) {
  const int share = most == 0 ? 0 : static_cast<int>(year.minutes * 100 / most);
  return fmt::format("  {:>4}  {} {:>9}  {:>7}  {:>7}   {}\n", year.year, bar(share, 16),
                     base::group_digits(year.minutes), base::group_digits(year.plays),
                     base::group_digits(year.tracks),
                     year.top_artist.empty() ? "–" : bold(year.top_artist));
}

}  // namespace

std::string years_table(const std::vector<history::YearTotals>& years) {
  if (years.empty()) return {};
  std::int64_t most = 0;
  for (const auto& year : years) most = std::max(most, year.minutes);
  std::string table = dim(fmt::format("  {:>4}  {:16} {:>9}  {:>7}  {:>7}   {}", "Year", "",
                                      "Minutes", "Plays", "Tracks", "Most heard")) +
                      "\n";
  for (const auto& year : years) table += year_line(year, most);
  return table + "\n";
}

std::string read_line(const ImportResult& result) {
  return fmt::format("{} in {}, in {:.2f} s", counted(result.books.total.rows_read, "row"),
                     counted(static_cast<std::int64_t>(result.books.files.size()), "file"),
                     static_cast<double>(result.took.count()) / 1000);
}

void add_import(LabelledLines& lines, const ImportResult& result) {
  const auto& total = result.books.total;
  lines.add("Read", read_line(result));
  std::string kept = counted(total.stored, "new play") + " · " +
                     base::group_digits(total.duplicates) + " known already or told twice";
  if (total.covered > 0)
    kept += fmt::format(" ({} of them by a better source)", base::group_digits(total.covered));
  kept += " · " + base::group_digits(total.rejected) + " rejected";
  lines.add("Kept", kept);
  if (result.books.displaced > 0) {
    lines.add("Kept", counted(result.books.displaced, "play") +
                          " known before gave way to this better source of the same listening");
  }
  if (result.books.gaps_closed > 0)
    lines.add("Closed", counted(result.books.gaps_closed, "gap") + " in your history");
  if (!result.ignored.empty()) lines.add("Ignored", ignored_line(result.ignored));
}

}  // namespace soundlake::cli
