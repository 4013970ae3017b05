// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"
#include "soundlake/net/client.hpp"
#include "soundlake/spotify/app.hpp"
#include "soundlake/spotify/token_source.hpp"
#include "soundlake/spotify/token_store.hpp"

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
  /// The sign-in to use: the stored one, or one made from the setting when that is newer.
  StoredToken current() const;
  bool usable(const StoredToken& sign_in) const;
  /// Asks for a new access token and stores what came; the lock must be held.
  StoredToken refreshed(StoredToken sign_in);
  /// Remembers that Spotify no longer accepts this sign-in. True when another one is left to try.
  bool set_aside(StoredToken sign_in);

  App app_;
  TokenStore& store_;
  net::Client& client_;
  base::Clock clock_;
  base::Secret doubted_;      ///< refused once, to be tried once more
  int refused_in_a_row_ = 0;  ///< tokens that were refused soon after Spotify gave them
};

}  // namespace soundlake::spotify
