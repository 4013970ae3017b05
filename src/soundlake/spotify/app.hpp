// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/secret.hpp"

#include <string>
#include <vector>

namespace soundlake::spotify {

/// The person's Spotify app and how to sign in with it, as the settings say.
struct App {
  std::string client_id{};       ///< `spotify_client_id`; empty when not set
  base::Secret client_secret{};  ///< `spotify_client_secret`; empty when not set (PKCE alone)
  std::string redirect_uri = "http://127.0.0.1:8888/callback";  ///< `spotify_redirect_uri`
  base::Secret refresh_token{};  ///< `spotify_refresh_token`; empty when not set
  std::string accounts_url = "https://accounts.spotify.com";  ///< without a slash at the end
};

/// The steps to a Spotify app and a first sign-in, for hints.
std::string steps_to_an_app();

/// A right that the sign-in asks for.
struct Scope {
  std::string name;
  std::string why;  ///< one sentence shown to the person
};

/// Every right soundlake asks for.
const std::vector<Scope>& scopes();

}  // namespace soundlake::spotify
