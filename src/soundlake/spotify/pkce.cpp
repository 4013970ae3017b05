// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/pkce.hpp"

#include "soundlake/base/hash.hpp"

namespace soundlake::spotify {

std::string pkce_challenge(std::string_view verifier) {
  return base::base64url(base::sha256_raw(verifier));
}

Pkce make_pkce() {
  const std::string verifier = base::base64url(base::random_bytes(64));
  return {.verifier = base::Secret(verifier), .challenge = pkce_challenge(verifier)};
}

}  // namespace soundlake::spotify
