// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"
#include "soundlake/sim/catalogue.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace soundlake::sim {

/// One play as an extended history export knows it.
struct SimulatedPlay {
  enum class Kind : std::uint8_t { track, episode };
  base::Instant ended_at;
  std::int32_t ms_played = 0;
  std::uint32_t index = 0;  ///< into the catalogue's tracks or episodes
  Kind kind = Kind::track;
  bool shuffle = false;
  bool offline = false;
  const char* platform = "";
  const char* reason_start = "";
  const char* reason_end = "";
};

enum class TopKind { artists, tracks };
enum class TopRange { short_term, medium_term, long_term };

/// An invented person who listens. A day's plays depend on seed, numbers and that calendar day (and
/// on the catalogue, which changes with the year), so that a simulation started a day later
/// continues the same life.
class Listener {
 public:
  /// @param artists in the catalogue, 1…5 000
  /// @param plays   that end until `now`, 0…1 000 000; over two years, longer when they would be
  ///                more than 100 a day
  /// Throws Error{usage} outside of these.
  Listener(std::uint64_t seed, int artists, int plays, base::Instant now);

  const Catalogue& catalogue() const { return catalogue_; }
  const std::string& id() const { return id_; }
  const std::string& name() const { return name_; }

  /// Every play in order of its end, up to 200 days past `now`.
  const std::vector<SimulatedPlay>& plays() const { return plays_; }
  /// How many of them have ended by then.
  std::size_t plays_until(base::Instant at) const;

  /// The catalogue's indices, best first, as of the beginning of the UTC day of `at`: the plays of
  /// 28 days, half a year or a year, recent ones counting more. Only what was heard.
  const std::vector<std::size_t>& tops(TopKind kind, TopRange range, base::Instant at) const;
  /// At most 50 indices into plays(), newest first: music heard for 30 s or more that ended until
  /// then.
  std::vector<std::size_t> recent(base::Instant at) const;

 private:
  Catalogue catalogue_;
  std::string id_, name_;
  std::vector<SimulatedPlay> plays_;
  mutable std::map<std::pair<int, base::Day>, std::vector<std::size_t>> tops_;
};

}  // namespace soundlake::sim
