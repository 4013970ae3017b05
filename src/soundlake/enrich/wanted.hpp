// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/enrich/enrich.hpp"

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace soundlake::enrich {

struct WantedArtist {
  std::string entity;
  std::string spotify_id;
  std::string name;
  std::string musicbrainz_id;  ///< empty: not known
  std::string deezer_id;       ///< empty: not known
};

struct WantedTrack {
  std::string entity;
  std::string spotify_id;
};

/// The artists of the top lists, the best ranks first, and the tracks listed with them.
struct Subjects {
  std::vector<WantedArtist> artists;
  std::vector<WantedTrack> tracks;
};
Subjects subjects_of(const lake::View& view);

/// What is still to be asked at a moment.
struct Due {
  std::vector<WantedArtist> identity;  ///< who is this at MusicBrainz?
  std::vector<WantedArtist> about;     ///< MusicBrainz's genres and links
  std::vector<WantedArtist> fans;      ///< Deezer's fans
  std::vector<WantedTrack> features;   ///< ReccoBeats
};
/// Pure. What Spotify or an override tells is not asked for; what a service said, a miss included,
/// is not asked again before it expires.
Due due(const Subjects& subjects, const std::vector<lake::Fact>& facts,
        const std::set<std::string>& sources, base::Instant now);

}  // namespace soundlake::enrich
