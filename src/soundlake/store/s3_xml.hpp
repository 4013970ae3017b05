// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/store/aws_signature.hpp"
#include "soundlake/store/store.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The XML that S3 and STS answer with, read leniently: what is missing is empty.
namespace soundlake::store {

/// The body of a refusal, `<Error>` (Amazon S3 API Reference, "Error responses"; STS puts the same
/// into `<ErrorResponse>`).
struct S3Error {
  std::string code;
  std::string message;
  std::string region;       ///< of the bucket, when the request was signed for another
  std::string server_time;  ///< with RequestTimeTooSkewed
};
/// Nothing when the body is not such an answer.
std::optional<S3Error> parse_s3_error(std::string_view body);

/// A page of ListObjectsV2.
struct S3Listing {
  std::vector<ObjectInfo> objects;  ///< with whole keys
  bool truncated = false;
  std::string next;  ///< the token of the next page
};
std::optional<S3Listing> parse_s3_listing(std::string_view body);

/// The credentials in an answer of AssumeRole or AssumeRoleWithWebIdentity.
std::optional<AwsCredentials> parse_sts_credentials(std::string_view body);

}  // namespace soundlake::store
