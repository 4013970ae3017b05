// SPDX-License-Identifier: Apache-2.0
#include "soundlake/net/http.hpp"

#include "soundlake/base/text.hpp"

#include <algorithm>
#include <array>

namespace soundlake::net {
namespace {

bool is_unreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Calls `use(name, value, has_value)`, undecoded, for each parameter that is not empty.
template <typename Use>
void for_each_parameter(std::string_view query, Use use) {
  while (!query.empty()) {
    const auto end = query.find('&');
    const auto part = query.substr(0, end);
    query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
    if (part.empty()) continue;
    const auto equals = part.find('=');
    const bool has_value = equals != std::string_view::npos;
    use(part.substr(0, equals), has_value ? part.substr(equals + 1) : std::string_view(),
        has_value);
  }
}

bool bears_secret(std::string_view raw_name) {
  const std::string name = base::to_lower_ascii(url_decode(raw_name));
  static constexpr std::array kNames = {"code", "state", "sig", "sk", "key", "pat"};
  for (const std::string_view secret : kNames) {
    if (name == secret) return true;
  }
  static constexpr std::array kParts = {"token",      "secret",       "password", "signature",
                                        "credential", "api_key",      "apikey",   "api-key",
                                        "verifier",   "authorization"};
  for (const std::string_view part : kParts) {
    if (name.find(part) != std::string::npos) return true;
  }
  return false;
}

std::string redacted_parameters(std::string_view query) {
  std::string text;
  for_each_parameter(query, [&](std::string_view name, std::string_view value, bool has_value) {
    if (!text.empty()) text += '&';
    text += name;
    if (has_value) text += '=';
    text += has_value && bears_secret(name) ? std::string_view("***") : value;
  });
  return text;
}

}  // namespace

std::optional<std::string> find_header(const Headers& headers, std::string_view name) {
  const std::string wanted = base::to_lower_ascii(name);
  for (const auto& [header, value] : headers) {
    if (base::to_lower_ascii(header) == wanted) return value;
  }
  return std::nullopt;
}

std::string url_encode(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c)) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += kDigits[byte >> 4];
    encoded += kDigits[byte & 15];
  }
  return encoded;
}

std::string url_decode(std::string_view text, bool plus_is_blank) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high >= 0 && low >= 0) {
        decoded += static_cast<char>(high * 16 + low);
        i += 2;
        continue;
      }
    }
    decoded += text[i] == '+' && plus_is_blank ? ' ' : text[i];
  }
  return decoded;
}

std::string url_query(const std::vector<std::pair<std::string, std::string>>& parameters) {
  std::string query;
  for (const auto& [name, value] : parameters) {
    if (!query.empty()) query += '&';
    query += url_encode(name) + '=' + url_encode(value);
  }
  return query;
}

std::map<std::string, std::string> parse_query(std::string_view query) {
  std::map<std::string, std::string> parameters;
  for_each_parameter(query, [&](std::string_view name, std::string_view value, bool) {
    parameters.emplace(url_decode(name), url_decode(value));
  });
  return parameters;
}

std::string redacted_url(std::string_view url) {
  std::string text;
  const auto fragment = url.find('#');
  const auto question = url.substr(0, fragment).find('?');
  const auto address = url.substr(0, std::min(question, fragment));

  const auto scheme_end = address.find("://");
  const auto host = scheme_end == std::string_view::npos ? 0 : scheme_end + 3;
  const auto authority = address.substr(host, address.substr(host).find('/'));
  const auto at = authority.rfind('@');
  if (at == std::string_view::npos) {
    text = address;
  } else {
    text = std::string(address.substr(0, host)) + "***" + std::string(address.substr(host + at));
  }
  if (question != std::string_view::npos) {
    const auto length = fragment == std::string_view::npos ? fragment : fragment - question - 1;
    text += '?' + redacted_parameters(url.substr(question + 1, length));
  }
  if (fragment != std::string_view::npos)
    text += '#' + redacted_parameters(url.substr(fragment + 1));
  return text;
}

}  // namespace soundlake::net
