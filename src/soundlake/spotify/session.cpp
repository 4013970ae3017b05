// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/session.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/hash.hpp"
#include "soundlake/base/log.hpp"
#include "soundlake/spotify/expiry.hpp"

#include <utility>

namespace soundlake::spotify {
namespace {

/// A token that ends within this time could end on its way to Spotify.
constexpr std::chrono::seconds kTooShort{60};
/// A refusal this soon after a token came says that new tokens do not help.
constexpr std::chrono::minutes kSoon{10};
constexpr int kMostRefusedInARow = 3;

constexpr const char* kLogIn = "run `soundlake login`; your data stays as it is";

Error no_longer_accepted(const StoredToken& sign_in, base::Instant now) {
  std::string why;
  if (sign_in.authorized_at && now >= sign_in_ends(*sign_in.authorized_at)) {
    why = " (it ended six months after " + base::format_day(base::utc_day(*sign_in.authorized_at)) +
          ")";
  }
  return Error(ErrorKind::sign_in, "Spotify no longer accepts the sign-in" + why, kLogIn);
}

std::string hash_of(const base::Secret& setting) {
  return setting.empty() ? std::string() : base::sha256_hex(setting.reveal());
}

}  // namespace

Session::Session(App app, TokenStore& store, net::Client& client, base::Clock clock)
    : app_(std::move(app)), store_(store), client_(client), clock_(std::move(clock)) {}

StoredToken Session::current() const {
  const auto stored = store_.load();
  const bool same_app = stored && (app_.client_id.empty() || stored->client_id == app_.client_id);
  const std::string setting_hash = hash_of(app_.refresh_token);
  if (!setting_hash.empty() && (!same_app || stored->setting_hash != setting_hash)) {
    if (app_.client_id.empty()) {
      throw Error(ErrorKind::config, "SPOTIFY_REFRESH_TOKEN is set, but SPOTIFY_CLIENT_ID is not",
                  "set SPOTIFY_CLIENT_ID to the client ID of the app that the token was given to");
    }
    StoredToken fresh;
    fresh.refresh_token = app_.refresh_token;
    fresh.client_id = app_.client_id;
    fresh.method = app_.client_secret.empty() ? TokenMethod::pkce : TokenMethod::pkce_and_secret;
    fresh.first_seen_at = clock_();
    fresh.setting_hash = setting_hash;
    return fresh;
  }
  if (!stored) {
    throw Error(ErrorKind::sign_in, "not signed in to Spotify",
                app_.client_id.empty() ? steps_to_an_app() : "run `soundlake login`");
  }
  if (!same_app) {
    throw Error(ErrorKind::sign_in,
                "the sign-in kept here belongs to another Spotify app than SPOTIFY_CLIENT_ID names",
                "run `soundlake login` to sign in with this app, or set SPOTIFY_CLIENT_ID back");
  }
  if (stored->refresh_token.empty()) throw no_longer_accepted(*stored, clock_());
  return *stored;
}

bool Session::signed_in() const {
  try {
    current();
    return true;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::sign_in) throw;
    return false;
  }
}

bool Session::usable(const StoredToken& sign_in) const {
  return !sign_in.access_token.empty() && sign_in.access_expires_at - clock_() >= kTooShort;
}

base::Secret Session::token() {
  if (refused_in_a_row_ >= kMostRefusedInARow) {
    throw Error(ErrorKind::service, "Spotify refuses every access token it has just given",
                "run the same command again later; when it stays so, run `soundlake login`");
  }
  if (const StoredToken known = current(); usable(known)) return known.access_token;

  // Whoever gets the lock first asks Spotify; the others find the new token in the store.
  const base::FileLock lock = store_.lock();
  for (;;) {
    StoredToken known = current();
    if (usable(known)) return known.access_token;
    try {
      return refreshed(known).access_token;
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::sign_in) throw;
      if (!set_aside(known)) throw no_longer_accepted(known, clock_());
    }
  }
}

StoredToken Session::refreshed(StoredToken sign_in) {
  if (sign_in.method == TokenMethod::pkce_and_secret && app_.client_secret.empty()) {
    throw Error(ErrorKind::config,
                "this sign-in was made with a client secret, and SPOTIFY_CLIENT_SECRET is not set",
                "set it again, or run `soundlake login` to sign in without one");
  }
  App app = app_;
  app.client_id = sign_in.client_id;
  const TokenAnswer answer = refresh(client_, app, sign_in.method, sign_in.refresh_token);
  sign_in.access_token = answer.access_token;
  sign_in.access_obtained_at = clock_();
  sign_in.access_expires_at = answer.expires_at;
  if (!answer.refresh_token.empty()) sign_in.refresh_token = answer.refresh_token;
  if (!answer.scopes.empty()) sign_in.scopes = answer.scopes;
  // Before its first use: when Spotify replaced the refresh token, the old one is worthless now.
  store_.save(sign_in);
  return sign_in;
}

bool Session::set_aside(StoredToken sign_in) {
  auto stored = store_.load();
  // With the lock held, only a token from the setting can differ from the stored one.
  const bool another =
      stored && !stored->refresh_token.empty() && stored->refresh_token != sign_in.refresh_token;
  if (another && stored->client_id != sign_in.client_id) return false;
  if (another) {
    base::log_warning(
        "Spotify does not accept SPOTIFY_REFRESH_TOKEN; the sign-in kept here is used");
    stored->setting_hash = sign_in.setting_hash;
    store_.save(*stored);
    return true;
  }
  sign_in.refresh_token = {};
  sign_in.access_token = {};
  store_.save(sign_in);
  return false;
}

void Session::refused(const base::Secret& token) {
  const auto is_current = [&](const std::optional<StoredToken>& stored) {
    return stored && !token.empty() && stored->access_token == token;
  };
  if (!is_current(store_.load())) return;
  if (doubted_ != token) {
    doubted_ = token;
    return;
  }
  const base::FileLock lock = store_.lock();
  auto stored = store_.load();
  if (!is_current(stored)) return;
  if (clock_() - stored->access_obtained_at >= kSoon) refused_in_a_row_ = 0;
  ++refused_in_a_row_;
  stored->access_token = {};
  store_.save(*stored);
}

}  // namespace soundlake::spotify
