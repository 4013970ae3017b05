// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"
#include "soundlake/serve/lake_watch.hpp"
#include "soundlake/stats/query.hpp"

#include <optional>
#include <string>

namespace soundlake::serve {

/// Everything a page of the dashboard shows, as one JSON object: `page, generation, simulated,
/// today, views`. Each view holds the `query` it answers beyond its name and the same `answer` that
/// `soundlake stats NAME --json` gives. Nothing when there is no such page.
/// Throws Error{usage} as stats::parse_query and stats::compute do.
std::optional<std::string> page_json(const Loaded& lake, const std::string& page,
                                     const stats::Pairs& pairs, base::Day today);

}  // namespace soundlake::serve
