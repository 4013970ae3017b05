// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/spotify/asking.hpp"
#include "soundlake/spotify/probe_first.hpp"

#include <set>
#include <string>
#include <vector>

namespace soundlake::spotify {

/// Tempo, mode and key of tracks, where the app may ask: 100 at once, each track's answer kept on
/// its own, since the batches of the next run are others.
class FeaturesFetch {
 public:
  explicit FeaturesFetch(Asking& asking);
  /// These tracks matter; known ones are taken from the cache.
  void want(const std::vector<std::string>& track_ids);
  /// Asks for full batches, and for the rest once no further tracks will come.
  void flush(bool complete);

 private:
  void ask(std::vector<std::string> track_ids);
  ProbeFirst::Showed take(const std::vector<std::string>& track_ids, const Call& call,
                          const Answer& answer);

  Asking& asking_;
  ProbeFirst questions_;
  bool refused_;
  std::set<std::string> seen_;
  std::vector<std::string> pool_;
};

}  // namespace soundlake::spotify
