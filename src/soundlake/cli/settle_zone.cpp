// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/settle_zone.hpp"

#include "soundlake/history/move_to_zone.hpp"

namespace soundlake::cli {

SettledZone settle_zone(lake::Edit& edit, const config::Settings& settings) {
  const std::string before = edit.view().identity().timezone;
  const std::string after = settings.is_set("timezone") ? settings.text("timezone") : before;
  SettledZone settled{base::Zone::named(after), {}};
  if (before == after) return settled;
  history::move_to_zone(edit, settled.zone);
  settled.moved = before + " → " + after;
  return settled;
}

}  // namespace soundlake::cli
