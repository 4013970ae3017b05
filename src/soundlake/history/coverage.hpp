// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/history/play_view.hpp"
#include "soundlake/lake/rows.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// When a row of one source tells a play that a row of a better source tells already (design:
/// several sources). Coverage is existence, not pairing: one better row may cover several others,
/// and nothing is copied from one to the other.
namespace soundlake::history {

/// How far the ends of the same play may lie apart in the Web API and in the extended history.
constexpr std::chrono::seconds kRecentTolerance{90};

/// Between any better row and a row that it covers there is no more than this.
constexpr std::chrono::minutes kCoverageReach{2};

/// Folds each text once. The texts must outlive it.
class FoldedTexts {
 public:
  const std::string& of(std::string_view text);

 private:
  std::unordered_map<std::string_view, std::string> folded_;
};

/// Whether `better`, a row of a better source, tells the same play as `row`.
bool covers(const PlayView& better, const PlayView& row, FoldedTexts& folded);

/// The same content (URI where both have one, else the folded names) and |end − end| ≤ 90 s.
bool extended_covers_recent(const lake::Play& extended, const lake::Play& recent);
/// The same folded names, the same `ms_played`, and minutes of the end that differ by at most one.
bool extended_covers_account(const lake::Play& extended, const lake::Play& account);
/// The same folded names, and minutes of the end that differ by at most one.
bool recent_covers_account(const lake::Play& recent, const lake::Play& account);

/// The names that account data also tells (title and artist, episode and show, chapter and
/// audiobook), folded; empty when the row has none.
std::string folded_names(const lake::Play& play);

/// Takes out every row that another row covers: recent and account rows by extended ones, account
/// rows by recent ones that remain. `plays` may be in any order; the result is in the order of
/// `played_at`, then `play_id`. Returns what was taken out.
std::vector<lake::Play> take_covered(std::vector<lake::Play>& plays);

}  // namespace soundlake::history
