// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/database.hpp"
#include "soundlake/base/time.hpp"

#include <optional>
#include <string>
#include <vector>

namespace soundlake::spotify {

/// What differs from one Spotify app to the next. Spotify never tells it; it shows in the answers.
enum class Feature {
  genres,             ///< artists carry genres
  popularity,         ///< artists carry popularity
  followers,          ///< artists carry followers
  artist_top_tracks,  ///< GET /artists/{id}/top-tracks
  audio_features,     ///< GET /audio-features (tempo, mode, key)
  album_page_size,    ///< the largest `limit` of GET /artists/{id}/albums
};

inline constexpr Feature kAllFeatures[] = {Feature::genres,         Feature::popularity,
                                           Feature::followers,      Feature::artist_top_tracks,
                                           Feature::audio_features, Feature::album_page_size};

/// "genres", "artist_top_tracks", … as used in state.db and in `--json` output.
const char* name_of(Feature feature);

/// What was learnt about one feature.
struct Capability {
  Feature feature = Feature::genres;
  int value = 0;  ///< 0 = refused, 1 = given; of album_page_size the size
  base::Instant learnt_at;
  std::string learnt_from;  ///< e.g. "GET /audio-features answered 403"

  bool allowed() const { return value > 0; }
  friend bool operator==(const Capability&, const Capability&) = default;
};

/// What one app (client id) may do, as far as its answers showed, kept in state.db. After a week a
/// thing learnt is forgotten, so that an app whose rights changed is asked again.
class Capabilities {
 public:
  /// The database must outlive this.
  Capabilities(base::Database& state, std::string client_id, base::Clock clock);
  /// Nothing when it was never learnt or more than a week ago.
  std::optional<Capability> find(Feature feature) const;
  /// Keeps it, unless something newer is known.
  void learn(const Capability& capability);
  /// All that is known, in the order of Feature.
  std::vector<Capability> all() const;
  /// Forgets what was learnt about every app.
  static void forget(base::Database& state);

 private:
  base::Database& state_;
  std::string client_id_;
  base::Clock clock_;
};

/// One sentence in plain words for `doctor`: what works or not, since when this is known and from
/// what. `known` is empty when it was not learnt yet.
std::string describe(Feature feature, const std::optional<Capability>& known);

/// What stays unknown in the compiled output because of these capabilities, one sentence each.
std::vector<std::string> unknown_because(const std::vector<Capability>& known);

}  // namespace soundlake::spotify
