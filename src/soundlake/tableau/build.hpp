// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/stats/dataset.hpp"
#include "soundlake/tableau/model.hpp"

namespace soundlake::tableau {

/// The workbook of a lake. Equal datasets give equal workbooks.
/// @param simulated the lake is an invented listener's
Workbook build(const stats::Dataset& data, bool simulated);

}  // namespace soundlake::tableau
