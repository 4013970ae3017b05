// SPDX-License-Identifier: Apache-2.0
#include "soundlake/serve/answer.hpp"

#include <nlohmann/json.hpp>

namespace soundlake::serve {
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

}  // namespace soundlake::serve
