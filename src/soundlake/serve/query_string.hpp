// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/stats/query.hpp"

#include <string_view>

namespace soundlake::serve {

/// The pairs of a query string, decoded, in order; a name may come several times.
stats::Pairs pairs_in(std::string_view query);

}  // namespace soundlake::serve
