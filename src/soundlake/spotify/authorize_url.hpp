// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/spotify/app.hpp"

#include <string>

namespace soundlake::spotify {

/// 192 random bits, written so that they need no encoding in a URL.
std::string make_state();

/// The page on which the person allows the app to read (authorization code flow, PKCE S256).
/// @param redirect_uri exactly as it will be sent with the code
std::string authorize_url(const App& app, const std::string& redirect_uri, const std::string& state,
                          const std::string& challenge);

}  // namespace soundlake::spotify
