// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"

#include <optional>
#include <string_view>

namespace soundlake::net {

/// Reads an HTTP date in any of its three forms (RFC 9110 §5.6.7). `now` decides the century of a
/// year with two digits. The weekday is not compared with the date.
std::optional<base::Instant> parse_http_date(std::string_view text, base::Instant now);

}  // namespace soundlake::net
