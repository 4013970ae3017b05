// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/exports/compiled.hpp"
#include "soundlake/exports/known_music.hpp"
#include "soundlake/exports/listening.hpp"

#include <optional>
#include <string>

namespace soundlake::exports {

/// The current best value; what a list itself tells where there is none.
template <class Value>
lake::Sourced<Value> or_as_listed(lake::Sourced<Value> best, const std::optional<Value>& listed,
                                  const std::string& source) {
  if (best.value || !listed) return best;
  return {listed, source, std::nullopt};
}

/// What is known of a track; nothing of null. A tempo of 0 is how services say that they do not
/// know.
CompiledTrack compiled_track(const lake::Track* track);

/// The row of a track that was heard, found by its Spotify id, else by its names; null when the
/// lake has none.
const lake::Track* find_heard(const Heard& heard, const KnownMusic& music);
/// The same with what is known of it.
CompiledTrack heard_track(const Heard& heard, const KnownMusic& music);

}  // namespace soundlake::exports
