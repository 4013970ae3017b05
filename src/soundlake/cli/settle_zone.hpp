// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/zone.hpp"
#include "soundlake/config/settings.hpp"
#include "soundlake/lake/lake.hpp"

#include <string>

namespace soundlake::cli {

struct SettledZone {
  base::Zone zone;    ///< in which the lake's days are from now on
  std::string moved;  ///< "UTC → Europe/Berlin" when they were in another one before; else empty
};

/// The lake's zone. An explicit setting that differs from it moves the lake: the day of every play
/// is written anew. Throws Error{config} for a zone that the system does not know.
SettledZone settle_zone(lake::Edit& edit, const config::Settings& settings);

}  // namespace soundlake::cli
