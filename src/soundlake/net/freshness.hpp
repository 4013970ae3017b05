// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/net/http.hpp"

#include <optional>

namespace soundlake::net {

/// Whether the request's answers may be kept at all: a GET that names how long and under what key.
bool wants_keeping(const Request& request);

/// Until when an answer that was received or confirmed at `now` is fresh: the request's own time,
/// longer when the service's max-age says so (30 days at most). Nothing when it forbids keeping
/// (no-store).
std::optional<base::Instant> fresh_until(const Request& request, const Headers& headers,
                                         base::Instant now);

/// Whether this answer is one to keep: 200, and no HTML, which an API never means.
bool worth_keeping(int status, const Headers& headers);

}  // namespace soundlake::net
