// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/stats_answer.hpp"

#include "soundlake/base/text.hpp"
#include "soundlake/exports/csv.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace soundlake::cli {
namespace {

using Json = nlohmann::ordered_json;

struct ToJson {
  Json operator()(std::monostate) const { return nullptr; }
  Json operator()(const base::Day& day) const { return base::format_day(day); }
  Json operator()(const base::Instant& at) const { return base::format_utc(at); }
  template <class Value>
  Json operator()(const Value& value) const {
    return value;
  }
};

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

Json day_json(const std::optional<base::Day>& day) {
  return day ? Json(base::format_day(*day)) : Json(nullptr);
}

}  // namespace

std::string json_of(const stats::Result& result) {
  Json object;
  object["statistic"] = result.statistic;
  object["from"] = day_json(result.from);
  object["to"] = day_json(result.to);
  object["rule"] = result.rule;
  object["timezone"] = result.timezone;
  object["at_least"] = result.at_least;
  for (const auto& [name, number] : result.also) object[name] = number;
  object["rows"] = Json::array();
  for (const auto& row : result.table.rows) {
    Json of_row = Json::object();
    for (std::size_t i = 0; i < row.size(); ++i)
      of_row[result.table.columns[i].name] = std::visit(ToJson(), row[i]);
    object["rows"].push_back(std::move(of_row));
  }
  return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

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
