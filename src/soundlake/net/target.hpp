// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/net/http.hpp"

#include <string>

namespace soundlake::net {

/// Where a request goes, as far as our rules look at it.
struct Target {
  std::string host;
  bool loopback = false;  ///< this machine: 127.0.0.0/8, ::1, localhost
  bool link_local =
      false;  ///< the machine's own link (169.254.0.0/16): no proxy can reach it for us
};

/// Reads the request's URL and holds it to the rules. Throws Error{config} when it is no http or
/// https URL, is plain http to another machine without `allow_plain_http`, or a header or
/// credential holds a control character (it could smuggle in further headers). Messages hold
/// neither.
Target checked_target(const Request& request);

}  // namespace soundlake::net
