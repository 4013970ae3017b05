// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/merge_exports.hpp"

#include "soundlake/base/stop.hpp"
#include "soundlake/lake/run_all.hpp"

#include <algorithm>
#include <map>
#include <mutex>

namespace soundlake::history {
namespace {

/// What the lake has, read once however many years need it, and only for as long as some do.
class KnownYears {
 public:
  explicit KnownYears(const KnownPlays& known) : known_(known) {}

  /// Null when the lake has nothing of that year.
  std::shared_ptr<const lake::PlayBatch> of(int year) {
    if (!std::binary_search(known_.years.begin(), known_.years.end(), year)) return nullptr;
    const std::lock_guard lock(mutex_);
    auto& plays = read_[year];
    if (!plays) plays = std::make_shared<const lake::PlayBatch>(known_.plays_of(year));
    auto found = plays;
    // Years are merged in order: what lies behind is needed by nobody who begins now.
    read_.erase(read_.begin(), read_.lower_bound(year - 1));
    return found;
  }

 private:
  const KnownPlays& known_;
  std::mutex mutex_;
  std::map<int, std::shared_ptr<const lake::PlayBatch>> read_;
};

using RowsByYear = std::map<int, std::vector<std::uint32_t>>;

int year_of(const ToldPlays& told, std::uint32_t row) {
  return base::utc_year(base::from_unix_ms(told.played_at[row]));
}

RowsByYear by_year(const ToldPlays& told) {
  RowsByYear years;
  int year = 0;
  std::vector<std::uint32_t>* rows = nullptr;
  for (std::uint32_t row = 0; row < told.rows(); ++row) {
    // An export is mostly in order of time.
    if (const int own = year_of(told, row); rows == nullptr || own != year) {
      year = own;
      rows = &years[year];
    }
    rows->push_back(row);
  }
  return years;
}

/// The years in which something can change, ascending: those of told rows, and what the lake has of
/// those that told rows reach.
std::vector<int> affected(const ToldPlays& told, const RowsByYear& years, const KnownPlays& known) {
  std::vector<int> found;
  for (const auto& [year, rows] : years) found.push_back(year);
  for (const auto& [year, rows] : years) {
    for (const auto row : rows) {
      const auto at = base::from_unix_ms(told.played_at[row]);
      for (const int other : {base::utc_year(at - kYearReach), base::utc_year(at + kYearReach)}) {
        if (other == year) continue;
        if (std::binary_search(known.years.begin(), known.years.end(), other)) {
          found.push_back(other);
        }
      }
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

void add_told_near(YearRows& rows, const RowsByYear& years) {
  const auto begin = base::Instant(std::chrono::sys_days(std::chrono::year(rows.year) / 1 / 1));
  const auto end = base::Instant(std::chrono::sys_days(std::chrono::year(rows.year + 1) / 1 / 1));
  for (const int year : {rows.year - 1, rows.year + 1}) {
    const auto found = years.find(year);
    if (found == years.end()) continue;
    for (const auto row : found->second) {
      const auto at = base::from_unix_ms(rows.told->played_at[row]);
      if (at >= begin - kYearReach && at < end + kYearReach) rows.told_rows.push_back(row);
    }
  }
}

}  // namespace

MergedExports merge_exports(
    const ToldPlays& told, const KnownPlays& known, const base::Zone& zone,
    const std::function<void(int year, const YearRows&, const std::vector<TablePlay>&)>& write) {
  MergedExports result;
  result.verdicts.assign(told.rows(), Verdict::none);
  const auto years = by_year(told);
  KnownYears known_years(known);
  std::mutex mutex;
  std::vector<std::function<void()>> tasks;
  for (const int year : affected(told, years, known)) {
    tasks.emplace_back([&, year] {
      base::throw_if_stopped();
      YearRows rows{.year = year, .told = &told, .told_rows = {}, .own = {}, .neighbours = {}};
      if (const auto own = years.find(year); own != years.end()) rows.told_rows = own->second;
      rows.own = known_years.of(year);
      if (needs_neighbours(rows)) {
        add_told_near(rows, years);
        for (const int other : {year - 1, year + 1}) {
          if (auto plays = known_years.of(other)) rows.neighbours.push_back(std::move(plays));
        }
      }
      const auto merged = merge_year(rows, zone, result.verdicts);
      if (merged.changed) write(year, rows, merged.plays);
      const std::lock_guard lock(mutex);
      result.displaced += merged.displaced;
    });
  }
  lake::run_all(tasks, told.rows() >= lake::kRowsWorthThreads);
  return result;
}

}  // namespace soundlake::history
