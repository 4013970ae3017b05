// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/import_report.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace soundlake::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kRowsListed = 20;
constexpr std::size_t kFilesListed = 100;

constexpr const char* kHowToExport =
    "ask Spotify for your extended streaming history at https://www.spotify.com/account/privacy "
    "and give soundlake the zip as downloaded";

void tell_failed(const history::ReadExports& exports, Report& report) {
  std::size_t listed = 0;
  for (const auto& file : exports.failed) {
    if (listed++ == kFilesListed) break;
    report.problems.push_back({"unreadable_file", file.reason,
                               "everything else was read; download it again, or unpack it and give "
                               "soundlake the folder",
                               file.name});
  }
  if (exports.failed.size() > kFilesListed) {
    report.problems.push_back(
        {"unreadable_file",
         fmt::format("{} more files could not be read", exports.failed.size() - kFilesListed),
         {},
         {}});
  }
}

void tell_damaged(const history::ReadExports& exports, Report& report) {
  for (const auto& file : exports.files) {
    if (file.damage.empty()) continue;
    report.problems.push_back({"damaged_file", file.damage,
                               "its complete rows were read; download the export again and import "
                               "it once more for the others",
                               file.name});
  }
}

void tell_rejected(const history::ReadExports& exports, Report& report) {
  std::size_t listed = 0;
  for (const auto& file : exports.files) {
    std::int64_t untold = file.rows_rejected;
    for (const auto& row : file.rejected) {
      if (listed == kRowsListed) break;
      ++listed;
      --untold;
      report.problems.push_back(
          {"rejected_row",
           row.reason,
           {},
           fmt::format("{}, row {} (byte {})", file.name, row.row, row.offset)});
    }
    if (untold > 0) {
      report.problems.push_back(
          {"rejected_row",
           fmt::format("{}{} of its {} rows cannot be plays", base::group_digits(untold),
                       untold < file.rows_rejected ? " more" : "",
                       base::group_digits(file.rows_read)),
           {},
           file.name});
    }
  }
}

Json years_of(const std::vector<history::YearTotals>& years) {
  Json list = Json::array();
  for (const auto& year : years) {
    list.push_back(
        {{"year", year.year},
         {"plays", year.plays},
         {"minutes", year.minutes},
         {"tracks", year.tracks},
         {"top_artist", year.top_artist.empty() ? Json(nullptr) : Json(year.top_artist)}});
  }
  return list;
}

}  // namespace

void tell_unreadable(const history::ReadExports& exports, Report& report) {
  tell_failed(exports, report);
  tell_damaged(exports, report);
  tell_rejected(exports, report);
}

void require_history(const history::ReadExports& exports,
                     const std::vector<std::filesystem::path>& paths) {
  std::int64_t rows = 0;
  bool whole = false;
  for (const auto& file : exports.files) {
    rows += file.rows_read;
    whole = whole || file.damage.empty();
  }
  if (rows > 0 || whole) return;
  std::vector<std::string> names;
  for (const auto& path : paths) names.push_back(path.string());
  std::string message = "no listening history could be read from " + base::join(names, ", ");
  if (exports.files.empty() && exports.failed.size() == 1) {
    message += ": " + exports.failed.front().reason;
  } else if (exports.files.size() == 1 && exports.failed.empty()) {
    message += ": " + exports.files.front().damage;
  } else if (exports.failed.empty() && !exports.ignored.empty()) {
    message += exports.ignored.size() == 1
                   ? ": " + exports.ignored.front().reason
                   : fmt::format(": none of its {} files is one", exports.ignored.size());
  }
  throw Error(ErrorKind::data, message, kHowToExport);
}

Counts import_counts(const history::ImportBooks& books) {
  const auto& total = books.total;
  return {{"rows_read", total.rows_read},    {"stored", total.stored},
          {"duplicates", total.duplicates},  {"rejected", total.rejected},
          {"covered", total.covered},        {"displaced", books.displaced},
          {"gaps_closed", books.gaps_closed}};
}

Counts check_counts(const history::ImportBooks& books) {
  const auto& total = books.total;
  return {{"rows_read", total.rows_read},
          {"stored", 0},
          {"duplicates", total.duplicates},
          {"rejected", total.rejected},
          {"missing", total.stored}};
}

std::string import_details(const ImportResult& result) {
  Json details{{"files", Json::array()}, {"ignored", Json::array()}};
  for (const auto& file : result.books.files) {
    details["files"].push_back({{"name", file.name},
                                {"format", file.format},
                                {"rows_read", file.rows_read},
                                {"stored", file.stored},
                                {"duplicates", file.duplicates},
                                {"rejected", file.rejected}});
  }
  for (const auto& file : result.ignored) {
    details["ignored"].push_back({{"name", file.name}, {"reason", file.reason}});
  }
  details["years"] = years_of(result.books.years);
  return details.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace soundlake::cli
