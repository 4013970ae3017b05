// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

namespace soundlake::enrich {

/// Whether two names are one artist's: equal without case, marks and outer blanks. A part of a name
/// ("X", "X Tribute Band") is not enough.
bool same_artist(std::string_view a, std::string_view b);

}  // namespace soundlake::enrich
