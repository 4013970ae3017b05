// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/zone.hpp"
#include "soundlake/spotify/asking.hpp"
#include "soundlake/spotify/me_endpoints.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace soundlake::spotify {

/// The person's top artists and top tracks of the three time ranges.
class TopListsFetch {
 public:
  /// Both must outlive this.
  TopListsFetch(Asking& asking, const base::Zone& zone);
  /// Asks for all six at once.
  void ask(const std::string& account_id);

  /// Nothing more comes for this list, or for all lists of the kind.
  bool settled(TopKind kind, const std::string& time_range) const;
  bool settled(TopKind kind) const;
  /// Ids in rank order, as far as they came.
  std::vector<std::string> ids(TopKind kind, const std::string& time_range) const;
  /// Puts the lists into the extraction and notes which fields of artists this app gets.
  void finish();

 private:
  /// One list while it comes in; rows are of one of the two kinds.
  struct Coming {
    TopList<lake::TopArtist> artists;
    TopList<lake::TopTrack> tracks;
    std::vector<std::string> ids;
    int places = 0;  ///< received so far, empty ones included
    bool came = false;
    bool settled = false;
  };
  using Name = std::pair<TopKind, std::string>;

  void get(const Name& name, const Call& call);
  /// The call for the page that follows, when there is one to follow.
  std::optional<Call> take(const Name& name, Coming& list, const Call& call, const Answer& answer);
  void take_artist(Coming& list, const ArtistObject& artist, int rank, const Seen& seen);
  void take_track(Coming& list, const TrackObject& track, int rank, const Seen& seen);

  Asking& asking_;
  const base::Zone& zone_;
  std::string keeping_;
  std::map<Name, Coming> lists_;
  std::map<Feature, int> told_;  ///< by how many artists
  int artists_seen_ = 0;
  base::Instant newest_ = base::Instant::min();
};

}  // namespace soundlake::spotify
