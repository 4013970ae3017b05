// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/aws_signature.hpp"

#include "soundlake/base/hash.hpp"
#include "soundlake/base/text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

namespace soundlake::store {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";

/// Without blanks around it, each run of blanks in it as one.
std::string collapsed(std::string_view value) {
  std::string text;
  for (const char c : base::trim(value)) {
    if (c != ' ' || text.back() != ' ') text += c;
  }
  return text;
}

/// Lower-case name to value, in byte order.
std::map<std::string, std::string> canonical_headers(const AwsRequest& request) {
  std::map<std::string, std::string> headers;
  const auto add = [&](std::string_view name, std::string_view value) {
    const auto [at, added] = headers.try_emplace(base::to_lower_ascii(name), collapsed(value));
    if (!added) at->second += "," + collapsed(value);
  };
  add("host", request.host);
  for (const auto& [name, value] : request.headers) add(name, value);
  return headers;
}

std::string signed_names(const std::map<std::string, std::string>& headers) {
  std::vector<std::string> names;
  names.reserve(headers.size());
  for (const auto& [name, value] : headers) names.push_back(name);
  return base::join(names, ";");
}

std::string scope_text(const AwsScope& scope, const std::string& timestamp) {
  return fmt::format("{}/{}/{}/aws4_request", timestamp.substr(0, 8), scope.region, scope.service);
}

std::string signature(const std::string& text, const AwsScope& scope, const base::Secret& secret,
                      const std::string& timestamp) {
  std::string key = base::hmac_sha256_raw("AWS4" + secret.reveal(), timestamp.substr(0, 8));
  for (const std::string_view part :
       {std::string_view(scope.region), std::string_view(scope.service),
        std::string_view("aws4_request")}) {
    key = base::hmac_sha256_raw(key, part);
  }
  return base::to_hex(base::hmac_sha256_raw(key, text));
}

}  // namespace

std::string aws_encode_path(std::string_view key) {
  auto parts = base::split(key, '/');
  for (auto& part : parts) part = net::url_encode(part);
  return base::join(parts, "/");
}

std::string aws_canonical_query(const std::vector<std::pair<std::string, std::string>>& query) {
  std::vector<std::pair<std::string, std::string>> encoded;
  encoded.reserve(query.size());
  for (const auto& [name, value] : query) {
    encoded.emplace_back(net::url_encode(name), net::url_encode(value));
  }
  std::sort(encoded.begin(), encoded.end());
  std::string text;
  for (const auto& [name, value] : encoded) {
    if (!text.empty()) text += '&';
    text += fmt::format("{}={}", name, value);
  }
  return text;
}

std::string aws_timestamp(base::Instant at) {
  const std::string utc = base::format_utc(std::chrono::floor<std::chrono::seconds>(at));
  std::string text;
  std::copy_if(utc.begin(), utc.end(), std::back_inserter(text),
               [](char c) { return c != '-' && c != ':'; });
  return text;
}

std::string aws_canonical_request(const AwsRequest& request) {
  const auto headers = canonical_headers(request);
  std::string text =
      request.method + '\n' + request.path + '\n' + aws_canonical_query(request.query) + '\n';
  for (const auto& [name, value] : headers) text += fmt::format("{}:{}\n", name, value);
  return text + '\n' + signed_names(headers) + '\n' + request.payload_hash;
}

std::string aws_string_to_sign(const std::string& canonical_request, const AwsScope& scope,
                               base::Instant at) {
  const std::string timestamp = aws_timestamp(at);
  return fmt::format("{}\n{}\n{}\n{}", kAlgorithm, timestamp, scope_text(scope, timestamp),
                     base::sha256_hex(canonical_request));
}

net::Headers aws_signed_headers(const AwsRequest& request, const AwsScope& scope,
                                const AwsCredentials& credentials, base::Instant at) {
  const std::string timestamp = aws_timestamp(at);
  AwsRequest complete = request;
  complete.headers.emplace_back("x-amz-date", timestamp);
  if (!credentials.session_token.empty()) {
    complete.headers.emplace_back("x-amz-security-token", credentials.session_token.reveal());
  }
  const std::string text = aws_string_to_sign(aws_canonical_request(complete), scope, at);
  complete.headers.emplace_back(
      "Authorization",
      fmt::format("{} Credential={}/{},SignedHeaders={},Signature={}", kAlgorithm,
                  credentials.access_key_id, scope_text(scope, timestamp),
                  signed_names(canonical_headers(complete)),
                  signature(text, scope, credentials.secret_access_key, timestamp)));
  return std::move(complete.headers);
}

}  // namespace soundlake::store
