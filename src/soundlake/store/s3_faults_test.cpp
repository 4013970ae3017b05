// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/error.hpp"
#include "soundlake/base/log.hpp"
#include "soundlake/store/s3_fault_proxy.hpp"

#include <gmock/gmock.h>

namespace soundlake::store {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

/// One proxy for all tests: it takes a moment to start.
FaultProxy& proxy() {
  static FaultProxy one(versitygw());
  return one;
}

class S3Faults : public testing::Test {
 protected:
  S3Faults() {
    base::set_log_level(base::LogLevel::off);
    proxy().faults("[]");
    auto options = s3_options(proxy().server());
    options.patience = std::chrono::seconds(1);
    auto direct = options;
    direct.endpoint.url = versitygw().url;
    store_ = std::make_unique<OwnS3Store>(options);
    direct_ = std::make_unique<OwnS3Store>(direct);
    first_ = *direct_->put("k", "first", Precondition::none());
  }
  ~S3Faults() override {
    proxy().faults("[]");
    base::set_log_level(base::LogLevel::info);
  }

  void fault(const std::string& rule) {
    proxy().faults("[{" + rule + "}]");
    proxy().requests();
  }
  std::string lies_there(const std::string& key = "k") {
    const auto object = direct_->get(key);
    return object ? object->bytes : "(no such object)";
  }
  template <class Work>
  Error refusal(const Work& work) {
    try {
      work();
    } catch (const Error& error) {
      EXPECT_EQ(
          (error.message() + error.hint()).find(versitygw().credentials.secret_access_key.reveal()),
          std::string::npos);
      return error;
    }
    return {ErrorKind::internal, "no error"};
  }

  std::unique_ptr<OwnS3Store> store_;
  std::unique_ptr<OwnS3Store> direct_;  ///< past the proxy
  std::string first_;                   ///< the etag of k
};

/// Goes well the next time.
class PassingFault : public S3Faults, public testing::WithParamInterface<const char*> {
 protected:
  void fault_once() { fault(std::string(R"("times": 1, )") + GetParam()); }
};

TEST_P(PassingFault, IsSurvivedByAGet) {
  fault_once();
  const auto object = store_->get("k");
  ASSERT_TRUE(object);
  EXPECT_EQ(object->bytes, "first");
  EXPECT_FALSE(store_->get("none"));
}

TEST_P(PassingFault, IsSurvivedByAPut) {
  fault_once();
  ASSERT_TRUE(store_->put("k", "second", Precondition::none()));
  EXPECT_EQ(lies_there(), "second");
}

TEST_P(PassingFault, IsSurvivedByAPutOfWhatMustBeAbsent) {
  fault_once();
  ASSERT_TRUE(store_->put("new", "claimed", Precondition::absent()));
  EXPECT_EQ(lies_there("new"), "claimed");
  EXPECT_FALSE(store_->put("new", "claimed", Precondition::absent()))
      << "the second one is another write, whatever its bytes";
}

TEST_P(PassingFault, IsSurvivedByAReplacement) {
  fault_once();
  const auto second = store_->put("k", "second", Precondition::matches(first_));
  ASSERT_TRUE(second);
  EXPECT_EQ(lies_there(), "second");
  EXPECT_TRUE(store_->put("k", "third", Precondition::matches(*second)));
  EXPECT_FALSE(store_->put("k", "fourth", Precondition::matches(*second)));
}

TEST_P(PassingFault, DoesNotTurnALostRaceIntoAWonOne) {
  direct_->put("k", "second", Precondition::none());
  fault_once();
  EXPECT_FALSE(store_->put("k", "second", Precondition::matches(first_)));
}

TEST_P(PassingFault, IsSurvivedByAList) {
  fault_once();
  EXPECT_THAT(store_->list(""), SizeIs(1));
}

TEST_P(PassingFault, IsSurvivedByARemoval) {
  fault_once();
  EXPECT_TRUE(store_->remove("k", Precondition::matches(first_)));
  EXPECT_EQ(lies_there(), "(no such object)");
}

TEST_P(PassingFault, IsSurvivedByOneOfManyPuts) {
  fault_once();
  int done = 0;
  store_->put_all(
      12,
      [](std::size_t i) {
        return Upload{.key = "many/" + std::to_string(i),
                      .bytes = std::to_string(i),
                      .precondition = Precondition::absent()};
      },
      [&](std::size_t, const std::optional<std::string>& etag) { done += etag ? 1 : 0; });
  EXPECT_EQ(done, 12);
  EXPECT_THAT(direct_->list("many/"), SizeIs(12));
}

INSTANTIATE_TEST_SUITE_P(
    Faults, PassingFault,
    testing::Values(R"("fault": "reset")", R"("fault": "reset_after")", R"("fault": "stall")",
                    R"("fault": "truncate", "method": "GET")", R"("fault": "drip", "every": 0.5)",
                    R"("fault": "status", "status": 500, "code": "InternalError")",
                    R"("fault": "status_after", "status": 500, "code": "InternalError")",
                    R"("fault": "status", "status": 503, "code": "SlowDown")",
                    R"("fault": "status_after", "status": 503, "code": "ServiceUnavailable")",
                    R"("fault": "status", "status": 400, "code": "RequestTimeout")",
                    R"("fault": "status", "status": 409, "code": "OperationAborted")",
                    R"("fault": "status", "status": 429, "code": "TooManyRequests")",
                    R"("fault": "error_in_200", "method": "PUT")",
                    R"("fault": "error_in_200", "method": "GET")",
                    R"("fault": "delay", "seconds": 0.1)"));

/// Stays, whatever is tried.
struct Lasting {
  const char* rule;
  const char* says;  ///< in the message
  const char* hint;  ///< in the hint
};
class LastingFault : public S3Faults, public testing::WithParamInterface<Lasting> {};

TEST_P(LastingFault, IsTold) {
  fault(GetParam().rule);
  const auto told = [&](const Error& error, const char* key) {
    EXPECT_NE(error.kind(), ErrorKind::internal) << error.message();
    EXPECT_THAT(error.message(),
                AllOf(HasSubstr("s3://listening"), HasSubstr(key), HasSubstr(GetParam().says)));
    EXPECT_THAT(error.hint(), HasSubstr(GetParam().hint));
  };
  told(refusal([&] { store_->get("k"); }), "/k");
  told(refusal([&] { store_->put("k", "second", Precondition::none()); }), "/k");
  told(refusal([&] { store_->put("k", "second", Precondition::matches(first_)); }), "/k");
  told(refusal([&] { store_->put("new", "x", Precondition::absent()); }), "/new");
  told(refusal([&] { store_->list(""); }), "");
  told(refusal([&] { store_->remove("k", Precondition::none()); }), "/k");
  told(refusal([&] { store_->look("k"); }), "/k");
  EXPECT_EQ(lies_there(), "first");
}

INSTANTIATE_TEST_SUITE_P(
    Faults, LastingFault,
    testing::Values(Lasting{R"("fault": "reset")", "tried 4 times", "check the network"},
                    Lasting{R"("fault": "status", "status": 500, "code": "InternalError")",
                            "InternalError", "again"},
                    Lasting{R"("fault": "status", "status": 503, "code": "SlowDown")", "SlowDown",
                            "later"},
                    Lasting{R"("fault": "status", "status": 400, "code": "ExpiredToken")",
                            "ExpiredToken", "renew the credentials of the test"},
                    Lasting{R"("fault": "status", "status": 404, "code": "NoSuchBucket")",
                            "NoSuchBucket", "aws s3 mb s3://listening"},
                    Lasting{R"("fault": "status", "status": 307, "code": "TemporaryRedirect")",
                            "307", "AWS_REGION"},
                    Lasting{R"("fault": "status", "status": 502)", "502", ""}),
    [](const auto& test) { return std::to_string(test.index); });

TEST_F(S3Faults, AnswersOfSomethingElseThanS3AreNotTaken) {
  fault(R"("fault": "status", "status": 200)");
  const auto told = [](const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::data);
    EXPECT_THAT(error.message(), AllOf(HasSubstr("s3://listening"), HasSubstr("no answer of S3")));
  };
  told(refusal([&] { store_->get("k"); }));
  told(refusal([&] { store_->put("k", "second", Precondition::none()); }));
  told(refusal([&] { store_->list(""); }));
  told(refusal([&] { store_->look("k"); }));
}

TEST_F(S3Faults, AWriteWhoseAnswersWereAllLostIsFoundDone) {
  fault(R"("fault": "reset_after", "method": "PUT")");
  EXPECT_TRUE(store_->put("k", "second", Precondition::matches(first_)));
  EXPECT_EQ(lies_there(), "second");
  EXPECT_THAT(proxy().requests(), Contains(HasSubstr("HEAD /listening/")).Times(1));
}

TEST_F(S3Faults, AWrongRegionIsFoundFromTheAnswerAndKept) {
  auto options = s3_options(proxy().server());
  options.endpoint.region = "eu-west-1";
  OwnS3Store store(options);
  EXPECT_TRUE(store.put("k", "first", Precondition::none()));
  proxy().requests();
  EXPECT_TRUE(store.get("k"));
  EXPECT_THAT(proxy().requests(), SizeIs(1));
}

TEST_F(S3Faults, ARedirectThatNamesTheRegionIsFollowed) {
  fault(R"("fault": "status", "status": 301, "code": "PermanentRedirect", "times": 1,
           "headers": {"x-amz-bucket-region": "us-east-1"})");
  auto options = s3_options(proxy().server());
  options.endpoint.region = "eu-west-1";
  OwnS3Store store(options);
  EXPECT_TRUE(store.put("k", "first", Precondition::none()));
}

TEST_F(S3Faults, BytesThatWereAlteredOnTheirWayAreNotGivenOn) {
  for (const char* kind : {"corrupt", "shorten"}) {
    fault(std::string(R"("method": "GET", "fault": ")") + kind + "\"");
    const auto error = refusal([&] { store_->get("k"); });
    EXPECT_EQ(error.kind(), ErrorKind::data) << kind;
    EXPECT_THAT(error.message(), HasSubstr("SHA-256")) << kind;
  }
}

TEST_F(S3Faults, BytesAndChecksumOfTwoVersionsAreReadAgain) {
  fault(R"("fault": "corrupt", "method": "GET", "times": 2)");
  const auto object = store_->get("k");
  ASSERT_TRUE(object);
  EXPECT_EQ(object->bytes, "first");
}

TEST_F(S3Faults, AWrongEtagCostsARaceAndNothingElse) {
  fault(R"("fault": "wrong_etag", "method": "PUT", "times": 1)");
  const auto wrong = store_->put("k", "second", Precondition::matches(first_));
  ASSERT_TRUE(wrong);
  EXPECT_FALSE(store_->put("k", "third", Precondition::matches(*wrong)));
  EXPECT_EQ(lies_there(), "second");
}

TEST_F(S3Faults, RefusedReadsTellWhichPermissionIsMissing) {
  const std::string denied = R"("fault": "status", "status": 403, "code": "AccessDenied")";
  fault(denied);
  const auto all = refusal([&] { store_->get("none"); });
  EXPECT_THAT(all.message(), HasSubstr("neither is listing"));
  EXPECT_THAT(all.hint(), HasSubstr("s3:ListBucket"));
  fault(denied + R"(, "match": "/k$")");
  const auto one = refusal([&] { store_->get("k"); });
  EXPECT_THAT(one.message(), Not(HasSubstr("listing")));
  EXPECT_THAT(one.hint(), HasSubstr("s3:GetObject"));
}

TEST_F(S3Faults, RefusedWritesNameThePermission) {
  fault(R"("fault": "status", "status": 403, "code": "AccessDenied")");
  EXPECT_THAT(refusal([&] { store_->put("k", "x", Precondition::none()); }).hint(),
              HasSubstr("s3:PutObject"));
  EXPECT_THAT(refusal([&] { store_->remove("k", Precondition::none()); }).hint(),
              HasSubstr("s3:DeleteObject"));
  EXPECT_THAT(refusal([&] { store_->list(""); }).hint(), HasSubstr("s3:ListBucket on the bucket"));
}

TEST_F(S3Faults, AnExpiredSessionIsRenewedOnce) {
  auto options = s3_options(proxy().server());
  int renewals = 0;
  options.credentials = [&](bool renew) {
    renewals += renew ? 1 : 0;
    return versitygw().credentials;
  };
  OwnS3Store store(options);
  fault(R"("fault": "status", "status": 400, "code": "ExpiredToken", "times": 1)");
  EXPECT_TRUE(store.put("k", "first", Precondition::none()));
  EXPECT_EQ(renewals, 1);
  fault(R"("fault": "status", "status": 400, "code": "ExpiredToken")");
  EXPECT_THAT(refusal([&] { store.get("k"); }).message(), HasSubstr("expired"));
  EXPECT_EQ(renewals, 2);
}

TEST_F(S3Faults, AStoreThatIgnoresConditionsIsRefusedAtItsClaim) {
  fault(R"("fault": "unconditional")");
  const auto error = refusal([&] { claim(*store_, "_soundlake/HEAD.json", "{}"); });
  EXPECT_EQ(error.kind(), ErrorKind::refused);
  EXPECT_THAT(error.hint(), HasSubstr("--single-writer"));
  EXPECT_EQ(lies_there("_soundlake/HEAD.json"), "(no such object)");
}

TEST_F(S3Faults, ASingleWriterComparesByItself) {
  auto options = s3_options(proxy().server());
  options.single_writer = true;
  OwnS3Store store(options);
  fault(R"("fault": "unconditional")");
  EXPECT_TRUE(claim(store, "_soundlake/HEAD.json", "{}"));
  const auto etag = store.put("k", "first", Precondition::absent());
  ASSERT_TRUE(etag);
  EXPECT_FALSE(store.put("k", "second", Precondition::absent()));
  EXPECT_TRUE(store.put("k", "second", Precondition::matches(*etag)));
  EXPECT_FALSE(store.put("k", "third", Precondition::matches(*etag)));
}

TEST_F(S3Faults, AManyfoldPutEndsWithTheFirstThatFails) {
  fault(R"("fault": "status", "status": 403, "code": "AccessDenied", "match": "/many/5$")");
  const auto error = refusal([&] {
    store_->put_all(
        40,
        [](std::size_t i) {
          return Upload{.key = "many/" + std::to_string(i),
                        .bytes = "x",
                        .precondition = Precondition::none()};
        },
        [](std::size_t, const std::optional<std::string>&) {});
  });
  EXPECT_THAT(error.message(), HasSubstr("many/5"));
  EXPECT_EQ(lies_there(), "first");
  EXPECT_TRUE(store_->get("k")) << "the store can be used afterwards";
}

}  // namespace
}  // namespace soundlake::store
