// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/secret.hpp"
#include "soundlake/base/time.hpp"
#include "soundlake/net/http.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// AWS Signature Version 4 as pure functions.
/// Source: "Signature Version 4 signing process", AWS General Reference; for S3 "Authenticating
/// Requests (AWS Signature Version 4)", Amazon S3 API Reference.
namespace soundlake::store {

/// Who a request is signed as.
struct AwsCredentials {
  std::string access_key_id;
  base::Secret secret_access_key;
  base::Secret session_token;            ///< of temporary credentials, else empty
  std::optional<base::Instant> expires;  ///< of temporary credentials whose end is known
  std::string source;                    ///< where they are from, for messages
};

/// A request before it is signed.
struct AwsRequest {
  std::string method = "GET";
  std::string host;        ///< as it is sent, with the port unless it is the scheme's own
  std::string path = "/";  ///< encoded, as it is sent (aws_encode_path)
  std::vector<std::pair<std::string, std::string>> query;  ///< not encoded, in any order
  net::Headers headers;      ///< all of them are signed; `host` and `x-amz-date` come by themselves
  std::string payload_hash;  ///< SHA-256 of the body in hex
};

/// What the signature is good for.
struct AwsScope {
  std::string region;
  std::string service;  ///< "s3", "sts"
};

/// The path of a key: each byte but unreserved characters and `/` as %XX (S3 encodes once).
std::string aws_encode_path(std::string_view key);
/// The query in the order and encoding that is signed; also what is sent.
std::string aws_canonical_query(const std::vector<std::pair<std::string, std::string>>& query);
/// `20130524T000000Z`
std::string aws_timestamp(base::Instant at);
/// The canonical request of a request whose headers are complete. Lower-case names, sorted; of a
/// repeated name the values with commas, blanks within them collapsed.
std::string aws_canonical_request(const AwsRequest& request);
std::string aws_string_to_sign(const std::string& canonical_request, const AwsScope& scope,
                               base::Instant at);

/// The headers to send with the request: its own, `x-amz-date`, `x-amz-security-token` with
/// temporary credentials, and `Authorization`. (`Host` is sent by whoever sends the request.)
net::Headers aws_signed_headers(const AwsRequest& request, const AwsScope& scope,
                                const AwsCredentials& credentials, base::Instant at);

}  // namespace soundlake::store
