// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/computations.hpp"
#include "soundlake/stats/ranking.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace soundlake::stats {
namespace {

using Value = std::optional<std::string>;
using ByValue = std::map<Value, Heard>;

/// What was counted per code of each narrow column. Kinds and sources share `facts`, the four
/// yes-or-no fields `states`: few columns to walk for many fields.
struct Counts {
  std::vector<Heard> facts = std::vector<Heard>(kFactsValues);
  std::vector<Heard> states = std::vector<Heard>(256);
  std::vector<Heard> platform = std::vector<Heard>(256);
  std::vector<Heard> reason_start = std::vector<Heard>(256);
  std::vector<Heard> reason_end = std::vector<Heard>(256);
  std::vector<Heard> country = std::vector<Heard>(65536);
};

void add(ByValue& values, const Value& value, const Heard& heard) {
  if (heard.plays == 0) return;
  values[value].plays += heard.plays;
  values[value].ms += heard.ms;
}

ByValue by_word(const std::vector<Heard>& counts, const std::vector<std::string>& words) {
  ByValue values;
  for (std::size_t code = 0; code < counts.size(); ++code)
    add(values, code < words.size() ? Value(words[code]) : std::nullopt, counts[code]);
  return values;
}

ByValue by_state(const std::vector<Heard>& counts, State state) {
  ByValue values;
  for (std::size_t bits = 0; bits < counts.size(); ++bits) {
    const auto tri = state_of(static_cast<std::uint8_t>(bits), state);
    add(values, tri == Tri::unknown ? std::nullopt : Value(tri == Tri::yes ? "true" : "false"),
        counts[bits]);
  }
  return values;
}

ByValue values_of(const std::string& field, const Counts& counts, const Dataset& data) {
  if (field == "platform") return by_word(counts.platform, data.platforms);
  if (field == "country") return by_word(counts.country, data.countries);
  if (field == "reason_start") return by_word(counts.reason_start, data.reasons_start);
  if (field == "reason_end") return by_word(counts.reason_end, data.reasons_end);
  if (field == "shuffle") return by_state(counts.states, State::shuffle);
  if (field == "offline") return by_state(counts.states, State::offline);
  if (field == "incognito") return by_state(counts.states, State::incognito);
  ByValue values;
  for (std::size_t facts = 0; facts < counts.facts.size(); ++facts) {
    const auto bits = static_cast<std::uint16_t>(facts);
    add(values, std::string(field == "kind" ? name_of(kind_of(bits)) : name_of(source_of(bits))),
        counts.facts[facts]);
  }
  return values;
}

}  // namespace

void shares(const Ask& ask, Result& result) {
  Counts counts;
  Heard whole;
  const auto& plays = ask.data.plays;
  ask.counted.each([&](std::size_t row) {
    const auto ms = plays.ms[row];
    whole.add(ms);
    counts.facts[plays.facts[row]].add(ms);
    counts.states[plays.states[row]].add(ms);
    counts.platform[plays.platform[row]].add(ms);
    counts.reason_start[plays.reason_start[row]].add(ms);
    counts.reason_end[plays.reason_end[row]].add(ms);
    counts.country[plays.country[row]].add(ms);
  });
  result.table.columns = {{"field", Unit::text},
                          {"value", Unit::text},
                          {"plays", Unit::count},
                          {"ms", Unit::ms},
                          {"share", Unit::share}};
  const auto by = ask.query.by;
  for (const auto& field : ask.fields()) {
    const auto values = values_of(field, counts, ask.data);
    std::vector<std::pair<Value, Heard>> list(values.begin(), values.end());
    std::stable_sort(list.begin(), list.end(), [&](const auto& a, const auto& b) {
      if (a.first.has_value() != b.first.has_value()) return a.first.has_value();
      const auto of_a = measure_of(a.second.ms, a.second.plays, by);
      const auto of_b = measure_of(b.second.ms, b.second.plays, by);
      if (of_a != of_b) return of_a > of_b;
      return by == Measure::time ? a.second.plays > b.second.plays : a.second.ms > b.second.ms;
    });
    const auto page = page_of(ask.query, list.size());
    for (auto i = page.first; i < page.last; ++i) {
      const auto& [value, heard] = list[i];
      result.table.rows.push_back({field, cell_of(value), heard.plays, heard.ms,
                                   share_cell(measure_of(heard.ms, heard.plays, by),
                                              measure_of(whole.ms, whole.plays, by))});
    }
  }
}

}  // namespace soundlake::stats
