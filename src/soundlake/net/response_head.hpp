// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/net/http_server.hpp"

#include <optional>
#include <string>

namespace soundlake::net {

/// The status line and headers of an answer, up to and with the empty line. Length, connection and
/// content type are ours to say; headers of these names are left out. Nothing when a header could
/// smuggle in something else: a name that is no token, a value with CR, LF or NUL.
std::optional<std::string> response_head(const ServerResponse& response, bool keep_alive);

/// Whether an answer of this status has a body at all (1xx, 204 and 304 have none).
bool has_body(int status);

}  // namespace soundlake::net
