// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/sim/app_class.hpp"
#include "soundlake/sim/catalogue.hpp"
#include "soundlake/sim/listener.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <utility>
#include <vector>

namespace soundlake::sim {

/// The parameters of a link, in order.
using LinkParameters = std::vector<std::pair<std::string, std::string>>;

/// Writes parts of the catalogue as the Web API does, with the fields that the app's class gets.
/// Links name the host that Spotify's own answers name; clients rebase them.
class Shapes {
 public:
  /// The catalogue must outlive this.
  Shapes(const Catalogue& catalogue, bool all_fields)
      : catalogue_(catalogue), all_fields_(all_fields) {}

  nlohmann::ordered_json artist(std::size_t index) const;
  /// Within a track or an album.
  nlohmann::ordered_json simple_artist(std::size_t index) const;
  nlohmann::ordered_json album(std::size_t index) const;
  /// Within a track or a list. `is_playable` is told where a market was named or follows from the
  /// person.
  nlohmann::ordered_json simple_album(std::size_t index, bool is_playable = false) const;
  /// In the list of an artist, with the group under which it stands there.
  nlohmann::ordered_json artist_album(std::size_t index, const std::string& group) const;
  nlohmann::ordered_json track(std::size_t index, bool is_playable = false) const;
  /// Within an album.
  nlohmann::ordered_json simple_track(std::size_t index) const;
  /// Null when the track was not analysed.
  nlohmann::ordered_json audio_features(std::size_t index) const;
  nlohmann::ordered_json recent_play(const SimulatedPlay& play) const;
  /// The person, as far as the scopes show.
  nlohmann::ordered_json person(const Listener& listener,
                                const std::vector<std::string>& scopes) const;
  /// The album's tracks from `offset` on.
  nlohmann::ordered_json album_tracks(std::size_t album, int offset, int limit) const;

 private:
  const Catalogue& catalogue_;
  bool all_fields_;
};

/// `https://api.spotify.com/v1` + path and query.
std::string api_link(const std::string& path, const LinkParameters& parameters = {});

/// A page by offset. `parameters` are those of the question besides offset and limit.
nlohmann::ordered_json page(const std::string& path, const LinkParameters& parameters,
                            nlohmann::ordered_json items, int offset, int limit, std::size_t total);

}  // namespace soundlake::sim
