// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/s3_failure.hpp"

#include <gmock/gmock.h>

namespace soundlake::store {
namespace {

using testing::AllOf;
using testing::HasSubstr;

S3Attempt attempt() {
  return {.what = "write",
          .action = "s3:PutObject",
          .bucket = "lake",
          .key = "plays/k",
          .endpoint = {.url = {},
                       .region = "eu-west-1",
                       .addressing = S3Addressing::automatic,
                       .ca_file = {},
                       .checksums = true},
          .credentials = "of the AWS profile 'ann'",
          .now = *base::parse_utc("2026-11-23T07:00:00Z")};
}

S3Answer answer(int status, const std::string& code, const std::string& message = "") {
  S3Answer told;
  told.response.outcome = net::Outcome::answered;
  told.response.status = status;
  told.error.code = code;
  told.error.message = message;
  return told;
}

TEST(S3Failure, NamesBucketKeyAndCode) {
  const auto error = s3_failure(attempt(), answer(418, "Teapot", "short and stout"));
  EXPECT_EQ(error.message(), "cannot write s3://lake/plays/k (418 Teapot): short and stout");
  EXPECT_FALSE(error.hint().empty());
}

TEST(S3Failure, NamesThePermissionThatAwsNames) {
  const auto error = s3_failure(
      attempt(), answer(403, "AccessDenied",
                        "User: arn:aws:iam::1:user/x is not authorized to perform: "
                        "kms:GenerateDataKey on resource: arn:aws:kms:… because no policy allows"));
  EXPECT_THAT(error.hint(), AllOf(HasSubstr("allow kms:GenerateDataKey"), HasSubstr("'ann'")));
}

TEST(S3Failure, NamesThePermissionOfTheRequestOtherwise) {
  EXPECT_THAT(s3_failure(attempt(), answer(403, "AccessDenied", "Access Denied")).hint(),
              HasSubstr("allow s3:PutObject on the objects of lake"));
}

TEST(S3Failure, TellsBothClocks) {
  auto told = answer(403, "RequestTimeTooSkewed");
  told.error.server_time = "2026-11-23T07:20:01Z";
  const auto error = s3_failure(attempt(), told);
  EXPECT_EQ(error.kind(), ErrorKind::config);
  EXPECT_THAT(error.message(),
              HasSubstr("2026-11-23T07:00:00Z here and 2026-11-23T07:20:01Z there"));
}

TEST(S3Failure, SeesAWrongClockBehindAnotherRefusal) {
  auto told = answer(403, "AccessDenied");
  told.response.headers = {{"Date", "Mon, 23 Nov 2026 06:30:00 GMT"}};
  EXPECT_THAT(s3_failure(attempt(), told).message(), HasSubstr("2026-11-23T06:30:00Z there"));
}

TEST(S3Failure, NamesTheRegionToSet) {
  auto told = answer(301, "PermanentRedirect");
  told.response.headers = {{"x-amz-bucket-region", "eu-central-1"}};
  const auto error = s3_failure(attempt(), told);
  EXPECT_THAT(error.message(), HasSubstr("eu-west-1"));
  EXPECT_EQ(error.hint(), "set AWS_REGION=eu-central-1");
}

TEST(S3Failure, NamesTheEndpointThatIsNotAws) {
  auto at = attempt();
  at.endpoint.url = "https://user:password@minio.example.org";
  const auto error = s3_failure(at, answer(404, "NoSuchBucket"));
  EXPECT_THAT(error.message(), HasSubstr("minio.example.org"));
  EXPECT_THAT(error.message(), testing::Not(HasSubstr("password")));
}

TEST(S3Failure, LeadsToSingleWriterWhereConditionsAreNotKnown) {
  const auto error = s3_failure(attempt(), answer(501, "NotImplemented"));
  EXPECT_EQ(error.kind(), ErrorKind::refused);
  EXPECT_THAT(error.hint(), AllOf(HasSubstr("--single-writer"),
                                  HasSubstr("AWS_REQUEST_CHECKSUM_CALCULATION=when_required")));
}

}  // namespace
}  // namespace soundlake::store
