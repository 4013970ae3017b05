// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/history/merge_year.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace soundlake::history {

/// The lake's plays, for whoever merges with them.
struct KnownPlays {
  std::vector<int> years;  ///< the UTC years that have plays
  std::function<lake::PlayBatch(int year)> plays_of;
};

struct MergedExports {
  std::vector<Verdict> verdicts;  ///< one per told row
  std::int64_t displaced = 0;     ///< rows known before that a told one covers
};

/// Merges told plays with known ones, several years at a time. `write` gets every year whose table
/// changes, and gets it from several threads; the others are left alone.
MergedExports merge_exports(
    const ToldPlays& told, const KnownPlays& known, const base::Zone& zone,
    const std::function<void(int year, const YearRows&, const std::vector<TablePlay>&)>& write);

}  // namespace soundlake::history
