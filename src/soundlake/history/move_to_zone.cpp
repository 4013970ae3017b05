// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/move_to_zone.hpp"

#include "soundlake/history/local_days.hpp"
#include "soundlake/lake/run_all.hpp"

#include <mutex>

namespace soundlake::history {
namespace {

/// Whether a day changed.
bool localize(lake::PlayBatch& plays, const base::Zone& zone) {
  bool changed = false;
  LocalDays days(zone);
  for (std::size_t row = 0; row < plays.rows; ++row) {
    const auto day = days.of(base::from_unix_us(plays.started_at[row]));
    const LocalDay before{plays.local_date[row], plays.utc_offset_min[row]};
    if (day == before) continue;
    changed = true;
    plays.local_date[row] = day.date;
    plays.utc_offset_min[row] = day.offset_min;
  }
  return changed;
}

}  // namespace

void move_to_zone(lake::Edit& edit, const base::Zone& zone) {
  std::mutex mutex;
  std::vector<lake::EncodedPlays> changed;
  std::vector<std::function<void()>> tasks;
  for (const int year : edit.play_years()) {
    tasks.emplace_back([&, year] {
      auto plays = [&] {
        const std::lock_guard lock(mutex);
        return edit.play_batch(year);
      }();
      if (!localize(plays, zone)) return;
      auto encoded = lake::encode_year(year, plays);
      const std::lock_guard lock(mutex);
      changed.push_back(std::move(encoded));
    });
  }
  lake::run_all(tasks, tasks.size() > 1);
  for (auto& year : changed) edit.replace_plays(std::move(year));
  edit.set_timezone(zone.name());
}

}  // namespace soundlake::history
