// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/spotify/asking.hpp"

#include <cstdint>
#include <optional>

namespace soundlake::spotify {

/// Asks for the recent plays that ended after `after_ms` (Unix time), or the latest; they go into
/// the extraction.
void ask_recent(Asking& asking, std::optional<std::int64_t> after_ms);

}  // namespace soundlake::spotify
