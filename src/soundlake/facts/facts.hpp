// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/lake/rows.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace soundlake::facts {

/// What a source said just now, before it is a row of facts/.
struct Answer {
  std::string entity;  ///< `artist:<key>`, `album:<key>`, `track:<key>`
  std::string field;
  lake::Text value;  ///< see values.hpp; null: the source has none (status unknown)
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

/// Adds answers to the known facts. An answer that says what its source's row before it says
/// (value, unit and confidence) is no new row: on a later UTC day it moves that row's `expires_at`,
/// only forward; on the day the row was made or last moved it changes nothing at all. Any other
/// answer is a new row. Decides every touched (entity, field) anew (see choose). The order of the
/// answers does not matter, and the same answers once more change nothing. Sorted by entity, field,
/// source, fetched_at.
std::vector<lake::Fact> merge(std::vector<lake::Fact> known, const std::vector<Answer>& answers);

/// Sets the status of each fact of one (entity, field): `chosen` for the winner, `alternate` for
/// the rest, `unknown` where the value is null; `rejected` rows stay rejected and never win. Pure:
/// the same facts in any order give the same choice. Of each source only the newest row that is not
/// rejected may win, and not when its value is null: a source that no longer knows has no say.
/// Order of sources: override, spotify, then by confidence, then the newer, then the source's name.
void choose(std::vector<lake::Fact>& facts_of_one_field);

/// The chosen value of every (entity, field). A value that cannot be read as the type asked for is
/// unknown.
class Chosen {
 public:
  explicit Chosen(const std::vector<lake::Fact>& facts);
  const lake::Fact* find(const std::string& entity, const std::string& field) const;

  lake::Sourced<std::string> text(const std::string& entity, const std::string& field) const;
  lake::Sourced<std::int32_t> int32(const std::string& entity, const std::string& field) const;
  lake::Sourced<std::int64_t> int64(const std::string& entity, const std::string& field) const;
  lake::Sourced<double> number(const std::string& entity, const std::string& field) const;
  lake::Sourced<std::vector<std::string>> list(const std::string& entity,
                                               const std::string& field) const;

 private:
  std::map<std::pair<std::string, std::string>, lake::Fact> chosen_;
};

}  // namespace soundlake::facts
