// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/merge_year.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/short_hasher.hpp"
#include "soundlake/history/coverage.hpp"
#include "soundlake/history/identity.hpp"

#include <algorithm>
#include <tuple>

namespace soundlake::history {
namespace {

namespace chr = std::chrono;

constexpr std::int64_t kLongestMs = chr::milliseconds(chr::days(7)).count();

Source source_of(std::string_view name) {
  if (name == "extended") return Source::extended;
  return name == "account" ? Source::account : Source::recent;
}

/// A row and the play that it tells.
struct Candidate {
  std::uint64_t id = 0;
  std::int64_t moment = 0;  ///< equal for equal ids, so that these come to stand together; µs
  RowRef row;
  Source source = Source::extended;
};

/// A play with all rows that tell it.
struct Group {
  TablePlay play;
  Source source = Source::extended;
  std::size_t begin = 0;  ///< its candidates
  std::size_t end = 0;
  bool known = false;  ///< the lake has it
  bool covered = false;
};

struct Bounds {
  base::Instant begin;
  base::Instant end;
  bool hold(std::int64_t us) const {
    const auto at = base::from_unix_us(us);
    return begin <= at && at < end;
  }
};

Bounds bounds_of(int year) {
  return {.begin = chr::sys_days(chr::year(year) / 1 / 1),
          .end = chr::sys_days(chr::year(year + 1) / 1 / 1)};
}

/// The moment that an identity knows of a play's end: equal identities have equal ones.
std::int64_t moment_of(base::Instant played_at, Source source) {
  if (source == Source::account) return base::to_unix_us(chr::floor<chr::minutes>(played_at));
  return base::to_unix_us(chr::floor<chr::milliseconds>(played_at));
}

std::uint64_t id_of(const lake::PlayBatch& plays, std::size_t row) {
  const auto text = plays.play_id.at(row);
  const auto id = base::short_hash_number(text);
  if (id == 0 && text != "0000000000000000") {
    throw Error(ErrorKind::data, "plays hold the play_id '" + std::string(text) + "'",
                "only soundlake may write into the lake: restore plays/ from a backup");
  }
  return id;
}

void add_known(std::vector<Candidate>& candidates, const lake::PlayBatch& plays, std::uint32_t part,
               const Bounds& reach) {
  std::vector<Source> sources;
  for (std::int32_t code = 0; code < plays.source.values(); ++code) {
    sources.push_back(source_of(plays.source.value(code)));
  }
  for (std::size_t row = 0; row < plays.rows; ++row) {
    if (!reach.hold(plays.played_at[row])) continue;
    const auto code = plays.source.codes[row];
    const auto source = code < 0 ? Source::recent : sources[static_cast<std::size_t>(code)];
    candidates.push_back({.id = id_of(plays, row),
                          .moment = moment_of(base::from_unix_us(plays.played_at[row]), source),
                          .row = {.row = static_cast<std::uint32_t>(row), .part = part},
                          .source = source});
  }
}

std::vector<Candidate> candidates_of(const YearRows& rows) {
  std::vector<Candidate> candidates;
  candidates.reserve(rows.told_rows.size() + (rows.own ? rows.own->rows : 0));
  base::ShortHasher hasher;
  std::string identity;
  for (const auto row : rows.told_rows) {
    write_identity(*rows.told, row, identity);
    const auto source = rows.told->source[row];
    candidates.push_back(
        {.id = hasher.of(identity),
         .moment = moment_of(base::from_unix_ms(rows.told->played_at[row]), source),
         .row = {.row = row, .part = 0},
         .source = source});
  }
  const auto year = bounds_of(rows.year);
  if (rows.own) add_known(candidates, *rows.own, 1, year);
  for (std::size_t i = 0; i < rows.neighbours.size(); ++i) {
    add_known(candidates, *rows.neighbours[i], static_cast<std::uint32_t>(i + 2),
              {.begin = year.begin - kYearReach, .end = year.end + kYearReach});
  }
  const auto order = [](const Candidate& a, const Candidate& b) {
    return std::tie(a.moment, a.id, a.row.part, a.row.row) <
           std::tie(b.moment, b.id, b.row.part, b.row.row);
  };
  if (!std::is_sorted(candidates.begin(), candidates.end(), order)) {
    std::sort(candidates.begin(), candidates.end(), order);
  }
  return candidates;
}

/// The row of a group that stays; of rows that tell the same a known one, which then needs no look
/// at its columns.
RowRef best_row(const YearRows& rows, const std::vector<Candidate>& candidates,
                const Group& group) {
  auto best = candidates[group.end - 1].row;
  for (auto i = group.end - 1; i-- > group.begin;) {
    TimeText place;
    TimeText best_place;
    const auto order =
        compare_knowledge(rows.view(candidates[i].row, place), rows.view(best, best_place));
    if (order < 0) best = candidates[i].row;
  }
  return best;
}

/// Times and length as the source told them; of a recent play the length of the track.
TablePlay as_told(const YearRows& rows, const Candidate& candidate, const RowRef& row) {
  TablePlay play;
  play.row = row;
  play.id = candidate.id;
  if (row.part == 0) {
    play.played_at = rows.told->played_at[row.row] * 1000;
    play.ms_played = rows.told->ms_played[row.row];
    play.started_at = play.played_at - play.ms_played * 1000;
  } else {
    const auto& plays = rows.batch(row);
    play.played_at = plays.played_at[row.row];
    play.started_at = plays.started_at[row.row];
    play.ms_played = plays.ms_played[row.row];
    play.length_ms = plays.length_ms[row.row];
    play.ms_estimated = plays.ms_estimated[row.row] == 1;
  }
  if (candidate.source == Source::recent) {
    const auto length =
        play.length_ms == lake::PlayBatch::kNoLength ? play.ms_played : play.length_ms;
    play.length_ms = std::clamp<std::int64_t>(length, 0, kLongestMs);
    play.ms_played = play.length_ms;
    play.started_at = play.played_at - play.ms_played * 1000;
    play.ms_estimated = true;
  }
  return play;
}

std::vector<Group> groups_of(const YearRows& rows, const std::vector<Candidate>& candidates) {
  std::vector<Group> groups;
  groups.reserve(candidates.size());
  for (std::size_t i = 0; i < candidates.size();) {
    Group group;
    group.source = candidates[i].source;
    group.begin = i;
    for (; i < candidates.size() && candidates[i].id == candidates[group.begin].id; ++i) {
      group.known = group.known || candidates[i].row.part > 0;
    }
    group.end = i;
    group.play = as_told(rows, candidates[group.begin], best_row(rows, candidates, group));
    groups.push_back(group);
  }
  const auto order = [](const Group& a, const Group& b) {
    return std::tie(a.play.played_at, a.play.id) < std::tie(b.play.played_at, b.play.id);
  };
  if (!std::is_sorted(groups.begin(), groups.end(), order)) {
    std::sort(groups.begin(), groups.end(), order);
  }
  return groups;
}

/// Marks every play that a remaining play of the source `better` covers.
void mark_covered_by(Source better, std::vector<Group>& groups, const YearRows& rows,
                     FoldedTexts& folded) {
  constexpr auto kReach = chr::microseconds(kCoverageReach).count();
  const auto covered = [&](const Group& group) {
    auto other = std::lower_bound(
        groups.begin(), groups.end(), group.play.played_at - kReach,
        [](const Group& each, std::int64_t at) { return each.play.played_at < at; });
    TimeText place;
    const auto row = rows.view(group.play.row, place);
    for (; other != groups.end() && other->play.played_at <= group.play.played_at + kReach;
         ++other) {
      if (other->source != better || other->covered) continue;
      TimeText other_place;
      if (covers(rows.view(other->play.row, other_place), row, folded)) return true;
    }
    return false;
  };
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const auto& group = groups[i];
    if (group.source == Source::extended || group.source == better || group.covered) continue;
    if (covered(group)) found.push_back(i);
  }
  for (const auto i : found) groups[i].covered = true;
}

/// settle_recent for the plays that remain.
void settle(std::vector<Group>& groups) {
  std::int64_t before = 0;
  std::int64_t latest = 0;
  bool any_before = false;
  bool any = false;
  for (auto& group : groups) {
    if (group.covered) continue;
    auto& play = group.play;
    if (any && latest < play.played_at) {
      before = latest;
      any_before = true;
    }
    latest = play.played_at;
    any = true;
    if (group.source != Source::recent) continue;
    if (any_before) {
      const auto since = chr::floor<chr::milliseconds>(chr::microseconds(play.played_at - before));
      play.ms_played = std::min<std::int64_t>(play.ms_played, since.count());
    }
    play.started_at = play.played_at - play.ms_played * 1000;
  }
}

void judge(const Group& group, const std::vector<Candidate>& candidates,
           std::vector<Verdict>& verdicts) {
  auto next = group.known ? Verdict::known : Verdict::stored;
  for (auto i = group.begin; i < group.end; ++i) {
    if (candidates[i].row.part != 0) continue;
    verdicts[candidates[i].row.row] = group.covered ? Verdict::covered : next;
    next = Verdict::repeated;
  }
}

/// Whether a play of the table stands there already as it shall be, in this place.
bool stands(const TablePlay& play, const lake::PlayBatch& known, std::size_t place) {
  return place < known.rows && play.row == RowRef{static_cast<std::uint32_t>(place), 1} &&
         known.started_at[place] == play.started_at && known.ms_played[place] == play.ms_played &&
         known.length_ms[place] == play.length_ms &&
         (known.ms_estimated[place] == 1) == play.ms_estimated &&
         known.local_date[place] == play.day.date &&
         known.utc_offset_min[place] == play.day.offset_min;
}

}  // namespace

bool needs_neighbours(const YearRows& rows) {
  const auto year = bounds_of(rows.year);
  const bool told = std::any_of(rows.told_rows.begin(), rows.told_rows.end(), [&](auto row) {
    return rows.told->source[row] != Source::extended &&
           year.hold(rows.told->played_at[row] * 1000);
  });
  if (told || !rows.own) return told;
  const auto& source = rows.own->source;
  for (std::size_t row = 0; row < rows.own->rows; ++row) {
    if (source.at(row) != "extended") return true;
  }
  return false;
}

MergedYear merge_year(const YearRows& rows, const base::Zone& zone,
                      std::vector<Verdict>& verdicts) {
  const auto candidates = candidates_of(rows);
  auto groups = groups_of(rows, candidates);
  const bool one_source = std::all_of(groups.begin(), groups.end(), [](const Group& group) {
    return group.source == Source::extended;
  });
  if (!one_source) {
    FoldedTexts folded;
    mark_covered_by(Source::extended, groups, rows, folded);
    mark_covered_by(Source::recent, groups, rows, folded);
    settle(groups);
  }
  MergedYear merged;
  merged.plays.reserve(groups.size());
  const auto year = bounds_of(rows.year);
  LocalDays days(zone);
  for (auto& group : groups) {
    if (!year.hold(group.play.played_at)) continue;
    judge(group, candidates, verdicts);
    if (group.covered) {
      if (group.known) ++merged.displaced;
      continue;
    }
    group.play.day = days.of(base::from_unix_us(group.play.started_at));
    merged.changed =
        merged.changed || !rows.own || !stands(group.play, *rows.own, merged.plays.size());
    merged.plays.push_back(group.play);
  }
  const std::size_t before = rows.own ? rows.own->rows : 0;
  merged.changed = merged.changed || merged.plays.size() != before;
  return merged;
}

}  // namespace soundlake::history
