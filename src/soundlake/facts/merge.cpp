// SPDX-License-Identifier: Apache-2.0
#include "soundlake/facts/facts.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace soundlake::facts {
namespace {

using EntityField = std::pair<std::string, std::string>;

auto order_of(const lake::Fact& fact) {
  return std::tie(fact.entity, fact.field, fact.source, fact.fetched_at, fact.value, fact.unit,
                  fact.confidence, fact.method, fact.expires_at, fact.licence, fact.status);
}

lake::Fact row_of(const Answer& answer) {
  return lake::Fact{.entity = answer.entity,
                    .field = answer.field,
                    .value = answer.value,
                    .unit = answer.unit,
                    .source = answer.source,
                    .status = {},
                    .confidence = answer.confidence,
                    .method = answer.method,
                    .fetched_at = answer.fetched_at,
                    .expires_at = answer.expires_at,
                    .licence = answer.licence};
}

bool says_the_same(const lake::Fact& a, const lake::Fact& b) {
  return a.value == b.value && a.unit == b.unit && a.confidence == b.confidence;
}

/// The row was said again. When it was last said is told by its expiry and the time to live, so
/// that a row changes once a day at most.
void confirm(lake::Fact& row, const lake::Fact& again) {
  if (!again.expires_at) return;
  auto last_said = row.fetched_at;
  if (row.expires_at) {
    if (*again.expires_at <= *row.expires_at) return;
    const auto time_to_live = *again.expires_at - again.fetched_at;
    last_said = std::max(last_said, *row.expires_at - time_to_live);
  }
  if (base::utc_day(again.fetched_at) > base::utc_day(last_said)) row.expires_at = again.expires_at;
}

/// `rows` are of one (entity, field).
void add(std::vector<lake::Fact>& rows, lake::Fact said) {
  lake::Fact* before = nullptr;
  lake::Fact* after = nullptr;
  for (auto& row : rows) {
    if (row.source != said.source || row.status == "rejected") continue;
    if (row.fetched_at == said.fetched_at && says_the_same(row, said)) {
      confirm(row, said);
      return;
    }
    if (row.fetched_at <= said.fetched_at) {
      if (before == nullptr || order_of(*before) < order_of(row)) before = &row;
    } else if (after == nullptr || order_of(row) < order_of(*after)) {
      after = &row;
    }
  }
  for (auto* neighbour : {before, after}) {
    if (neighbour != nullptr && says_the_same(*neighbour, said)) {
      confirm(*neighbour, said);
      return;
    }
  }
  rows.push_back(std::move(said));
}

}  // namespace

std::string artist_entity(const std::string& key) {
  return "artist:" + key;
}
std::string album_entity(const std::string& key) {
  return "album:" + key;
}
std::string track_entity(const std::string& key) {
  return "track:" + key;
}

std::vector<lake::Fact> merge(std::vector<lake::Fact> known, const std::vector<Answer>& answers) {
  const auto by_order = [](const lake::Fact& a, const lake::Fact& b) {
    return order_of(a) < order_of(b);
  };
  std::vector<lake::Fact> said;
  said.reserve(answers.size());
  for (const auto& answer : answers) said.push_back(row_of(answer));
  std::sort(said.begin(), said.end(), by_order);

  std::map<EntityField, std::vector<lake::Fact>> touched;
  for (const auto& row : said) touched[{row.entity, row.field}];
  std::vector<lake::Fact> merged;
  merged.reserve(known.size() + said.size());
  for (auto& row : known) {
    const auto group = touched.find({row.entity, row.field});
    (group == touched.end() ? merged : group->second).push_back(std::move(row));
  }
  for (auto& row : said) {
    auto& group = touched[{row.entity, row.field}];
    add(group, std::move(row));
  }
  for (auto& [entity_field, rows] : touched) {
    choose(rows);
    std::move(rows.begin(), rows.end(), std::back_inserter(merged));
  }
  std::sort(merged.begin(), merged.end(), by_order);
  return merged;
}

}  // namespace soundlake::facts
