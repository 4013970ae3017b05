// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/stats_csv.hpp"

#include "soundlake/base/text.hpp"
#include "soundlake/exports/csv.hpp"

#include <fmt/format.h>

namespace soundlake::cli {
namespace {

struct ToCsv {
  exports::Cell operator()(std::monostate) const { return {}; }
  exports::Cell operator()(std::int64_t value) const { return {std::to_string(value), true}; }
  exports::Cell operator()(double value) const { return {fmt::format("{}", value), true}; }
  exports::Cell operator()(bool value) const { return {value ? "true" : "false"}; }
  exports::Cell operator()(const std::string& value) const { return {value}; }
  exports::Cell operator()(const std::vector<std::string>& value) const {
    return {base::join(value, "; ")};
  }
  exports::Cell operator()(const base::Day& day) const { return {base::format_day(day)}; }
  exports::Cell operator()(const base::Instant& at) const { return {base::format_utc(at)}; }
};

}  // namespace

std::string csv_of(const stats::Table& table) {
  exports::CsvTable csv;
  for (const auto& column : table.columns) csv.header.push_back(column.name);
  for (const auto& row : table.rows) {
    auto& cells = csv.rows.emplace_back();
    for (const auto& cell : row) cells.push_back(std::visit(ToCsv(), cell));
  }
  return exports::csv_text(csv);
}

}  // namespace soundlake::cli
