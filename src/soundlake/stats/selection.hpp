// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/stats/period.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace soundlake::stats {

/// Which entities a query is about: a flag per code, empty when every one is.
struct Filter {
  std::vector<char> artists;
  std::vector<char> albums;
  std::vector<char> tracks;
  std::vector<char> shows;

  bool any() const {
    return !artists.empty() || !albums.empty() || !tracks.empty() || !shows.empty();
  }
};

/// The filter of a query: keys, earlier keys and names looked up, genres, families and popularity
/// turned into artists. A play passes when each given filter has its artist, album, track or show.
/// Throws Error{usage} for a key or name that the lake does not know, with the nearest name.
Filter filter_of(const Query& query, const Dataset& dataset);

/// What a query asks of an artist's genres, families and popularity; empty when it asks nothing.
/// Throws Error{usage} as filter_of.
std::function<bool(const ArtistValues&)> values_filter(const Query& query, const Dataset& dataset);

/// Plays that count: within some days, of some kinds, under a rule, passing a filter.
class Selection {
 public:
  Selection(const Dataset& dataset, const Days& days, Rule rule, const std::vector<Kind>& kinds,
            const Filter& filter);

  /// The same plays within other days.
  Selection within(const Days& days) const;

  const PlayColumns& plays() const { return *plays_; }
  std::size_t begin() const { return begin_; }
  std::size_t end() const { return end_; }

  bool counts(std::size_t row) const {
    return accepted_[plays_->facts[row]] != 0 && (!filtered_ || passes(row));
  }

  /// Calls `visit(row)` for every counted play, in order of local day and start.
  template <class Visit>
  void each(Visit&& visit) const {
    const auto* const facts = plays_->facts.data();
    if (filtered_) {
      for (auto row = begin_; row < end_; ++row) {
        if (accepted_[facts[row]] != 0 && passes(row)) visit(row);
      }
    } else {
      for (auto row = begin_; row < end_; ++row) {
        if (accepted_[facts[row]] != 0) visit(row);
      }
    }
  }

 private:
  bool passes(std::size_t row) const;

  const PlayColumns* plays_;
  const Filter* filter_;
  bool filtered_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::array<std::uint8_t, kFactsValues> accepted_{};
};

/// What was counted of something.
struct Heard {
  std::int64_t plays = 0;
  std::int64_t ms = 0;

  void add(std::uint32_t ms_played) {
    ++plays;
    ms += ms_played;
  }
};

}  // namespace soundlake::stats
