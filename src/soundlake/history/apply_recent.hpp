// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/zone.hpp"
#include "soundlake/history/gaps.hpp"
#include "soundlake/history/plays.hpp"
#include "soundlake/lake/lake.hpp"

#include <vector>

namespace soundlake::history {

/// Puts the plays of one poll into the lake's table, and the gap that it reveals into gaps/. Reads
/// and writes the affected years only. The same poll once more changes nothing; a commit that
/// begins again may call it again.
/// @param incoming recent plays whose `ms_played` is the length of the track
MergeCounts apply_recent(lake::Edit& edit, const std::vector<lake::Play>& incoming,
                         const base::Zone& zone, const PollInfo& poll);

}  // namespace soundlake::history
