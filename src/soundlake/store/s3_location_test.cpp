// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/s3_location.hpp"

#include "soundlake/base/error.hpp"

#include <gtest/gtest.h>

namespace soundlake::store {
namespace {

S3Endpoint endpoint(const std::string& url, const std::string& region = "eu-west-1",
                    S3Addressing addressing = S3Addressing::automatic) {
  return {.url = url, .region = region, .addressing = addressing, .ca_file = {}, .checksums = true};
}

std::string begin_of(const S3Endpoint& at, const std::string& bucket = "lake") {
  const auto root = root_of(at, bucket);
  EXPECT_EQ(root.url.substr(root.url.find("://") + 3), root.host);
  return root.url + root.path;
}

TEST(S3Uri, NamesABucketAndAPrefix) {
  const auto whole = parse_s3_uri("s3://my-bucket/music/ann/");
  EXPECT_EQ(whole.bucket, "my-bucket");
  EXPECT_EQ(whole.prefix, "music/ann");
  EXPECT_EQ(to_uri(whole), "s3://my-bucket/music/ann");
  EXPECT_EQ(to_uri(parse_s3_uri("S3://my-bucket")), "s3://my-bucket");
  EXPECT_EQ(parse_s3_uri("s3://my-bucket///listener=ann//").prefix, "listener=ann");
}

TEST(S3Uri, IsRefusedWhenNoBucketOrKeyCouldBeCalledSo) {
  for (const char* uri : {"s3://", "s3:///x", "s3://ab", "s3://Upper", "s3://under_score",
                          "s3://-begin", "s3://end.", "s3://user:password@host", "/home/ann",
                          "s3://my-bucket/a//b", "s3://my-bucket/../x", "https://my-bucket"}) {
    try {
      parse_s3_uri(uri);
      ADD_FAILURE() << uri;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage) << uri;
      EXPECT_FALSE(error.hint().empty()) << uri;
    }
  }
}

TEST(S3Root, IsTheBucketsOwnHostOnAws) {
  EXPECT_EQ(begin_of(endpoint("")), "https://lake.s3.eu-west-1.amazonaws.com");
  EXPECT_EQ(begin_of(endpoint("", "")), "https://lake.s3.us-east-1.amazonaws.com");
  EXPECT_EQ(begin_of(endpoint("", "cn-north-1")), "https://lake.s3.cn-north-1.amazonaws.com.cn");
}

TEST(S3Root, IsAPathWhereACertificateWouldNotHold) {
  EXPECT_EQ(begin_of(endpoint(""), "my.lake"), "https://s3.eu-west-1.amazonaws.com/my.lake");
}

TEST(S3Root, IsAPathOnOtherEndpoints) {
  EXPECT_EQ(begin_of(endpoint("https://minio.example.org/")), "https://minio.example.org/lake");
  EXPECT_EQ(begin_of(endpoint("http://127.0.0.1:9000")), "http://127.0.0.1:9000/lake");
  EXPECT_EQ(begin_of(endpoint("HTTPS://Example.ORG:443/s3")), "https://example.org/s3/lake");
}

TEST(S3Root, FollowsTheStyleThatIsSet) {
  EXPECT_EQ(begin_of(endpoint("", "eu-west-1", S3Addressing::path)),
            "https://s3.eu-west-1.amazonaws.com/lake");
  EXPECT_EQ(begin_of(endpoint("https://example.org", "x", S3Addressing::virtual_host)),
            "https://lake.example.org");
}

TEST(S3Root, IsRefusedForWhatIsNoAddress) {
  for (const char* url :
       {"minio.example.org", "ftp://x", "https://", "https://u:p@host", "https://host/?x=1"}) {
    EXPECT_THROW(root_of(endpoint(url), "lake"), Error) << url;
  }
}

}  // namespace
}  // namespace soundlake::store
