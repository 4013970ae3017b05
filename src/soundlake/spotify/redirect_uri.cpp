// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/redirect_uri.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/text.hpp"

#include <charconv>
#include <string_view>

namespace soundlake::spotify {
namespace {

constexpr std::string_view kAdvice =
    "register http://127.0.0.1:8888/callback in your app (developer.spotify.com/dashboard) and set "
    "SPOTIFY_REDIRECT_URI to exactly the same text";

[[noreturn]] void refuse(const std::string& text, const std::string& why) {
  throw Error(ErrorKind::config, "the redirect URI '" + text + "' cannot be used: " + why,
              std::string(kAdvice));
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (base::to_lower_ascii(text.substr(0, prefix.size())) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool readable(std::string_view text) {
  for (const char letter : text) {
    if (letter <= ' ' || letter > '~' || letter == '"' || letter == '<' || letter == '>') {
      return false;
    }
  }
  return true;
}

std::uint16_t port_number(const std::string& text, std::string_view digits) {
  std::uint16_t port = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (problem != std::errc() || end != digits.data() + digits.size() || port == 0) {
    refuse(text, "its port is no number from 1 to 65535");
  }
  return port;
}

}  // namespace

std::string RedirectUri::with_port(std::uint16_t port_in_use) const {
  if (kind == Kind::https || port != 0) return text;
  std::string whole = text;
  return whole.insert(whole.size() - path.size(), ":" + std::to_string(port_in_use));
}

RedirectUri parse_redirect_uri(const std::string& configured) {
  RedirectUri uri;
  uri.text = base::trim(configured);
  const std::string& text = uri.text;
  if (!readable(text)) refuse(text, "it holds blanks or letters that no address has");
  if (text.find('#') != std::string::npos) refuse(text, "it has a part after #");
  if (text.find('?') != std::string::npos) refuse(text, "it has a part after ?");

  std::string_view rest = text;
  const bool https = take_prefix(rest, "https://");
  if (!https && !take_prefix(rest, "http://")) {
    refuse(text, "it begins with neither http://127.0.0.1 nor https://");
  }
  const auto slash = rest.find('/');
  std::string_view authority = rest.substr(0, slash);
  if (authority.find('@') != std::string_view::npos) refuse(text, "it holds a user name");

  // The colons of an IPv6 literal lie inside its brackets.
  const auto bracket = authority.find(']');
  const auto colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  const std::string host = base::to_lower_ascii(authority.substr(0, colon));
  if (colon != std::string_view::npos) uri.port = port_number(text, authority.substr(colon + 1));

  if (host.empty()) refuse(text, "it names no host");
  if (https) {
    uri.kind = RedirectUri::Kind::https;
  } else if (host == "127.0.0.1") {
    uri.kind = RedirectUri::Kind::loopback_v4;
  } else if (host == "[::1]") {
    uri.kind = RedirectUri::Kind::loopback_v6;
  } else if (host == "localhost") {
    refuse(text, "Spotify no longer accepts 'localhost', only the number 127.0.0.1");
  } else {
    refuse(text, "Spotify accepts plain http only to this machine itself (127.0.0.1)");
  }
  if (slash == std::string_view::npos) {
    refuse(text, "it has no path, such as /callback, after the host");
  }
  uri.path = rest.substr(slash);
  return uri;
}

}  // namespace soundlake::spotify
