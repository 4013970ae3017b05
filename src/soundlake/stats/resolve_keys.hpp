// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/lake/rows.hpp"
#include "soundlake/stats/play_coder.hpp"

#include <cstdint>
#include <vector>

namespace soundlake::stats {

/// What a row of artists/, albums/ or tracks/ says about keys. It points into the row.
struct KeyedRow {
  const std::string* key = nullptr;
  const lake::Text* name = nullptr;
  const lake::Text* artist = nullptr;  ///< of albums and tracks
  const std::vector<std::string>* aliases = nullptr;
};

constexpr std::int32_t kNoRow = -1;

/// Gives every entity the key of the lake's table. An entity has the least key of the rows that
/// bear its name or were once issued under the key of its name. Rows of names nobody played become
/// entities too, so that filters know them.
/// @return per entity the number of the row whose key and values it has, or kNoRow
std::vector<std::int32_t> resolve_keys(Entities& entities, EntityCoder& coder, EntityCoder& artists,
                                       const std::vector<KeyedRow>& rows);

/// Entities of one key are one: puts the one whose name comes first in byte order in the place of
/// the others.
void merge_equal_keys(const Dataset& dataset, const Entities& entities,
                      std::vector<std::int32_t>& column);

}  // namespace soundlake::stats
