// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/aws_signature.hpp"

#include "soundlake/base/hash.hpp"

#include <gmock/gmock.h>

namespace soundlake::store {
namespace {

using testing::HasSubstr;

/// "Signature Calculations for the Authorization Header", Amazon S3 API Reference.
const AwsCredentials kS3Example{
    .access_key_id = "AKIAIOSFODNN7EXAMPLE",
    .secret_access_key = base::Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
    .session_token = {},
    .expires = {},
    .source = {}};
const AwsScope kS3Scope{.region = "us-east-1", .service = "s3"};

/// The published test suite of Signature Version 4.
const AwsCredentials kSuite{
    .access_key_id = "AKIDEXAMPLE",
    .secret_access_key = base::Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
    .session_token = {},
    .expires = {},
    .source = {}};
const AwsScope kSuiteScope{.region = "us-east-1", .service = "service"};

base::Instant at(const char* utc) {
  return *base::parse_utc(utc);
}

AwsRequest example(const std::string& method, const std::string& path, std::string_view body = "") {
  AwsRequest request{.method = method,
                     .host = "examplebucket.s3.amazonaws.com",
                     .path = path,
                     .query = {},
                     .headers = {},
                     .payload_hash = base::sha256_hex(body)};
  request.headers.emplace_back("x-amz-content-sha256", request.payload_hash);
  return request;
}

std::string authorization(const AwsRequest& request) {
  return *net::find_header(
      aws_signed_headers(request, kS3Scope, kS3Example, at("2013-05-24T00:00:00Z")),
      "Authorization");
}

std::string suite_authorization(const AwsRequest& request) {
  return *net::find_header(
      aws_signed_headers(request, kSuiteScope, kSuite, at("2015-08-30T12:36:00Z")),
      "Authorization");
}

AwsRequest suite_request(const std::string& path) {
  return {.method = "GET",
          .host = "example.amazonaws.com",
          .path = path,
          .query = {},
          .headers = {},
          .payload_hash = base::sha256_hex("")};
}

TEST(AwsSignature, IsThatOfThePublishedGetOfARange) {
  auto request = example("GET", "/test.txt");
  request.headers.emplace_back("Range", "bytes=0-9");
  EXPECT_EQ(authorization(request),
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
            "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
            "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
}

TEST(AwsSignature, IsThatOfThePublishedPut) {
  auto request = example("PUT", aws_encode_path("/test$file.text"), "Welcome to Amazon S3.");
  request.headers.emplace_back("Date", "Fri, 24 May 2013 00:00:00 GMT");
  request.headers.emplace_back("x-amz-storage-class", "REDUCED_REDUNDANCY");
  EXPECT_THAT(
      authorization(request),
      HasSubstr("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"));
}

TEST(AwsSignature, IsThatOfThePublishedRequestWithAParameterWithoutValue) {
  auto request = example("GET", "/");
  request.query = {{"lifecycle", ""}};
  EXPECT_THAT(
      authorization(request),
      HasSubstr("Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"));
}

TEST(AwsSignature, IsThatOfThePublishedListing) {
  auto request = example("GET", "/");
  request.query = {{"prefix", "J"}, {"max-keys", "2"}};
  EXPECT_THAT(
      authorization(request),
      HasSubstr("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"));
}

TEST(AwsSignature, IsThatOfThePublishedSuite) {
  EXPECT_THAT(
      suite_authorization(suite_request("/")),
      HasSubstr("Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"));
  EXPECT_THAT(
      suite_authorization(suite_request(aws_encode_path("/\xE1\x88\xB4"))),
      HasSubstr("Signature=8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"));
  auto ordered = suite_request("/");
  ordered.query = {{"Param2", "value2"}, {"Param1", "value1"}};
  EXPECT_THAT(
      suite_authorization(ordered),
      HasSubstr("Signature=b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"));
}

TEST(AwsSignature, EncodesOddKeysOnceAndKeepsTheirSlashes) {
  EXPECT_EQ(aws_encode_path("plays/year=2024/plays.parquet"), "plays/year%3D2024/plays.parquet");
  EXPECT_EQ(aws_encode_path("a b+c%20d"), "a%20b%2Bc%2520d");
  EXPECT_EQ(aws_encode_path("Sigur R\xC3\xB3s//x/"), "Sigur%20R%C3%B3s//x/");
  EXPECT_EQ(aws_encode_path("~-._*'()!"), "~-._%2A%27%28%29%21");
  EXPECT_EQ(aws_encode_path(""), "");
}

TEST(AwsSignature, SortsTheQueryByItsEncodedNamesAndValues) {
  EXPECT_EQ(aws_canonical_query({{"b", "2"}, {"a", "x y"}, {"a", "+"}, {"A", "="}, {"a-", ""}}),
            "A=%3D&a=%2B&a=x%20y&a-=&b=2");
}

TEST(AwsSignature, JoinsRepeatedHeadersAndCollapsesBlanks) {
  auto request = suite_request("/");
  request.headers = {{"My-Header", "  value2   and  more "}, {"my-header", "value1"}};
  EXPECT_THAT(aws_canonical_request(request), HasSubstr("\nmy-header:value2 and more,value1\n\n"));
}

TEST(AwsSignature, SignsTheSessionTokenOfTemporaryCredentials) {
  AwsCredentials session = kS3Example;
  session.session_token = base::Secret("a token/with+signs=");
  const auto headers =
      aws_signed_headers(example("GET", "/k"), kS3Scope, session, at("2013-05-24T00:00:00Z"));
  EXPECT_EQ(net::find_header(headers, "x-amz-security-token"), "a token/with+signs=");
  EXPECT_THAT(*net::find_header(headers, "Authorization"), HasSubstr("x-amz-security-token,"));
}

TEST(AwsSignature, SaysTheTimeToTheSecond) {
  EXPECT_EQ(aws_timestamp(at("2013-05-24T00:00:00.75Z")), "20130524T000000Z");
}

TEST(AwsSignature, DoesNotShowTheSecret) {
  for (const auto& [name, value] : aws_signed_headers(example("GET", "/k"), kS3Scope, kS3Example,
                                                      at("2013-05-24T00:00:00.75Z"))) {
    EXPECT_EQ(value.find(kS3Example.secret_access_key.reveal()), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace soundlake::store
