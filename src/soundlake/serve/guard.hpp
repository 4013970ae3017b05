// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/secret.hpp"
#include "soundlake/net/http_server.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace soundlake::serve {

/// Why a request is not answered.
struct Refusal {
  int status = 403;
  std::string title;
  std::string detail;
};

/// Lets in only the owner's own browser. Another site cannot reach the server by a name of its own
/// (DNS rebinding) because Host is compared; cannot send requests from its pages because Origin is;
/// and another user of the machine lacks the cookie.
class Guard {
 public:
  /// @param allowed_hosts names of a reverse proxy, without a port
  Guard(std::uint16_t port, std::vector<std::string> allowed_hosts);

  /// Whether Host and Origin are ours. Asked before anything else.
  std::optional<Refusal> foreign(const net::ServerRequest& request) const;
  /// Whether the request carries the cookie.
  bool knows(const net::ServerRequest& request) const;
  /// The token that the next new browser shows once.
  const base::Secret& token() const { return token_; }
  /// Takes the token of an address: true at most once per token; then there is another one.
  bool exchange(const std::string& shown);
  /// The value of Set-Cookie for a browser that showed the token.
  std::string set_cookie() const;

 private:
  bool is_ours(const std::string& authority) const;

  std::uint16_t port_;
  std::vector<std::string> allowed_hosts_;
  std::string cookie_name_;  ///< browsers share cookies between ports of a host
  base::Secret session_;
  base::Secret token_;
};

}  // namespace soundlake::serve
