// SPDX-License-Identifier: Apache-2.0
#include "soundlake/tableau/build.hpp"

#include "soundlake/tableau/overview.hpp"
#include "soundlake/tableau/taste_tables.hpp"

namespace soundlake::tableau {

Workbook build(const stats::Dataset& data, bool simulated) {
  // No statistic asked here counts back from today, so any day does and the lake alone decides.
  const base::Day any_day{};
  return {.data = taste_data(data, base::parse_day("2000-01-01").value_or(any_day)),
          .colors = {family_colors()},
          .sheets = overview_sheets(),
          .dashboards = {overview_dashboard(simulated)}};
}

}  // namespace soundlake::tableau
