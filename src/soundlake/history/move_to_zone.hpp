// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/zone.hpp"
#include "soundlake/lake/lake.hpp"

namespace soundlake::history {

/// The lake is in this zone from now on: the local days of all plays are written anew. Years whose
/// days are the same there stay as they are.
void move_to_zone(lake::Edit& edit, const base::Zone& zone);

}  // namespace soundlake::history
