// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/token_endpoint.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/json.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace soundlake::spotify {
namespace {

using Form = std::vector<std::pair<std::string, std::string>>;

/// The hint of every failure that will pass.
constexpr const char* kStillSignedIn =
    "run the same command again later; you stay signed in and nothing is lost";

net::Request request(const App& app, TokenMethod method, Form form) {
  net::Request request;
  request.service = kAccountsService;
  request.bucket = "token";
  request.method = "POST";
  request.url = app.accounts_url + "/api/token";
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                     {"Accept", "application/json"}};
  request.max_body = 64u << 10;
  if (method == TokenMethod::pkce_and_secret) {
    request.basic = base::Secret(app.client_id + ":" + app.client_secret.reveal());
  } else {
    form.emplace_back("client_id", app.client_id);
  }
  request.body = net::url_query(form);
  return request;
}

/// Throws unless the service answered for good: what will pass must never look like a refusal.
void require_answer(const net::Response& response) {
  const std::string who = "Spotify's sign-in service ";
  if (response.outcome == net::Outcome::closed) {
    throw Error(ErrorKind::network,
                who + "takes no requests until " + base::format_utc(response.closed_until),
                "run the same command again after that; you stay signed in and nothing is lost");
  }
  if (response.outcome == net::Outcome::failed) {
    throw Error(ErrorKind::network, who + "gives no token now: " + response.problem,
                kStillSignedIn);
  }
  if (response.status >= 500 || response.status == 429 || response.status == 408) {
    throw Error(ErrorKind::network,
                who + "is out of order (HTTP " + std::to_string(response.status) + ")",
                kStillSignedIn);
  }
}

std::string settings_of(TokenMethod method) {
  return method == TokenMethod::pkce_and_secret ? "SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET"
                                                : "SPOTIFY_CLIENT_ID";
}

[[noreturn]] void throw_unknown_app(TokenMethod method, const std::string& description) {
  const std::string dashboard = "your app's page at https://developer.spotify.com/dashboard";
  if (method == TokenMethod::pkce_and_secret && description.find("secret") != std::string::npos) {
    throw Error(ErrorKind::config, "Spotify does not accept SPOTIFY_CLIENT_SECRET for this app",
                "copy the client secret again from " + dashboard +
                    ", or unset it: signing in works without");
  }
  throw Error(ErrorKind::config, "Spotify knows no app with this " + settings_of(method),
              "compare with " + dashboard);
}

/// Flat errors as the token endpoint sends them: `{"error": "…", "error_description": "…"}`.
[[noreturn]] void throw_refusal(const net::Response& response, TokenMethod method,
                                bool exchanging) {
  const auto document = base::JsonDocument::try_parse(response.body);
  const std::string error = document ? document->root()["error"].text().value_or("") : "";
  const std::string description =
      document ? document->root()["error_description"].text().value_or("") : "";
  if (error == "invalid_client" || error == "unauthorized_client") {
    throw_unknown_app(method, description);
  }
  if (exchanging && description.find("redirect") != std::string::npos) {
    throw Error(ErrorKind::config, "Spotify does not accept the redirect URI",
                "SPOTIFY_REDIRECT_URI must stand letter for letter among the redirect URIs of your "
                "app at https://developer.spotify.com/dashboard");
  }
  if (error == "invalid_grant" && exchanging) {
    throw Error(
        ErrorKind::sign_in,
        "Spotify did not accept the answer to this sign-in (it was too old or used already)",
        "run `soundlake login` again");
  }
  if (error == "invalid_grant") {
    std::string why;
    if (description.find("expired") != std::string::npos) why = " (it expired)";
    if (description.find("revoked") != std::string::npos) why = " (it was revoked)";
    throw Error(ErrorKind::sign_in, "Spotify no longer accepts the sign-in" + why,
                "run `soundlake login`; your data stays as it is");
  }
  throw Error(ErrorKind::service,
              "Spotify's sign-in service refused the request (HTTP " +
                  std::to_string(response.status) + (document ? ")" : ", no JSON in the answer)"),
              kStillSignedIn);
}

TokenAnswer read(const net::Response& response, TokenMethod method, bool exchanging) {
  require_answer(response);
  if (!response.ok()) throw_refusal(response, method, exchanging);
  const auto document = base::JsonDocument::try_parse(response.body);
  const auto access = document ? document->root()["access_token"].text() : std::nullopt;
  if (!access || access->empty()) {
    throw Error(ErrorKind::service, "Spotify's sign-in service answered without a token",
                exchanging ? "run `soundlake login` again" : kStillSignedIn);
  }
  const auto root = document->root();
  // An hour is what Spotify documents; an answer may leave it out.
  const auto seconds =
      std::clamp<std::int64_t>(root["expires_in"].integer().value_or(3600), 0, 86'400);
  return {.access_token = base::Secret(*access),
          .expires_at = response.received_at + std::chrono::seconds(seconds),
          .refresh_token = base::Secret(root["refresh_token"].text().value_or("")),
          .scopes = root["scope"].text().value_or("")};
}

}  // namespace

const char* name_of(TokenMethod method) {
  return method == TokenMethod::pkce ? "pkce" : "pkce+secret";
}

net::ServiceLimits accounts_limits() {
  return {.requests_per_second = 2, .burst = 4, .in_flight = 2, .tries = 4};
}

TokenAnswer exchange_code(net::Client& client, const App& app, const base::Secret& code,
                          const base::Secret& verifier, const std::string& redirect_uri) {
  const auto method = app.client_secret.empty() ? TokenMethod::pkce : TokenMethod::pkce_and_secret;
  net::Request question = request(app, method,
                                  {{"grant_type", "authorization_code"},
                                   {"code", code.reveal()},
                                   {"redirect_uri", redirect_uri},
                                   {"code_verifier", verifier.reveal()}});
  question.repeatable = false;
  TokenAnswer answer = read(client.fetch(std::move(question)), method, true);
  if (answer.refresh_token.empty()) {
    throw Error(ErrorKind::service, "Spotify's sign-in service answered without a refresh token",
                "run `soundlake login` again");
  }
  return answer;
}

TokenAnswer refresh(net::Client& client, const App& app, TokenMethod method,
                    const base::Secret& refresh_token) {
  return read(client.fetch(request(
                  app, method,
                  {{"grant_type", "refresh_token"}, {"refresh_token", refresh_token.reveal()}})),
              method, false);
}

}  // namespace soundlake::spotify
