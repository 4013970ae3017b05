// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/database.hpp"
#include "soundlake/base/files.hpp"
#include "soundlake/base/secret.hpp"
#include "soundlake/base/time.hpp"
#include "soundlake/spotify/token_endpoint.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace soundlake::spotify {

/// The sign-in as it is kept.
struct StoredToken {
  base::Secret refresh_token;  ///< empty: Spotify no longer accepts it, a new sign-in is needed
  std::string client_id;       ///< of the app it was given to
  TokenMethod method = TokenMethod::pkce;
  std::string scopes;                          ///< granted ones; empty when not known
  std::optional<base::Instant> authorized_at;  ///< when the person allowed it; unknown for a token
                                               ///< that came from a setting
  base::Instant first_seen_at;                 ///< when this sign-in came into the store
  base::Secret access_token;                   ///< empty: none at hand
  base::Instant access_obtained_at;
  base::Instant access_expires_at;
  std::string account_id;  ///< whose sign-in it is; empty until asked
  /// Hash of the SPOTIFY_REFRESH_TOKEN that this one came from or was signed in over: that setting
  /// is older than what is stored. Empty when none was set.
  std::string setting_hash;
};

/// The one sign-in of this home, in state.db (0600).
class TokenStore {
 public:
  /// The database must outlive this. `lock_file` is shared by all processes of this home.
  TokenStore(base::Database& state, std::filesystem::path lock_file);
  std::optional<StoredToken> load() const;
  void save(const StoredToken& token);
  /// Drops all of it; nothing of the tokens stays in the file.
  void forget();
  /// Keeps whose sign-in it is.
  void remember_account(const std::string& account_id);
  /// To be held by whoever is about to replace the tokens, from reading them until they are saved.
  base::FileLock lock() const;

 private:
  base::Database& state_;
  std::filesystem::path lock_file_;
};

}  // namespace soundlake::spotify
