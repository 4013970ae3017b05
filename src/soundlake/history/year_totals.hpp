// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/zone.hpp"
#include "soundlake/history/import.hpp"
#include "soundlake/history/merge_year.hpp"

#include <vector>

namespace soundlake::history {

/// What the told rows tell of each local year: their music (tracks and videos), each play once, and
/// those left out that a better source covers. A track is a title with its artist.
std::vector<YearTotals> year_totals(const ToldPlays& told, const std::vector<Verdict>& verdicts,
                                    const base::Zone& zone);

}  // namespace soundlake::history
