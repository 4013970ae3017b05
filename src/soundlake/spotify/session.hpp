// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"
#include "soundlake/net/client.hpp"
#include "soundlake/spotify/app.hpp"
#include "soundlake/spotify/token_source.hpp"
#include "soundlake/spotify/token_store.hpp"

#include <optional>
#include <string>

namespace soundlake::spotify {

/// The person's standing sign-in: gives access tokens and refreshes them, alone or beside other
/// processes of the same home (of several that need a new token at once, one asks Spotify). Works
/// unattended from a stored sign-in or from the setting SPOTIFY_REFRESH_TOKEN.
class Session : public TokenSource {
 public:
  /// Store and client (with the service kAccountsService) must outlive this. The client may be the
  /// one that the tokens are for.
  Session(App app, TokenStore& store, net::Client& client, base::Clock clock);

  /// There is something to sign in with; asks nobody.
  bool signed_in() const;
  base::Secret token() override;
  void refused(const base::Secret& token) override;

 private:
  /// The stored sign-in, or one from the setting when that is newer. Throws as token() does.
  StoredToken current() const;
  StoredToken refreshed(StoredToken current);
  bool usable(const StoredToken& current) const;

  App app_;
  TokenStore& store_;
  net::Client& client_;
  base::Clock clock_;
  base::Secret doubted_;      ///< refused once; given once more before it is forgotten
  int refused_in_a_row_ = 0;  ///< new tokens that were refused soon after they came
};

/// What to tell about the end of the sign-in: from its fifth month on, and when it is over. Nothing
/// before, and nothing without a sign-in.
std::optional<std::string> expiry_warning(const TokenStore& store, base::Instant now);

}  // namespace soundlake::spotify
