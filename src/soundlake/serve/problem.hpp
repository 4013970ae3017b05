// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/error.hpp"
#include "soundlake/net/http_server.hpp"

#include <string>

namespace soundlake::serve {

/// An answer of application/problem+json (RFC 9457); `hint` says what to do, when not empty.
net::ServerResponse problem(int status, const std::string& title, const std::string& detail,
                            const std::string& hint = {});

/// The same of an error: 400 for words that are off, 503 where the lake cannot be read.
net::ServerResponse problem(const Error& error);

}  // namespace soundlake::serve
