// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/s3_location.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/net/http.hpp"
#include "soundlake/store/aws_signature.hpp"
#include "soundlake/store/store_key.hpp"

#include <fmt/core.h>

namespace soundlake::store {
namespace {

constexpr std::string_view kScheme = "s3://";

bool is_bucket_name(std::string_view name) {
  // Buckets from before 2018 in us-east-1 may have longer names and other letters; no new one has.
  if (name.size() < 3 || name.size() > 63) return false;
  const std::string_view inner = "abcdefghijklmnopqrstuvwxyz0123456789-.";
  return name.find_first_not_of(inner) == std::string_view::npos && name.front() != '-' &&
         name.front() != '.' && name.back() != '-' && name.back() != '.';
}

std::string aws_host(const std::string& region) {
  const std::string end = region.starts_with("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return fmt::format("s3.{}.{}", region.empty() ? kDefaultRegion : region, end);
}

/// The port that a scheme has anyway is not said in the Host header.
std::string without_default_port(const std::string& scheme, std::string host) {
  const std::string port = scheme == "https://" ? ":443" : ":80";
  if (host.ends_with(port)) host.resize(host.size() - port.size());
  return host;
}

}  // namespace

bool is_s3_uri(std::string_view text) {
  return base::to_lower_ascii(text.substr(0, kScheme.size())) == kScheme;
}

S3Location parse_s3_uri(std::string_view uri) {
  const std::string example = "write s3://bucket or s3://bucket/prefix";
  if (!is_s3_uri(uri)) {
    throw Error(ErrorKind::usage, fmt::format("'{}' is no S3 address", uri), example);
  }
  const std::string_view rest = uri.substr(kScheme.size());
  const auto slash = rest.find('/');
  S3Location location{.bucket = std::string(rest.substr(0, slash)), .prefix = {}};
  if (!is_bucket_name(location.bucket)) {
    throw Error(ErrorKind::usage, fmt::format("no bucket can be called '{}'", location.bucket),
                example + "; names have 3 to 63 lower-case letters, digits, - and .");
  }
  std::string_view prefix = slash == std::string_view::npos ? "" : rest.substr(slash);
  while (prefix.starts_with('/')) prefix.remove_prefix(1);
  while (prefix.ends_with('/')) prefix.remove_suffix(1);
  if (!prefix.empty() && !is_valid_key(prefix)) {
    throw Error(ErrorKind::usage, fmt::format("'{}' cannot be the prefix of a lake", prefix),
                "use parts between single slashes, without . and ..");
  }
  location.prefix = prefix;
  return location;
}

std::string to_uri(const S3Location& location) {
  std::string uri = std::string(kScheme) + location.bucket;
  if (!location.prefix.empty()) uri += "/" + location.prefix;
  return uri;
}

S3Root root_of(const S3Endpoint& endpoint, const std::string& bucket) {
  const bool aws = endpoint.url.empty();
  std::string scheme = "https://";
  std::string host = aws_host(endpoint.region);
  std::string path;
  if (!aws) {
    const auto begin = endpoint.url.find("://");
    scheme =
        base::to_lower_ascii(endpoint.url.substr(0, begin == std::string::npos ? 0 : begin + 3));
    const std::string rest = endpoint.url.substr(scheme.size());
    const auto end = rest.find_first_of("/?#");
    host = base::to_lower_ascii(rest.substr(0, end));
    path = end == std::string::npos ? "" : rest.substr(end);
    while (path.ends_with('/')) path.pop_back();
    if ((scheme != "http://" && scheme != "https://") || host.empty() ||
        path.find_first_of("?#") != std::string::npos || host.find('@') != std::string::npos) {
      throw Error(ErrorKind::config,
                  "the S3 endpoint is no address: " + net::redacted_url(endpoint.url),
                  "write AWS_ENDPOINT_URL_S3 or endpoint_url as https://host or https://host:port");
    }
    host = without_default_port(scheme, host);
  }
  const bool dotted = bucket.find('.') != std::string::npos;
  const bool in_host = endpoint.addressing == S3Addressing::virtual_host ||
                       (endpoint.addressing == S3Addressing::automatic && aws && !dotted);
  if (in_host) {
    host = bucket + "." + host;
  } else {
    path += "/" + aws_encode_path(bucket);
  }
  return {.url = scheme + host, .host = host, .path = path};
}

}  // namespace soundlake::store
