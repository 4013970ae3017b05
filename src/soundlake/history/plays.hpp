// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/zone.hpp"
#include "soundlake/lake/rows.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <vector>

namespace soundlake::history {

/// What became of incoming rows: read = added + duplicates.
struct MergeCounts {
  std::int64_t added = 0;  ///< in the table now and not before
  std::int64_t duplicates =
      0;  ///< known already, twice among the incoming, or covered by a better source
  std::int64_t displaced =
      0;  ///< rows known before that an incoming row covers: no longer in the table
  friend bool operator==(const MergeCounts&, const MergeCounts&) = default;
};

struct MergeResult {
  std::map<int, std::vector<lake::Play>>
      years;  ///< by UTC year of `played_at`, sorted by it, then `play_id`
  MergeCounts counts;
};

/// Gives every recent play among `plays` (sorted by `played_at`) its `ms_played`, which the Web API
/// does not tell: the length of the track, but no more than the time since the nearest earlier end
/// of any play of the table; `ms_estimated` true, `started_at` = `played_at` − `ms_played`. A pure
/// function of the rows, since the length stays with the row (`length_ms`).
void settle_recent(std::vector<lake::Play>& plays);

/// The plays that are known and the incoming ones as one table. It is a pure function of the set of
/// rows: any order, split and repetition gives the same one. Incoming rows need what their source
/// told and `played_at`, `started_at`, `ms_played`; of a recent play `ms_played` is the length of
/// the track. Everything else (play_id, estimate, local date) is set here.
MergeResult merge_plays(const std::vector<lake::Play>& known,
                        const std::vector<lake::Play>& incoming, const base::Zone& zone);

/// The UTC years in which rows can change when these plays come in: their own and those within
/// eight days, since no play is longer than seven. The year before the first of them is needed as
/// well to know what was played before.
std::set<int> affected_years(const std::vector<lake::Play>& incoming);

}  // namespace soundlake::history
