// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"
#include "soundlake/lake/rows.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace soundlake::exports {

/// How many days "recent" is.
constexpr int kListeningDays = 28;

/// How much a name was heard.
struct Heard {
  std::string key;  ///< name key, see lake/keys.hpp
  std::string name;
  std::string artist_name;  ///< of albums and tracks
  lake::Text track_id;      ///< of tracks: the Spotify id heard most
  std::int64_t ms = 0;
  std::int64_t plays = 0;
};

struct HeardArtist {
  Heard artist;
  std::vector<Heard> albums;  ///< by time, most first
  std::vector<Heard> tracks;
};

/// What was heard in the newest 28 days.
struct RecentListening {
  base::Day until;                   ///< local date of the newest play
  std::vector<HeardArtist> artists;  ///< by time, most first; then plays, then name in byte order
  std::vector<Heard> tracks;
};

/// Music (tracks and videos with an artist's name) whose local date lies within 28 days that end on
/// the newest play's one.
RecentListening recent_listening(const std::vector<lake::Play>& plays);

}  // namespace soundlake::exports
