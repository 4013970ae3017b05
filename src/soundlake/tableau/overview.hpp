// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/tableau/model.hpp"

namespace soundlake::tableau {

/// The four views of Overview, over the tables of taste_data.
std::vector<Sheet> overview_sheets();

/// The page that holds them.
/// @param simulated the lake is an invented listener's, and the page says so
Dashboard overview_dashboard(bool simulated);

/// The colours of the genre families.
MemberColors family_colors();

}  // namespace soundlake::tableau
