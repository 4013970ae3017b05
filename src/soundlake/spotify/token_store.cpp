// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/token_store.hpp"

#include <utility>

namespace soundlake::spotify {
namespace {

constexpr const char* kColumns =
    "refresh_token, client_id, method, scopes, authorized_at, first_seen_at, access_token, "
    "access_obtained_at, access_expires_at, account_id, setting_hash";

base::Instant instant(const base::Statement& row, int column) {
  return base::from_unix_us(row.integer(column));
}

}  // namespace

TokenStore::TokenStore(base::Database& state, std::filesystem::path lock_file)
    : state_(state), lock_file_(std::move(lock_file)) {
  // Replaced and forgotten tokens are overwritten in the file, not only unlinked from it.
  state_.execute(
      "PRAGMA secure_delete=ON;"
      "CREATE TABLE IF NOT EXISTS spotify_sign_in ("
      "  id INTEGER PRIMARY KEY CHECK (id = 1),"
      "  refresh_token TEXT NOT NULL, client_id TEXT NOT NULL, method TEXT NOT NULL,"
      "  scopes TEXT NOT NULL, authorized_at INTEGER, first_seen_at INTEGER NOT NULL,"
      "  access_token TEXT NOT NULL, access_obtained_at INTEGER NOT NULL,"
      "  access_expires_at INTEGER NOT NULL, account_id TEXT NOT NULL,"
      "  setting_hash TEXT NOT NULL)");
}

std::optional<StoredToken> TokenStore::load() const {
  auto row = state_.prepare(std::string("SELECT ") + kColumns + " FROM spotify_sign_in");
  if (!row.step()) return std::nullopt;
  StoredToken token;
  token.refresh_token = base::Secret(row.text(0));
  token.client_id = row.text(1);
  token.method = row.text(2) == name_of(TokenMethod::pkce_and_secret) ? TokenMethod::pkce_and_secret
                                                                      : TokenMethod::pkce;
  token.scopes = row.text(3);
  if (!row.is_null(4)) token.authorized_at = instant(row, 4);
  token.first_seen_at = instant(row, 5);
  token.access_token = base::Secret(row.text(6));
  token.access_obtained_at = instant(row, 7);
  token.access_expires_at = instant(row, 8);
  token.account_id = row.text(9);
  token.setting_hash = row.text(10);
  return token;
}

void TokenStore::save(const StoredToken& token) {
  auto row = state_.prepare(std::string("INSERT OR REPLACE INTO spotify_sign_in (") + kColumns +
                            ", id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)");
  row.bind(0, token.refresh_token.reveal())
      .bind(1, token.client_id)
      .bind(2, name_of(token.method))
      .bind(3, token.scopes);
  if (token.authorized_at) {
    row.bind(4, base::to_unix_us(*token.authorized_at));
  } else {
    row.bind_null(4);
  }
  row.bind(5, base::to_unix_us(token.first_seen_at))
      .bind(6, token.access_token.reveal())
      .bind(7, base::to_unix_us(token.access_obtained_at))
      .bind(8, base::to_unix_us(token.access_expires_at))
      .bind(9, token.account_id)
      .bind(10, token.setting_hash)
      .run();
}

void TokenStore::forget() {
  state_.execute("DELETE FROM spotify_sign_in");
}

void TokenStore::remember_account(const std::string& account_id) {
  state_.prepare("UPDATE spotify_sign_in SET account_id = ?").bind(0, account_id).run();
}

base::FileLock TokenStore::lock() const {
  return base::FileLock(lock_file_);
}

}  // namespace soundlake::spotify
