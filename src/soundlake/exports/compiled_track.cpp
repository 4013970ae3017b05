// SPDX-License-Identifier: Apache-2.0
#include "soundlake/exports/compiled_track.hpp"

namespace soundlake::exports {

CompiledTrack compiled_track(const lake::Track* track) {
  if (track == nullptr) return {};
  const bool has_tempo = track->bpm.value.value_or(0) > 0;
  return {.id = track->id,
          .name = track->name,
          .duration_ms = track->duration_ms,
          .bpm = has_tempo ? track->bpm : lake::Sourced<double>{},
          .mode = track->mode};
}

const lake::Track* find_heard(const Heard& heard, const KnownMusic& music) {
  const auto* track = heard.track_id ? music.track(*heard.track_id) : nullptr;
  return track != nullptr ? track : music.track(heard.key);
}

CompiledTrack heard_track(const Heard& heard, const KnownMusic& music) {
  auto track = compiled_track(find_heard(heard, music));
  track.name = heard.name;
  if (heard.track_id) track.id = heard.track_id;
  return track;
}

}  // namespace soundlake::exports
