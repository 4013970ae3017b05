// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/zone.hpp"
#include "soundlake/history/local_days.hpp"
#include "soundlake/history/play_view.hpp"

#include <chrono>
#include <compare>
#include <cstdint>
#include <memory>
#include <vector>

/// `merge_plays` for one UTC year, over columns: no row becomes a lake::Play. plays_test.cpp and
/// merge_year_test.cpp hold the two to the same table.
namespace soundlake::history {

/// A row, by where it stands.
struct RowRef {
  std::uint32_t row = 0;
  std::uint32_t part = 0;  ///< 0: told; n: known[n − 1]
  friend auto operator<=>(const RowRef&, const RowRef&) = default;
};

/// The rows that a year's table is made of. Rows of other years have a say only near New Year.
struct YearRows {
  int year = 0;
  const ToldPlays* told = nullptr;
  std::vector<std::uint32_t> told_rows;        ///< of the year and of a week and a day around it
  std::shared_ptr<const lake::PlayBatch> own;  ///< what the lake has of the year; may be null
  std::vector<std::shared_ptr<const lake::PlayBatch>> neighbours;  ///< the years before and after

  /// The batch of a known row.
  const lake::PlayBatch& batch(const RowRef& ref) const {
    return ref.part == 1 ? *own : *neighbours[ref.part - 2];
  }
  PlayView view(const RowRef& ref, TimeText& place) const {
    return ref.part == 0 ? view_of(*told, ref.row, place) : view_of(batch(ref), ref.row);
  }
};

/// A play of the table.
struct TablePlay {
  RowRef row;            ///< what stays of the rows that tell it
  std::uint64_t id = 0;  ///< play_id as a number
  std::int64_t played_at = 0;
  std::int64_t started_at = 0;  ///< both µs since 1970 UTC
  std::int64_t ms_played = 0;
  std::int64_t length_ms = lake::PlayBatch::kNoLength;
  bool ms_estimated = false;
  LocalDay day;
};

/// What became of a told row.
enum class Verdict : std::uint8_t {
  none,      ///< not judged yet
  stored,    ///< in the table now and not before
  known,     ///< in the table before
  repeated,  ///< an earlier told row tells the same play
  covered,   ///< a row of a better source tells the same play
};

struct MergedYear {
  std::vector<TablePlay> plays;  ///< in the order of the table
  bool changed = false;          ///< whether they differ from what the lake has
  std::int64_t displaced = 0;    ///< known rows of the year that are covered now
};

/// How far rows of other years have a say: beyond the longest play and every tolerance.
constexpr std::chrono::days kYearReach{8};

/// Whether rows of the years beside it can matter: only where a source is not the best one.
bool needs_neighbours(const YearRows& rows);

/// @param verdicts one per told row; those of this year are set. Of several told rows
/// of a play the first one counts.
MergedYear merge_year(const YearRows& rows, const base::Zone& zone, std::vector<Verdict>& verdicts);

/// The plays as columns of the table.
lake::PlayBatch batch_of(const YearRows& rows, const std::vector<TablePlay>& plays);

}  // namespace soundlake::history
