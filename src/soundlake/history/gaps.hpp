// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/lake/rows.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace soundlake::history {

/// A successful request for the recent plays.
struct PollInfo {
  std::size_t items = 0;   ///< how many the Web API returned, unreadable ones included
  std::size_t limit = 50;  ///< how many it would have returned at most
  base::Instant polled_at;
};

/// The gap that a poll reveals: it came back full, and its oldest play is newer than the newest one
/// known before (`newest_known`, of any source), so plays between the two may have dropped out of
/// the Web API's list. Nothing when the list reaches back to a known play, and nothing before the
/// first play ever known. A failed poll reveals nothing; the next success does.
std::optional<lake::Gap> gap_of_poll(const std::optional<lake::Play>& newest_known,
                                     const std::vector<lake::Play>& incoming, const PollInfo& poll);

/// The gaps with this one; unchanged when it lies within one that is known. Sorted by time.
std::vector<lake::Gap> with_gap(std::vector<lake::Gap> gaps, const lake::Gap& gap);

/// From the first to the last `ts` that an export tells, both included.
struct ToldRange {
  base::Instant first;
  base::Instant last;
};

/// The gaps without those that lie within one of the ranges as a whole: there the export knows
/// better. A gap that sticks out stays as it is.
std::vector<lake::Gap> without_closed(std::vector<lake::Gap> gaps,
                                      const std::vector<ToldRange>& ranges);

}  // namespace soundlake::history
