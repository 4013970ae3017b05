// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/spotify/asking.hpp"
#include "soundlake/spotify/call_budget.hpp"
#include "soundlake/spotify/page.hpp"
#include "soundlake/spotify/probe_first.hpp"

#include <memory>
#include <string>
#include <vector>

namespace soundlake::spotify {

/// The albums of artists, from the tightest quota of all: kept answers first, then so many calls as
/// the daily budget leaves, those never asked before those asked long ago, each by rank.
class AlbumsFetch {
 public:
  explicit AlbumsFetch(Asking& asking);
  /// @param artist_ids best-ranked first; not asked for before in this run
  /// @param exported   the compiled output needs them: when they have to wait the run is partial
  void ask(const std::vector<std::string>& artist_ids, bool exported);
  /// Nothing under way.
  bool idle() const { return open_ == 0 && questions_.idle(); }
  /// Call it when all is over: settles the budget and notes what waits for it.
  void finish();

 private:
  struct Artist {
    std::string id;
    bool exported = false;
    bool kept = false;  ///< the first page needs no request
    std::vector<AlbumObject> albums = {};
    int places = 0;  ///< received so far
  };
  using ArtistPtr = std::shared_ptr<Artist>;

  struct Need {
    std::string id;
    bool exported = false;
    base::Instant asked_before;
  };

  void spend_on_needs();
  void first_page(const ArtistPtr& artist, const ProbeFirst::Answered& answered);
  ProbeFirst::Showed take_first_page(const ArtistPtr& artist, const Call& call, int page_size,
                                     const Answer& answer);
  void second_page(const ArtistPtr& artist);
  std::optional<Page<AlbumObject>> take(const ArtistPtr& artist, const Call& call,
                                        const Answer& answer);
  void publish(const Artist& artist, bool whole);
  void count(const Answer& answer);

  Asking& asking_;
  CallBudget budget_;
  ProbeFirst questions_;
  int page_size_;
  bool page_size_known_ = false;  ///< an answer showed that the app may ask for it
  int open_ = 0;                  ///< asked of the cache, and second pages
  int counted_ = 0;               ///< calls the budget was charged with in this run
  int sent_ = 0;                  ///< of these, calls that left
  std::vector<Need> needs_;       ///< put off, in the order in which they are to be asked
  std::vector<Need> cut_short_;   ///< whose second page is put off
};

}  // namespace soundlake::spotify
