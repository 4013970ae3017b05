// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "soundlake/lake/rows.hpp"

namespace soundlake::facts {

/// What a source said just now, before it is a row of facts/.
struct Answer {
  std::string entity;  ///< `artist:<key>`, `album:<key>`, `track:<key>`
  std::string field;
  lake::Text value;    ///< null: the source has none (status unknown)
  lake::Text unit;
  std::string source;
  double confidence = 1;
  std::string method;
  base::Instant fetched_at;
  std::optional<base::Instant> expires_at;
  lake::Text licence;
};

std::string artist_entity(const std::string& key);
std::string album_entity(const std::string& key);
std::string track_entity(const std::string& key);

/// Adds answers to the known facts: a value not given before by this source is a new row; the same
/// value again only moves `expires_at` (and only forward), so that an unchanged refetch within a
/// day changes no row. Decides every touched (entity, field) anew (see choose). Sorted by entity,
/// field, source, fetched_at.
std::vector<lake::Fact> merge(std::vector<lake::Fact> known, const std::vector<Answer>& answers);

/// Sets the status of each fact of one (entity, field): `chosen` for the winner, `alternate` for
/// the rest, `unknown` where the value is null; `rejected` rows stay rejected and never win. Pure: the
/// same facts in any order give the same choice. Per source only its newest row may win. Order of
/// sources: override, spotify, then by confidence, then the newer, then the source's name.
void choose(std::vector<lake::Fact>& facts_of_one_field);

/// The chosen value of every (entity, field).
class Chosen {
 public:
  explicit Chosen(const std::vector<lake::Fact>& facts);
  const lake::Fact* find(const std::string& entity, const std::string& field) const;

  lake::Sourced<std::string> text(const std::string& entity, const std::string& field) const;
  lake::Sourced<std::int32_t> int32(const std::string& entity, const std::string& field) const;
  lake::Sourced<std::int64_t> int64(const std::string& entity, const std::string& field) const;
  lake::Sourced<double> number(const std::string& entity, const std::string& field) const;
  lake::Sourced<std::vector<std::string>> list(const std::string& entity, const std::string& field) const;

 private:
  std::map<std::pair<std::string, std::string>, lake::Fact> chosen_;
};

}  // namespace soundlake::facts
