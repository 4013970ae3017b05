// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/sim/listener.hpp"

namespace soundlake::sim {

/// Invents what is heard on one day, independently of all others.
class DailyPlays {
 public:
  /// The catalogue must outlive this. `per_day` is the mean number of plays.
  DailyPlays(const Catalogue& catalogue, std::uint64_t seed, double per_day);

  /// The plays that begin in the 23 hours after 04:00 UTC of the day, in order.
  std::vector<SimulatedPlay> of(base::Day day) const;

 private:
  struct Taste {
    double base = 0;                      ///< share of attention in the long run
    bool always = true;                   ///< otherwise discovered, loved and forgotten in turn
    int phase = 0;                        ///< of discovery or mood, in days
    int mood_period = 200;                ///< days
    std::vector<std::size_t> favourites;  ///< its tracks, dearest first
    std::vector<base::Day> album_days;    ///< releases, oldest first
    std::vector<std::size_t> albums;      ///< in that order
  };
  class Diary;
  double interest(const Taste& taste, base::Day day) const;

  const Catalogue& catalogue_;
  std::uint64_t seed_;
  double per_day_;
  std::vector<Taste> tastes_;
};

}  // namespace soundlake::sim
