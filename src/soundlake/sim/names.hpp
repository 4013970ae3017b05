// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/sim/random.hpp"

#include <string>
#include <vector>

namespace soundlake::sim {

/// A corner of the musical world: what its artists have in common.
struct Scene {
  std::vector<std::string> genres;  ///< from the most to the least common
  double tempo = 120;               ///< middle, in BPM
  double tempo_spread = 30;
  double minor = 0.4;  ///< share of tracks in minor
  double energy = 0.6;
  int seconds = 215;  ///< usual length of a track
};
const std::vector<Scene>& scenes();

struct ArtistName {
  std::string name;
  std::size_t scene = 0;
};

/// Invented artists. The first are hand-made and difficult on purpose (formula-like, quoted, other
/// scripts, a name given twice); the others are unique.
std::vector<ArtistName> artist_names(std::uint64_t seed, std::size_t count);

/// "Ferry at Half Past Four"
std::string album_title(Random& random);
std::string track_title(Random& random);
/// A word that means nothing: "Vølmarn".
std::string coined_word(Random& random);

/// Invented podcasts with the titles of their episodes.
struct ShowName {
  std::string name;
  std::string episode_prefix;
};
const std::vector<ShowName>& show_names();

}  // namespace soundlake::sim
