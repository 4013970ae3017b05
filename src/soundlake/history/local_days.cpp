// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/local_days.hpp"

namespace soundlake::history {

LocalDay LocalDays::of(base::Instant at) {
  if (at < period_.from || at >= period_.to) period_ = zone_.period(at);
  const auto day = std::chrono::floor<std::chrono::days>(at + period_.offset);
  return {.date = static_cast<std::int32_t>(day.time_since_epoch().count()),
          .offset_min = static_cast<std::int32_t>(period_.offset.count() / 60)};
}

}  // namespace soundlake::history
