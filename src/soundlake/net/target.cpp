// SPDX-License-Identifier: Apache-2.0
#include "soundlake/net/target.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/net/curl_handles.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace soundlake::net {
namespace {

std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

bool is_loopback(const std::string& host) {
  if (host == "localhost" || host == "[::1]" || host == "::1") return true;
  // curl writes every numeric form of an IPv4 address with four decimal parts.
  return host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string::npos;
}

bool is_link_local(const std::string& host) {
  return host.starts_with("169.254.") && host.find_first_not_of("0123456789.") == std::string::npos;
}

bool has_control(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

void check_headers(const Request& request) {
  const auto refuse = [&](const std::string& what) {
    throw Error(ErrorKind::config,
                fmt::format("{} for {} holds a line break or another control character", what,
                            request.service),
                "check the setting it comes from for a stray line end");
  };
  for (const auto& [name, value] : request.headers) {
    if (has_control(name) || name.empty()) refuse("a header's name");
    if (has_control(value)) refuse("the header " + name);
  }
  if (has_control(request.bearer.reveal())) refuse("the token");
}

}  // namespace

Target checked_target(const Request& request) {
  check_headers(request);
  const CurlUrl url(curl_url());
  // Blanks and control characters are refused by curl itself.
  if (curl_url_set(url.get(), CURLUPART_URL, request.url.c_str(), 0) != CURLUE_OK) {
    throw Error(
        ErrorKind::config,
        fmt::format("the address of {} is no URL: {}", request.service, redacted_url(request.url)),
        "check the base URL set for this service");
  }
  const std::string scheme = part_of(url.get(), CURLUPART_SCHEME);
  Target target;
  target.host = base::to_lower_ascii(part_of(url.get(), CURLUPART_HOST));
  target.loopback = is_loopback(target.host);
  target.link_local = is_link_local(target.host);
  if (scheme != "https" && scheme != "http") {
    throw Error(ErrorKind::config,
                fmt::format("{} cannot be asked by {}://", request.service, scheme),
                "use https://");
  }
  if (scheme == "http" && !target.loopback && !request.allow_plain_http) {
    throw Error(
        ErrorKind::config,
        fmt::format("{} would be asked without encryption at {}", request.service, target.host),
        "use https://; plain http is only for this machine (127.0.0.1)");
  }
  return target;
}

}  // namespace soundlake::net
