// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

namespace soundlake::store {

/// Where in S3 a lake lies.
struct S3Location {
  std::string bucket;
  std::string prefix;  ///< without slashes at its ends; may be empty
};

/// Whether the text means S3 (`s3://…`).
bool is_s3_uri(std::string_view text);
/// Reads `s3://bucket` and `s3://bucket/prefix`. Throws Error{usage} for a name that no bucket can
/// have (Amazon S3 User Guide, "General purpose bucket naming rules") and a prefix that no key can
/// begin with.
S3Location parse_s3_uri(std::string_view uri);
/// `s3://bucket/prefix`
std::string to_uri(const S3Location& location);

/// How the bucket stands in an address: `https://host/bucket/key` or `https://bucket.host/key`.
/// `automatic`: the second on AWS, unless the name has a dot (its certificates hold for one level
/// only); the first everywhere else.
enum class S3Addressing { automatic, path, virtual_host };

/// The server a bucket is asked at.
struct S3Endpoint {
  std::string url;     ///< `https://minio.example.org`; empty: AWS, in the region
  std::string region;  ///< empty: not known, and S3 is asked for it
  S3Addressing addressing = S3Addressing::automatic;
  std::string ca_file;    ///< certificates to trust; empty: the system's
  bool checksums = true;  ///< an x-amz-checksum-* with every PUT
};

/// The region to sign for where none is known; S3 answers with the right one.
inline constexpr const char* kDefaultRegion = "us-east-1";

/// What addresses of a bucket begin with.
struct S3Root {
  std::string url;   ///< `https://host` without the path
  std::string host;  ///< as the Host header says it
  std::string path;  ///< before `/key`: empty, or `/bucket`
};
/// Throws Error{config} for an endpoint that is no http(s) address.
S3Root root_of(const S3Endpoint& endpoint, const std::string& bucket);

}  // namespace soundlake::store
