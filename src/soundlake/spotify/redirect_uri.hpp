// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

namespace soundlake::spotify {

/// Where Spotify sends the browser after the sign-in.
struct RedirectUri {
  enum class Kind {
    loopback_v4,  ///< http://127.0.0.1[:port]/path
    loopback_v6,  ///< http://[::1][:port]/path
    https,        ///< somebody else's server: the answer can only be pasted
  };
  Kind kind = Kind::loopback_v4;
  std::uint16_t port = 0;  ///< 0: none given, so any free one of ours may be used (RFC 8252 §7.3)
  std::string path;        ///< as written, at least "/"
  std::string text;        ///< the whole, as configured

  /// The text with this port put in (or left as it is when it names one).
  std::string with_port(std::uint16_t port_in_use) const;
};

/// Reads the setting `spotify_redirect_uri` by Spotify's rules (Web API documentation, "Redirect
/// URIs"): http only to a loopback address written as a number, https elsewhere. Throws
/// Error{config} that names what is off and the value to use.
RedirectUri parse_redirect_uri(const std::string& text);

}  // namespace soundlake::spotify
