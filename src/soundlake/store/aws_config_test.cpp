// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/aws_config.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/files.hpp"
#include "soundlake/store/aws_fixture.hpp"

#include <gmock/gmock.h>

namespace soundlake::store {
namespace {

using testing::Pair;
using testing::UnorderedElementsAre;

TEST(AwsIni, ReadsSectionsAndSettingsInsideSettings) {
  const auto ini = parse_aws_ini(
      "ignored = before any section\n"
      "# a comment\n"
      "[default]\r\n"
      "Region=eu-west-1\r\n"
      "[ profile  \"ann\" ]\n"
      "  aws_access_key_id = AKIA # no comment\n"
      "; another\n"
      "s3 =\n"
      "    addressing_style = path\n"
      "\tmax_concurrent_requests=3\n"
      "output = json\n"
      "[default]\n"
      "output = text\n"
      "no setting\n");
  EXPECT_THAT(ini.at("default"),
              UnorderedElementsAre(Pair("region", "eu-west-1"), Pair("output", "text")));
  EXPECT_THAT(
      ini.at("profile ann"),
      UnorderedElementsAre(Pair("aws_access_key_id", "AKIA # no comment"), Pair("s3", ""),
                           Pair("s3.addressing_style", "path"),
                           Pair("s3.max_concurrent_requests", "3"), Pair("output", "json")));
}

TEST(AwsIni, MakesTheBestOfBrokenFiles) {
  EXPECT_TRUE(parse_aws_ini("").empty());
  EXPECT_TRUE(parse_aws_ini("]\n= x\n\n\xff\xfe").empty());
  EXPECT_TRUE(parse_aws_ini("[profile ann").contains("profile ann"));
}

class AwsConfigTest : public AwsTest {};

TEST_F(AwsConfigTest, WorksWithoutAnyFile) {
  const auto endpoint = s3_endpoint(load());
  EXPECT_EQ(endpoint.url, "");
  EXPECT_EQ(endpoint.region, "");
  EXPECT_EQ(endpoint.addressing, S3Addressing::automatic);
  EXPECT_EQ(endpoint.ca_file, "");
  EXPECT_TRUE(endpoint.checksums);
}

TEST_F(AwsConfigTest, TakesTheRegionOfTheEnvironmentBeforeThatOfTheProfile) {
  write_config("[default]\nregion = eu-west-1\n[profile ann]\nregion = eu-west-2\n");
  EXPECT_EQ(aws_region(load()), "eu-west-1");
  variables_["AWS_PROFILE"] = "ann";
  EXPECT_EQ(aws_region(load()), "eu-west-2");
  variables_["AWS_DEFAULT_REGION"] = "us-west-1";
  EXPECT_EQ(aws_region(load()), "us-west-1");
  variables_["AWS_REGION"] = "us-west-2";
  EXPECT_EQ(aws_region(load()), "us-west-2");
}

TEST_F(AwsConfigTest, FindsTheFilesWhereTheEnvironmentSays) {
  base::write_file_atomic(folder_.path() / "elsewhere", "[default]\nregion = eu-north-1\n");
  variables_["AWS_CONFIG_FILE"] = "~/elsewhere";
  EXPECT_EQ(aws_region(load()), "eu-north-1");
}

TEST_F(AwsConfigTest, RefusesAProfileThatIsNowhere) {
  write_credentials("[bob]\naws_access_key_id = a\n");
  variables_["AWS_PROFILE"] = "bob";
  EXPECT_EQ(load().profile, "bob");
  variables_["AWS_PROFILE"] = "ann";
  try {
    load();
    FAIL() << "taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::config);
    EXPECT_THAT(error.message(), testing::HasSubstr("'ann'"));
    EXPECT_THAT(error.hint(), testing::HasSubstr("AWS_PROFILE"));
  }
}

TEST_F(AwsConfigTest, TakesTheMostParticularEndpoint) {
  write_config(
      "[default]\nendpoint_url = http://of.profile\nservices = mine\n"
      "[services mine]\ns3 =\n  endpoint_url = http://of.services\n");
  EXPECT_EQ(aws_endpoint_url(load(), "s3"), "http://of.services");
  EXPECT_EQ(aws_endpoint_url(load(), "sts"), "http://of.profile");
  variables_["AWS_ENDPOINT_URL"] = "http://of.environment";
  EXPECT_EQ(aws_endpoint_url(load(), "s3"), "http://of.environment");
  variables_["AWS_ENDPOINT_URL_S3"] = "http://of.s3";
  EXPECT_EQ(aws_endpoint_url(load(), "s3"), "http://of.s3");
  EXPECT_EQ(aws_endpoint_url(load(), "sts"), "http://of.environment");
  variables_["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true";
  EXPECT_EQ(aws_endpoint_url(load(), "s3"), "");
}

TEST_F(AwsConfigTest, ReadsHowS3IsAsked) {
  write_config(
      "[default]\nrequest_checksum_calculation = WHEN_REQUIRED\ns3 =\n  addressing_style = "
      "virtual\n");
  EXPECT_FALSE(s3_endpoint(load()).checksums);
  EXPECT_EQ(s3_endpoint(load()).addressing, S3Addressing::virtual_host);
  variables_["AWS_REQUEST_CHECKSUM_CALCULATION"] = "when_supported";
  EXPECT_TRUE(s3_endpoint(load()).checksums);
  variables_["AWS_REQUEST_CHECKSUM_CALCULATION"] = "never";
  EXPECT_THROW(s3_endpoint(load()), Error);
}

TEST_F(AwsConfigTest, RefusesCertificatesThatAreNotThere) {
  base::write_file_atomic(folder_.path() / "ca.pem", "certificates");
  variables_["AWS_CA_BUNDLE"] = folder_.path() / "ca.pem";
  EXPECT_EQ(aws_ca_file(load()), folder_.path() / "ca.pem");
  variables_["AWS_CA_BUNDLE"] = folder_.path() / "none.pem";
  EXPECT_THROW(aws_ca_file(load()), Error);
}

}  // namespace
}  // namespace soundlake::store
