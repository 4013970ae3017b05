// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/facts/facts.hpp"
#include "soundlake/lake/rows.hpp"
#include "soundlake/spotify/extract.hpp"
#include "soundlake/spotify/objects.hpp"

#include <map>
#include <string>
#include <utility>

namespace soundlake::spotify {

/// Where and when something was seen.
struct Seen {
  base::Instant at;
  std::string method;  ///< the endpoint, for the facts: "GET /me/top/artists"
};

/// Gathers who and what was seen in the answers: one identity row per artist, album and track, and
/// every value Spotify gave as a fact. Of what was seen several times the newest counts.
class Collector {
 public:
  void add(const ArtistObject& artist, const Seen& seen);
  void add(const AlbumObject& album, const Seen& seen);
  /// The track with its album and artists. A local file (without an id) is nobody's.
  void add(const TrackObject& track, const Seen& seen);
  void add(const AudioFeatureObject& feature, const Seen& seen);
  /// Puts all of it into the extraction, sorted by key.
  void into(Extraction& found) const;

 private:
  template <class Row>
  struct Latest {
    Row row;
    base::Instant at;
  };
  template <class Row>
  using Rows = std::map<std::string, Latest<Row>>;

  void value(const std::string& entity, const char* field, lake::Text value, const char* unit,
             std::chrono::hours holds, const Seen& seen);

  Rows<lake::Artist> artists_;
  Rows<lake::Album> albums_;
  Rows<lake::Track> tracks_;
  /// One value that was told of a field, perhaps by several answers.
  struct Told {
    facts::Answer by;      ///< the endpoint that is first by name, whichever answered first
    base::Instant newest;  ///< of all that told it
  };
  using Values = std::map<std::string, Told>;
  std::map<std::pair<std::string, std::string>, Values> told_;  ///< by entity and field
};

}  // namespace soundlake::spotify
