// SPDX-License-Identifier: Apache-2.0
#include "soundlake/serve/guard.hpp"

#include "soundlake/base/hash.hpp"
#include "soundlake/base/text.hpp"

#include <algorithm>
#include <string_view>

namespace soundlake::serve {
namespace {

constexpr std::size_t kSecretBytes = 24;

base::Secret new_secret() {
  return base::Secret(base::base64url(base::random_bytes(kSecretBytes)));
}

/// Every value of a header: one that comes twice may be read differently elsewhere.
std::vector<std::string> all_headers(const net::Headers& headers, std::string_view name) {
  std::vector<std::string> values;
  for (const auto& [key, value] : headers)
    if (base::to_lower_ascii(key) == name) values.push_back(value);
  return values;
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

Guard::Guard(std::uint16_t port, std::vector<std::string> allowed_hosts)
    : port_(port),
      allowed_hosts_(std::move(allowed_hosts)),
      cookie_name_("soundlake-" + std::to_string(port)),
      session_(new_secret()),
      token_(new_secret()) {
  for (auto& host : allowed_hosts_) host = base::to_lower_ascii(host);
}

bool Guard::is_ours(const std::string& authority) const {
  const auto text = base::to_lower_ascii(authority);
  const auto port = ":" + std::to_string(port_);
  if (text == "127.0.0.1" + port || text == "localhost" + port || text == "[::1]" + port)
    return true;
  return std::any_of(allowed_hosts_.begin(), allowed_hosts_.end(), [&](const auto& host) {
    if (text == host) return true;
    if (!text.starts_with(host + ":")) return false;
    const auto digits = text.substr(host.size() + 1);
    return !digits.empty() && digits.find_first_not_of("0123456789") == std::string::npos;
  });
}

std::optional<Refusal> Guard::foreign(const net::ServerRequest& request) const {
  const auto hosts = all_headers(request.headers, "host");
  if (hosts.size() != 1) return Refusal{400, "Bad Request", "a request names one Host"};
  if (!is_ours(hosts.front())) {
    return Refusal{403, "Forbidden",
                   "this server does not answer to that Host; --allow-host admits the name of a "
                   "reverse proxy"};
  }
  const auto origins = all_headers(request.headers, "origin");
  for (const auto& origin : origins) {
    const auto start = origin.find("://");
    const auto scheme = origin.substr(0, start == std::string::npos ? 0 : start);
    if ((scheme != "http" && scheme != "https") || !is_ours(origin.substr(start + 3)))
      return Refusal{403, "Forbidden", "requests from pages of other sites are not answered"};
  }
  return std::nullopt;
}

bool Guard::knows(const net::ServerRequest& request) const {
  for (const auto& header : all_headers(request.headers, "cookie")) {
    std::string_view rest = header;
    while (!rest.empty()) {
      const auto end = std::min(rest.find(';'), rest.size());
      const auto pair = trimmed(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      const auto equals = pair.find('=');
      if (equals == std::string_view::npos || pair.substr(0, equals) != cookie_name_) continue;
      if (base::equal_secrets(pair.substr(equals + 1), session_.reveal())) return true;
    }
  }
  return false;
}

bool Guard::exchange(const std::string& shown) {
  if (!base::equal_secrets(shown, token_.reveal())) return false;
  token_ = new_secret();
  return true;
}

std::string Guard::set_cookie() const {
  return cookie_name_ + "=" + session_.reveal() + "; Path=/; HttpOnly; SameSite=Strict";
}

}  // namespace soundlake::serve
