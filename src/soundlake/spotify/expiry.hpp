// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"
#include "soundlake/spotify/token_store.hpp"

#include <optional>
#include <string>

namespace soundlake::spotify {

/// When Spotify stops accepting the sign-in: six calendar months after the person allowed it
/// (Spotify for Developers, "Refreshing tokens"); refreshing does not extend it.
base::Instant sign_in_ends(base::Instant authorized_at);

/// What to tell about the end of the sign-in: from its fifth month on, and when it is over. Nothing
/// before, and nothing without a sign-in. Of a token that came from a setting the end is not known;
/// six months after its first use here is the latest it can be.
std::optional<std::string> expiry_warning(const TokenStore& store, base::Instant now);

}  // namespace soundlake::spotify
