// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/accounts.hpp"

#include "soundlake/base/hash.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/sim/answers.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace soundlake::sim {
namespace {

using std::chrono::minutes;
using std::chrono::months;
using std::chrono::seconds;

constexpr seconds kAccessTokenLife{3600};
constexpr minutes kCodeLife{10};

/// A loopback literal is compared without its port, anything else as it stands.
std::string without_loopback_port(const std::string& uri) {
  for (const std::string host : {"http://127.0.0.1", "http://[::1]"}) {
    if (!uri.starts_with(host + ":")) continue;
    const auto path = uri.find_first_not_of("0123456789", host.size() + 1);
    return host + (path == std::string::npos ? "" : uri.substr(path));
  }
  return uri;
}

/// Six months by the calendar; the end of a shorter month stands for its missing days.
base::Instant six_months_after(base::Instant at) {
  const base::Day day = base::utc_day(at);
  auto date = std::chrono::year_month_day(day) + months(6);
  if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
  return base::Instant(base::Day(date)) + (at - base::Instant(day));
}

std::string value_of(const std::map<std::string, std::string>& form, const std::string& name) {
  const auto found = form.find(name);
  return found == form.end() ? std::string() : found->second;
}

net::ServerResponse back_to_app(
    const std::string& redirect_uri,
    const std::vector<std::pair<std::string, std::string>>& parameters) {
  net::ServerResponse response;
  response.status = 303;
  response.content_type = "text/plain; charset=utf-8";
  response.headers.emplace_back(
      "location", redirect_uri + (redirect_uri.find('?') == std::string::npos ? "?" : "&") +
                      net::url_query(parameters));
  return response;
}

bool good_verifier(const std::string& verifier) {
  return verifier.size() >= 43 && verifier.size() <= 128 &&
         verifier.find_first_not_of(
             "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-") ==
             std::string::npos;
}

}  // namespace

/// Who calls the token endpoint, as far as the request proves it.
struct Accounts::Caller {
  bool known = false;
  bool with_secret = false;
};

Accounts::Accounts(std::uint64_t seed, base::Instant now) : seed_(seed) {
  client_id_ = signature("client id") + signature("client id, second half");
  client_secret_ =
      base::Secret(signature("client secret") + signature("client secret, second half"));
  refresh_token_ = base::Secret("simulated-refresh-" + signature("refresh token"));
  grants_[refresh_token_.reveal()] = {"user-top-read user-read-recently-played", now, false, false};
}

const std::vector<std::string>& Accounts::redirect_uris() {
  static const std::vector<std::string> kUris = {"http://127.0.0.1/callback",
                                                 "http://[::1]/callback"};
  return kUris;
}

std::string Accounts::signature(const std::string& text) const {
  return base::short_hash("soundlake simulator " + std::to_string(seed_) + " " + text);
}

std::string Accounts::secret_text(const std::string& what) {
  const std::string number = std::to_string(++given_);
  return "simulated-" + what + "-" + number + "-" + signature(what + number);
}

net::ServerResponse Accounts::authorize(const net::ServerRequest& request, base::Instant now) {
  const auto& query = request.query;
  if (request.method != "GET") return text_answer("Method not allowed", 405);
  if (value_of(query, "client_id") != client_id_)
    return text_answer("INVALID_CLIENT: Invalid client", 400);
  const auto redirect_uri = value_of(query, "redirect_uri");
  const auto& registered = redirect_uris();
  if (std::find(registered.begin(), registered.end(), without_loopback_port(redirect_uri)) ==
      registered.end()) {
    const bool insecure = redirect_uri.starts_with("http://") &&
                          !redirect_uri.starts_with("http://127.0.0.1") &&
                          !redirect_uri.starts_with("http://[::1]");
    return text_answer(
        insecure ? "INVALID_CLIENT: Insecure redirect URI" : "INVALID_CLIENT: Invalid redirect URI",
        400);
  }
  if (value_of(query, "response_type") != "code")
    return text_answer("response_type must be code", 400);
  const auto challenge = value_of(query, "code_challenge");
  if (!challenge.empty() && value_of(query, "code_challenge_method") != "S256")
    return text_answer("code_challenge_method must be S256", 400);

  std::vector<std::pair<std::string, std::string>> answer;
  if (deny) {
    answer.emplace_back("error", "access_denied");
  } else {
    const auto code = secret_text("code");
    codes_[code] = {redirect_uri, challenge, value_of(query, "scope"), now + kCodeLife};
    answer.emplace_back("code", code);
  }
  if (query.contains("state")) answer.emplace_back("state", value_of(query, "state"));
  return back_to_app(redirect_uri, answer);
}

net::ServerResponse Accounts::token(const net::ServerRequest& request, base::Instant now) {
  if (request.method != "POST") return text_answer("Method not allowed", 405);
  const auto form = net::parse_query(request.body);
  Caller caller;
  if (const auto authorization = net::find_header(request.headers, "authorization")) {
    const auto expected = "Basic " + base::base64(client_id_ + ":" + client_secret_.reveal());
    if (*authorization != expected) return token_refusal("invalid_client", "Invalid client secret");
    caller = {true, true};
  } else {
    caller.known = value_of(form, "client_id") == client_id_;
  }
  if (!caller.known) return token_refusal("invalid_client", "Invalid client");
  const auto kind = value_of(form, "grant_type");
  if (kind == "authorization_code") return exchange(form, caller, now);
  if (kind == "refresh_token") return refresh(form, caller, now);
  return token_refusal(
      "unsupported_grant_type",
      "grant_type must be client_credentials, authorization_code or refresh_token");
}

net::ServerResponse Accounts::exchange(const std::map<std::string, std::string>& form,
                                       const Caller& caller, base::Instant now) {
  const auto known = codes_.find(value_of(form, "code"));
  if (known == codes_.end()) return token_refusal("invalid_grant", "Invalid authorization code");
  const Code code = known->second;
  codes_.erase(known);
  if (code.expires_at < now) return token_refusal("invalid_grant", "Authorization code expired");
  if (code.redirect_uri != value_of(form, "redirect_uri"))
    return token_refusal("invalid_grant", "Invalid redirect URI");
  if (!code.challenge.empty()) {
    const auto verifier = value_of(form, "code_verifier");
    if (!good_verifier(verifier) || base::base64url(base::sha256_raw(verifier)) != code.challenge)
      return token_refusal("invalid_grant", "code_verifier was incorrect");
  } else if (!caller.with_secret) {
    return token_refusal("invalid_client", "Invalid client");
  }
  const auto refresh_token = secret_text("refresh");
  grants_[refresh_token] = {code.scope, now, caller.with_secret, false};
  return grant(code.scope, now, refresh_token);
}

net::ServerResponse Accounts::refresh(const std::map<std::string, std::string>& form,
                                      const Caller& caller, base::Instant now) {
  const auto known = grants_.find(value_of(form, "refresh_token"));
  if (known == grants_.end()) return token_refusal("invalid_grant", "Invalid refresh token");
  const Grant old = known->second;
  if (old.revoked) return token_refusal("invalid_grant", "Refresh token revoked");
  if (now >= six_months_after(old.authorized_at))
    return token_refusal("invalid_grant", "Refresh token expired");
  if (old.with_secret && !caller.with_secret)
    return token_refusal("invalid_client", "Invalid client");
  std::string fresh;
  if (rotate) {
    fresh = secret_text("refresh");
    known->second.revoked = true;
    grants_[fresh] = old;
  }
  return grant(old.scope, now, fresh);
}

net::ServerResponse Accounts::grant(const std::string& scope, base::Instant now,
                                    const std::string& refresh_token) {
  // The token carries its end and its scopes itself, so that the next simulation knows it too.
  auto scopes = scope;
  std::replace(scopes.begin(), scopes.end(), ' ', '+');
  const auto expires_at = base::to_unix_ms(now + kAccessTokenLife);
  const auto text =
      "simulated." + std::to_string(expires_at) + "." + std::to_string(++given_) + "." + scopes;
  nlohmann::ordered_json body = {{"access_token", text + "." + signature(text)},
                                 {"token_type", "Bearer"},
                                 {"expires_in", kAccessTokenLife.count()}};
  if (!refresh_token.empty()) body["refresh_token"] = refresh_token;
  body["scope"] = scope;
  return json_answer(body);
}

std::optional<std::vector<std::string>> Accounts::scopes_of(const std::string& access_token,
                                                            base::Instant now) const {
  const auto parts = base::split(access_token, '.');
  if (parts.size() != 5) return std::nullopt;
  const auto text = access_token.substr(0, access_token.rfind('.'));
  if (parts[4] != signature(text)) return std::nullopt;
  std::int64_t expires_at = 0;
  std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), expires_at);
  if (base::to_unix_ms(now) >= expires_at) return std::nullopt;
  return base::split(parts[3], '+');
}

void Accounts::revoke() {
  for (auto& [token, grant] : grants_) grant.revoked = true;
}

}  // namespace soundlake::sim
