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

}  // namespace soundlake::history
