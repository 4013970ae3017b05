// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/aws_credentials.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/log.hpp"
#include "soundlake/net/http_server.hpp"
#include "soundlake/net/virtual_time.hpp"
#include "soundlake/store/aws_fixture.hpp"
#include "soundlake/store/s3_servers.hpp"

#include <gmock/gmock.h>

#include <vector>

namespace soundlake::store {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class AwsCredentialsTest : public AwsTest {
 protected:
  void SetUp() override {
    base::set_log_level(base::LogLevel::off);
    variables_["AWS_EC2_METADATA_DISABLED"] = "true";
  }
  void TearDown() override { base::set_log_level(base::LogLevel::info); }

  CredentialSource source() { return aws_credentials(environment(), net_.client, time_.clock()); }
  AwsCredentials find() { return source()(false); }
  Error refusal() {
    try {
      find();
    } catch (const Error& error) {
      return error;
    }
    return {ErrorKind::internal, "found"};
  }
  /// A service of AWS on this machine; answers with what stands for the path.
  std::string serve(std::map<std::string, std::string> answers) {
    server_ = std::make_unique<net::HttpServer>(
        net::HttpServer::Options{},
        [this, answers = std::move(answers)](const net::ServerRequest& request) {
          asked_.push_back(request.method + " " + request.path + " " + request.body);
          headers_ = request.headers;
          net::ServerResponse response;
          const auto found = answers.find(request.path);
          response.status = found == answers.end() ? 404 : 200;
          if (found != answers.end()) response.body = found->second;
          return response;
        });
    server_->start();
    return server_->address();
  }
  /// Credentials as JSON that end in so many minutes.
  std::string json(const std::string& key, int minutes) {
    return R"({"Version":1,"Code":"Success","AccessKeyId":")" + key +
           R"(","SecretAccessKey":"s","Token":"t","Expiration":")" +
           base::format_utc(time_.now() + std::chrono::minutes(minutes)) + "\"}";
  }

  S3Net net_;
  net::VirtualTime time_{*base::parse_utc("2026-11-23T07:00:00Z")};
  std::unique_ptr<net::HttpServer> server_;
  std::vector<std::string> asked_;
  net::Headers headers_;
};

TEST_F(AwsCredentialsTest, AreThoseOfTheEnvironmentFirst) {
  write_credentials("[default]\naws_access_key_id = file\naws_secret_access_key = s\n");
  variables_["AWS_ACCESS_KEY_ID"] = "environment";
  variables_["AWS_SECRET_ACCESS_KEY"] = "secret";
  variables_["AWS_SESSION_TOKEN"] = "token";
  const auto found = find();
  EXPECT_EQ(found.access_key_id, "environment");
  EXPECT_EQ(found.secret_access_key.reveal(), "secret");
  EXPECT_EQ(found.session_token.reveal(), "token");
  EXPECT_EQ(found.source, "from the environment");
}

TEST_F(AwsCredentialsTest, RefuseHalfOfAPair) {
  variables_["AWS_SECRET_ACCESS_KEY"] = "very-secret";
  const auto error = refusal();
  EXPECT_THAT(error.message(), AllOf(HasSubstr("AWS_ACCESS_KEY_ID"), Not(HasSubstr("very"))));
}

TEST_F(AwsCredentialsTest, AreThoseOfTheProfile) {
  write_credentials(
      "[default]\naws_access_key_id = one\naws_secret_access_key = s\n"
      "[ann]\naws_access_key_id = two\naws_secret_access_key = s=+/\naws_session_token = t\n");
  EXPECT_EQ(find().access_key_id, "one");
  variables_["AWS_PROFILE"] = "ann";
  EXPECT_EQ(find().access_key_id, "two");
  EXPECT_EQ(find().secret_access_key.reveal(), "s=+/");
  write_config("[profile bob]\naws_access_key_id = three\naws_secret_access_key = s\n");
  variables_["AWS_PROFILE"] = "bob";
  EXPECT_EQ(find().access_key_id, "three");
}

TEST_F(AwsCredentialsTest, AreWhatTheProcessPrints) {
  write_config(
      "[profile ann]\ncredential_process = printf '{\"Version\":1,\"AccessKeyId\":\"%s\","
      "\"SecretAccessKey\":\"s\",\"SessionToken\":\"t\",\"Expiration\":\"2026-11-23T08:00:00+00:"
      "00\"}"
      "' process\n");
  variables_["AWS_PROFILE"] = "ann";
  const auto found = find();
  EXPECT_EQ(found.access_key_id, "process");
  EXPECT_EQ(found.session_token.reveal(), "t");
  EXPECT_EQ(found.expires, base::parse_utc("2026-11-23T08:00:00Z"));
}

TEST_F(AwsCredentialsTest, TellOfAProcessThatFailsWithoutWhatItPrints) {
  variables_["AWS_PROFILE"] = "ann";
  write_config("[profile ann]\ncredential_process = echo very-secret; exit 1\n");
  EXPECT_THAT(refusal().message(), AllOf(HasSubstr("failed"), Not(HasSubstr("secret"))));
  write_config("[profile ann]\ncredential_process = echo very-secret\n");
  EXPECT_THAT(refusal().message(), AllOf(HasSubstr("no credentials"), Not(HasSubstr("secret"))));
}

TEST_F(AwsCredentialsTest, AreThoseOfARoleTakenOnWithAnotherProfile) {
  const auto& server = moto();
  variables_["AWS_ENDPOINT_URL_STS"] = server.url;
  variables_["AWS_PROFILE"] = "role";
  write_credentials("[ann]\naws_access_key_id = " + server.credentials.access_key_id +
                    "\naws_secret_access_key = " + server.credentials.secret_access_key.reveal() +
                    "\n");
  write_config(
      "[profile role]\nrole_arn = arn:aws:iam::123456789012:role/lake\nsource_profile = ann\n"
      "external_id = agreed\nduration_seconds = 900\n");
  const auto source = aws_credentials(environment(), net_.client);  // moto looks at the true time
  const auto found = source(false);
  EXPECT_THAT(found.access_key_id, testing::StartsWith("ASIA"));
  EXPECT_FALSE(found.session_token.empty());
  ASSERT_TRUE(found.expires);
  EXPECT_THAT(found.source, HasSubstr("role/lake"));
}

TEST_F(AwsCredentialsTest, SignWhatAsksForARole) {
  variables_["AWS_ENDPOINT_URL_STS"] = moto().url;
  variables_["AWS_PROFILE"] = "role";
  write_credentials("[ann]\naws_access_key_id = " + moto().credentials.access_key_id +
                    "\naws_secret_access_key = wrong\n");
  write_config(
      "[profile role]\nrole_arn = arn:aws:iam::123456789012:role/lake\nsource_profile = ann\n");
  const auto error = refusal();
  EXPECT_EQ(error.kind(), ErrorKind::config);
  EXPECT_THAT(error.message(), AllOf(HasSubstr("role/lake"), HasSubstr("403")));
  EXPECT_THAT(error.hint(), HasSubstr("sts:AssumeRole"));
}

TEST_F(AwsCredentialsTest, AreThoseOfAWebIdentity) {
  base::write_file_atomic(folder_.path() / "token", "a web token\n");
  variables_["AWS_WEB_IDENTITY_TOKEN_FILE"] = folder_.path() / "token";
  variables_["AWS_ROLE_ARN"] = "arn:aws:iam::123456789012:role/pod";
  variables_["AWS_ENDPOINT_URL_STS"] = serve(
      {{"/",
        "<AssumeRoleWithWebIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
        "<AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>pod</AccessKeyId>"
        "<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>"
        "<Expiration>2026-11-23T08:00:00Z</Expiration></Credentials>"
        "</AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>"}});
  EXPECT_EQ(find().access_key_id, "pod");
  EXPECT_THAT(asked_, ElementsAre(AllOf(HasSubstr("Action=AssumeRoleWithWebIdentity"),
                                        HasSubstr("WebIdentityToken=a%20web%20token"))));
}

TEST_F(AwsCredentialsTest, AreThoseOfTheContainer) {
  variables_["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "let me in";
  variables_["AWS_CONTAINER_CREDENTIALS_FULL_URI"] =
      serve({{"/creds", json("container", 60)}}) + "/creds";
  EXPECT_EQ(find().access_key_id, "container");
  EXPECT_EQ(net::find_header(headers_, "Authorization"), "let me in");
}

TEST_F(AwsCredentialsTest, AreNotAskedOfStrangersInTheClear) {
  for (const char* url : {"http://example.org/creds", "http://127.0.0.1.example.org/creds"}) {
    variables_["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = url;
    EXPECT_EQ(refusal().kind(), ErrorKind::config) << url;
  }
}

TEST_F(AwsCredentialsTest, AreThoseOfTheMachineLast) {
  variables_["AWS_EC2_METADATA_DISABLED"] = "";
  variables_["AWS_EC2_METADATA_SERVICE_ENDPOINT"] =
      serve({{"/latest/api/token", "session"},
             {"/latest/meta-data/iam/security-credentials/", "lake-role\n"},
             {"/latest/meta-data/iam/security-credentials/lake-role", json("machine", 60)}});
  EXPECT_EQ(find().access_key_id, "machine");
  EXPECT_EQ(asked_.at(0), "PUT /latest/api/token ");
  EXPECT_EQ(net::find_header(headers_, "X-aws-ec2-metadata-token"), "session");
}

TEST_F(AwsCredentialsTest, AreRenewedBeforeTheyEnd) {
  variables_["AWS_CONTAINER_CREDENTIALS_FULL_URI"] =
      serve({{"/creds", json("first", 60)}}) + "/creds";
  const auto credentials = source();
  EXPECT_EQ(credentials(false).access_key_id, "first");
  time_.advance(std::chrono::minutes(50));
  credentials(false);
  EXPECT_EQ(asked_.size(), 1U) << "they are good for a while";
  variables_["AWS_CONTAINER_CREDENTIALS_FULL_URI"] =
      serve({{"/creds", json("second", 60)}}) + "/creds";
  time_.advance(std::chrono::minutes(6));
  EXPECT_EQ(credentials(false).access_key_id, "second");
}

TEST_F(AwsCredentialsTest, StayWhileTheyAreGoodWhenNoNewOnesCome) {
  variables_["AWS_CONTAINER_CREDENTIALS_FULL_URI"] =
      serve({{"/creds", json("first", 60)}}) + "/creds";
  const auto credentials = source();
  credentials(false);
  serve({});
  variables_["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = server_->address() + "/creds";
  time_.advance(std::chrono::minutes(57));
  EXPECT_EQ(credentials(false).access_key_id, "first");
  time_.advance(std::chrono::minutes(4));
  EXPECT_THROW(credentials(false), Error);
}

TEST_F(AwsCredentialsTest, OfASignInThroughABrowserAreLeftToTheCli) {
  write_config("[profile work]\nsso_session = corp\n[sso-session corp]\nsso_region = eu-west-1\n");
  variables_["AWS_PROFILE"] = "work";
  const auto error = refusal();
  EXPECT_EQ(error.kind(), ErrorKind::config);
  EXPECT_THAT(error.hint(),
              HasSubstr("credential_process = aws configure export-credentials --profile work"));
}

TEST_F(AwsCredentialsTest, TellWhatToSetWhenThereAreNone) {
  const auto error = refusal();
  EXPECT_EQ(error.kind(), ErrorKind::config);
  EXPECT_EQ(error.message(), "there are no AWS credentials");
  EXPECT_THAT(error.hint(), HasSubstr("AWS_ACCESS_KEY_ID"));
}

TEST_F(AwsCredentialsTest, TellOfRolesThatLeadNowhere) {
  variables_["AWS_PROFILE"] = "a";
  write_config(
      "[profile a]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = b\n"
      "[profile b]\nrole_arn = arn:aws:iam::1:role/b\nsource_profile = a\n");
  EXPECT_THAT(refusal().message(), HasSubstr("from itself"));
  write_config("[profile a]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = none\n");
  EXPECT_THAT(refusal().message(), HasSubstr("'none'"));
  write_config("[profile a]\nrole_arn = arn:aws:iam::1:role/a\n");
  EXPECT_THAT(refusal().hint(), HasSubstr("source_profile"));
  write_config(
      "[profile a]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = b\nmfa_serial = x\n");
  EXPECT_THAT(refusal().hint(), HasSubstr("export-credentials"));
}

}  // namespace
}  // namespace soundlake::store
