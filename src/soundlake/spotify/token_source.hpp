// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/secret.hpp"

namespace soundlake::spotify {

/// Where the client of the Web API gets its access tokens from.
class TokenSource {
 public:
  virtual ~TokenSource() = default;

  /// A token to send now; asks the accounts service for a new one when the known one is nearly
  /// over. Throws Error{sign_in} when a person has to sign in again, Error{network} when the
  /// accounts service cannot be asked now (the sign-in stays), Error{config} when the app's
  /// settings do not fit.
  virtual base::Secret token() = 0;

  /// Spotify refused this token (401): forget it so that the next token() refreshes. Since Spotify
  /// now and then refuses a good token, the next token() may give the same one once more. A token
  /// that is no longer the current one is ignored, so every request of a burst may report its 401.
  virtual void refused(const base::Secret& token) = 0;
};

}  // namespace soundlake::spotify
