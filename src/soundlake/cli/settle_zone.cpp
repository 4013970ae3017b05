// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/settle_zone.hpp"

#include "soundlake/history/identity.hpp"

namespace soundlake::cli {

SettledZone settle_zone(lake::Edit& edit, const config::Settings& settings) {
  const std::string before = edit.view().identity().timezone;
  const std::string after = settings.is_set("timezone") ? settings.text("timezone") : before;
  SettledZone settled{base::Zone::named(after), {}};
  if (before == after) return settled;
  for (const int year : edit.play_years()) {
    auto plays = edit.plays_of(year);
    for (auto& play : plays) history::localize(play, settled.zone);
    edit.replace_plays(year, std::move(plays));
  }
  edit.set_timezone(after);
  settled.moved = before + " → " + after;
  return settled;
}

}  // namespace soundlake::cli
