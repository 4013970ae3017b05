// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/secret.hpp"
#include "soundlake/base/time.hpp"
#include "soundlake/net/client.hpp"
#include "soundlake/spotify/app.hpp"

#include <string>

namespace soundlake::spotify {

/// The name under which the sign-in service is known to net::Client.
inline constexpr const char* kAccountsService = "spotify-accounts";
/// What we allow ourselves towards it.
net::ServiceLimits accounts_limits();

/// How a token was got, hence how it has to be refreshed.
enum class TokenMethod {
  pkce,             ///< client id in the body
  pkce_and_secret,  ///< HTTP Basic with id and secret
};
/// "pkce" or "pkce+secret", as stored.
const char* name_of(TokenMethod method);

/// Tokens as the accounts service gave them.
struct TokenAnswer {
  base::Secret access_token;
  base::Instant expires_at;
  base::Secret refresh_token;  ///< empty: the one in use stays valid
  std::string scopes;          ///< granted ones, separated by blanks; empty when not told
};

/// Turns the code of a redirect into tokens. A code works once, so this is never sent twice.
/// Throws Error{sign_in} when Spotify does not take the code, Error{config} when it knows no such
/// app, secret or redirect, Error{network} when it could not be asked, Error{service} for an answer
/// that cannot be read.
TokenAnswer exchange_code(net::Client& client, const App& app, const base::Secret& code,
                          const base::Secret& verifier, const std::string& redirect_uri);

/// A new access token, asked for the way the refresh token was got.
/// Throws Error{sign_in} when the refresh token is no longer accepted (and only then), otherwise as
/// exchange_code().
TokenAnswer refresh(net::Client& client, const App& app, TokenMethod method,
                    const base::Secret& refresh_token);

}  // namespace soundlake::spotify
