// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/secret.hpp"

#include <string>
#include <string_view>

namespace soundlake::spotify {

/// Proof Key for Code Exchange (RFC 7636, method S256): only who began a sign-in can end it.
struct Pkce {
  base::Secret verifier;  ///< 86 characters of [A-Za-z0-9_-], sent with the code
  std::string challenge;  ///< base64url(SHA-256(verifier)), sent with the question
};

/// A new one from 64 random bytes.
Pkce make_pkce();
/// The S256 challenge of a verifier.
std::string pkce_challenge(std::string_view verifier);

}  // namespace soundlake::spotify
