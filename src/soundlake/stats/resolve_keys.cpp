// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/resolve_keys.hpp"

#include <string_view>
#include <unordered_map>

namespace soundlake::stats {
namespace {

using RowByKey = std::unordered_map<std::string_view, std::int32_t>;

class Chosen {
 public:
  Chosen(const std::vector<KeyedRow>& rows, std::size_t entities)
      : rows_(rows), row_(entities, kNoRow) {}

  void claim(std::int32_t entity, std::int32_t row) {
    if (Entities::at(entity) >= row_.size()) row_.resize(Entities::at(entity) + 1, kNoRow);
    auto& known = row_[Entities::at(entity)];
    if (known == kNoRow || key(row) < key(known)) known = row;
  }
  const std::string& key(std::int32_t row) const { return *rows_[Entities::at(row)].key; }
  std::vector<std::int32_t>& rows() { return row_; }

 private:
  const std::vector<KeyedRow>& rows_;
  std::vector<std::int32_t> row_;
};

bool is_name_key(std::string_view key) {
  return key.starts_with("n-");
}

std::string_view text_of(const lake::Text* text) {
  return text != nullptr && *text ? std::string_view(**text) : std::string_view();
}

}  // namespace

std::vector<std::int32_t> resolve_keys(Entities& entities, EntityCoder& coder, EntityCoder& artists,
                                       const std::vector<KeyedRow>& rows) {
  Chosen chosen(rows, entities.size());
  std::vector<std::int32_t> entity_of(rows.size(), -1);
  RowByKey issued_before;  // name keys that are not made of the name the row has today
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& row = rows[i];
    const auto number = static_cast<std::int32_t>(i);
    std::string own;
    if (*row.name) {
      const bool by_somebody = row.artist != nullptr && *row.artist;
      const auto by = by_somebody ? artists.code_of(artists.name_code(**row.artist), -1) : -1;
      entity_of[i] = coder.code_of(coder.name_code(**row.name), by);
      chosen.claim(entity_of[i], number);
      if (!row.aliases->empty()) own = entities.name_key(**row.name, text_of(row.artist));
    }
    for (const auto& alias : *row.aliases) {
      if (!is_name_key(alias) || alias == own) continue;
      auto& before = issued_before.try_emplace(alias, number).first->second;
      if (*row.key < *rows[Entities::at(before)].key) before = number;
    }
  }
  chosen.rows().resize(entities.size(), kNoRow);
  for (std::int32_t code = 0; !issued_before.empty() && Entities::at(code) < entities.size();
       ++code) {
    const auto by = entities.by[Entities::at(code)];
    const auto artist = by < 0 ? std::string_view() : artists.entities().name_of(by);
    const auto found = issued_before.find(entities.name_key(entities.name_of(code), artist));
    if (found != issued_before.end()) chosen.claim(code, found->second);
  }
  entities.table_key.resize(entities.size());
  for (std::size_t code = 0; code < entities.size(); ++code) {
    if (chosen.rows()[code] != kNoRow) entities.table_key[code] = chosen.key(chosen.rows()[code]);
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (entity_of[i] < 0) continue;
    if (entities.table_key[Entities::at(entity_of[i])] != *rows[i].key)
      entities.also_known_as.emplace_back(*rows[i].key, entity_of[i]);
    for (const auto& alias : *rows[i].aliases)
      entities.also_known_as.emplace_back(alias, entity_of[i]);
  }
  return std::move(chosen.rows());
}

void merge_equal_keys(const Dataset& dataset, const Entities& entities,
                      std::vector<std::int32_t>& column) {
  RowByKey first;
  std::vector<std::int32_t> standing(entities.size());
  const auto before = [&](std::int32_t a, std::int32_t b) {
    const auto name_a = entities.name_of(a);
    const auto name_b = entities.name_of(b);
    return name_a != name_b ? name_a < name_b
                            : dataset.by_name(entities, a) < dataset.by_name(entities, b);
  };
  bool merged = false;
  for (std::int32_t code = 0; Entities::at(code) < entities.size(); ++code) {
    const auto& key = entities.table_key[Entities::at(code)];
    standing[Entities::at(code)] = code;
    if (key.empty()) continue;
    const auto [known, is_new] = first.try_emplace(key, code);
    if (is_new) continue;
    merged = true;
    if (before(code, known->second)) known->second = code;
  }
  if (!merged) return;
  for (std::size_t code = 0; code < entities.size(); ++code) {
    const auto found = first.find(entities.table_key[code]);
    if (found != first.end()) standing[code] = found->second;
  }
  for (auto& code : column) {
    if (code >= 0) code = standing[Entities::at(code)];
  }
}

}  // namespace soundlake::stats
