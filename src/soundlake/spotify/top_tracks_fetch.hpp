// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/spotify/asking.hpp"
#include "soundlake/spotify/probe_first.hpp"

#include <functional>
#include <string>
#include <vector>

namespace soundlake::spotify {

inline constexpr std::size_t kTopTracksShown = 10;

/// The top tracks of artists as Spotify ranks them, where the app may ask.
class TopTracksFetch {
 public:
  /// `tracks_known` gets the ids of each artist's tracks.
  TopTracksFetch(Asking& asking, std::function<void(const std::vector<std::string>&)> tracks_known);
  void ask(const std::vector<std::string>& artist_ids);
  bool idle() const { return open_ == 0 && questions_.idle(); }

 private:
  void get(const std::string& artist_id, bool kept, const ProbeFirst::Answered& answered);
  ProbeFirst::Showed take(const std::string& artist_id, bool kept, const Call& call,
                          const Answer& answer);

  Asking& asking_;
  std::function<void(const std::vector<std::string>&)> tracks_known_;
  ProbeFirst questions_;
  int open_ = 0;  ///< asked of the cache
};

}  // namespace soundlake::spotify
