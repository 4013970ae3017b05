// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/secret.hpp"
#include "soundlake/base/time.hpp"
#include "soundlake/net/http_server.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace soundlake::sim {

/// The sign-in side: one registered app, one person who agrees (or not) at once.
class Accounts {
 public:
  explicit Accounts(std::uint64_t seed, base::Instant now);

  const std::string& client_id() const { return client_id_; }
  const base::Secret& client_secret() const { return client_secret_; }
  const base::Secret& refresh_token() const { return refresh_token_; }
  /// Registered without a port, so that any port will do.
  static const std::vector<std::string>& redirect_uris();

  bool deny = false;    ///< the person refuses
  bool rotate = false;  ///< refreshing gives a new refresh token and ends the old one

  /// GET /authorize: straight back to the app with a code, or a page that says what is wrong.
  net::ServerResponse authorize(const net::ServerRequest& request, base::Instant now);
  /// POST /api/token
  net::ServerResponse token(const net::ServerRequest& request, base::Instant now);
  /// The scopes of an access token; nothing when it is not ours or has expired. A token is good in
  /// every simulation with the same seed.
  std::optional<std::vector<std::string>> scopes_of(const std::string& access_token,
                                                    base::Instant now) const;
  /// Ends every refresh token given so far.
  void revoke();

 private:
  struct Code {
    std::string redirect_uri;
    std::string challenge;  ///< empty: without PKCE
    std::string scope;
    base::Instant expires_at;
  };
  struct Grant {
    std::string scope;
    base::Instant authorized_at;
    bool with_secret = false;  ///< refreshed with Basic then, as it was got
    bool revoked = false;
  };
  struct Caller;

  std::string secret_text(const std::string& what);
  std::string signature(const std::string& text) const;
  net::ServerResponse exchange(const std::map<std::string, std::string>& form, const Caller& caller,
                               base::Instant now);
  net::ServerResponse refresh(const std::map<std::string, std::string>& form, const Caller& caller,
                              base::Instant now);
  net::ServerResponse grant(const std::string& scope, base::Instant now,
                            const std::string& refresh_token);

  std::uint64_t seed_;
  std::uint64_t given_ = 0;
  std::string client_id_;
  base::Secret client_secret_;
  base::Secret refresh_token_;
  std::map<std::string, Code> codes_;
  std::map<std::string, Grant> grants_;
};

}  // namespace soundlake::sim
