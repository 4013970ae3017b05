// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/s3_store.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/hash.hpp"
#include "soundlake/base/log.hpp"
#include "soundlake/store/s3_servers.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <barrier>
#include <thread>

namespace soundlake::store {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

class S3StoreTest : public testing::Test {
 protected:
  void SetUp() override { base::set_log_level(base::LogLevel::off); }
  void TearDown() override { base::set_log_level(base::LogLevel::info); }

  static Error refusal(Store& store) {
    try {
      store.put("k", "x", Precondition::none());
    } catch (const Error& error) {
      return error;
    }
    return {ErrorKind::internal, "no error"};
  }
};

TEST_F(S3StoreTest, NamesItsPlaceAsPeopleWriteIt) {
  auto options = s3_options(versitygw());
  options.where = {.bucket = "listening", .prefix = "ann/lake"};
  EXPECT_EQ(OwnS3Store(options).address(), "s3://listening/ann/lake");
}

TEST_F(S3StoreTest, LooksAtAnObjectWithoutItsBytes) {
  for (const auto* server : {&versitygw(), &moto()}) {
    OwnS3Store store(*server);
    const auto etag = store.put("k", "some bytes", Precondition::none());
    const auto facts = store.look("k");
    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->size, 10U);
    EXPECT_EQ(facts->etag, *etag);
    EXPECT_EQ(facts->sha256, base::sha256_hex("some bytes")) << server->url;
    EXPECT_FALSE(store.look("none"));
  }
}

TEST_F(S3StoreTest, VouchesForNothingWhenChecksumsAreOff) {
  auto options = s3_options(versitygw());
  options.endpoint.checksums = false;
  OwnS3Store store(options);
  ASSERT_TRUE(store.put("k", "bytes", Precondition::absent()));
  EXPECT_FALSE(store.put("k", "bytes", Precondition::absent()));
  EXPECT_EQ(store.get("k")->bytes, "bytes");
  const auto facts = store.look("k");
  EXPECT_TRUE(!facts->sha256 || facts->sha256 == base::sha256_hex("bytes"));
}

TEST_F(S3StoreTest, TakesOneRequestForEachOrdinaryCall) {
  OwnS3Store store(versitygw());
  const auto etag = store.put("k", "one", Precondition::absent());
  EXPECT_EQ(store.requests(), 1);
  store.put("k", "two", Precondition::matches(*etag));
  store.get("k");
  store.list("");
  store.look("k");
  store.remove("k", Precondition::none());
  EXPECT_EQ(store.requests(), 6);
}

TEST_F(S3StoreTest, PutsManyObjectsAndListsThemOverSeveralPages) {
  constexpr std::size_t kCount = 25;
  for (const auto* server : {&versitygw(), &moto()}) {
    auto options = s3_options(*server);
    options.page = 10;
    OwnS3Store store(options);
    std::size_t done = 0;
    store.put_all(
        kCount,
        [](std::size_t i) {
          return Upload{.key = "raw/" + std::to_string(i),
                        .bytes = std::to_string(i),
                        .precondition = Precondition::absent()};
        },
        [&](std::size_t, const std::optional<std::string>& etag) { done += etag ? 1 : 0; });
    EXPECT_EQ(done, kCount);
    EXPECT_EQ(store.requests(), 25);
    EXPECT_THAT(store.list("raw/"), SizeIs(kCount));
    EXPECT_EQ(store.requests(), 25 + 3);
    EXPECT_EQ(store.get("raw/17")->bytes, "17");
  }
}

TEST_F(S3StoreTest, TellsOfEachUploadWhetherItsPreconditionHeld) {
  OwnS3Store store(versitygw());
  store.put("b", "is there", Precondition::none());
  std::vector<std::string> keys = {"a", "b", "c"};
  std::vector<int> put(3);
  store.put_all(
      3,
      [&](std::size_t i) {
        return Upload{.key = keys[i], .bytes = "new", .precondition = Precondition::absent()};
      },
      [&](std::size_t i, const std::optional<std::string>& etag) { put[i] = etag ? 1 : 0; });
  EXPECT_THAT(put, ElementsAre(1, 0, 1));
  EXPECT_EQ(store.get("b")->bytes, "is there");
}

TEST_F(S3StoreTest, StandsAtTheTopOfABucketToo) {
  auto options = s3_options(moto());
  OwnS3Store below(options);
  below.put("k", "x", Precondition::none());
  const std::string prefix = options.where.prefix;
  options.where.prefix = "";
  OwnS3Store top(options);
  EXPECT_EQ(top.get(prefix + "/k")->bytes, "x");
  EXPECT_THAT(top.list(prefix + "/"), SizeIs(1));
}

TEST_F(S3StoreTest, PassesOverWhatStrangersPutThere) {
  auto options = s3_options(moto());
  OwnS3Store store(options);
  store.put("k", "ours", Precondition::none());
  S3Net own;
  own.client.add_service(kS3Service, s3_limits());
  S3Wire wire({.bucket = options.where.bucket,
               .endpoint = options.endpoint,
               .credentials = options.credentials},
              own.client);
  for (const char* name : {"/folder/", "//two", "x/beside"}) {
    const auto answer = wire.ask({.method = "PUT",
                                  .key = options.where.prefix + name,
                                  .query = {},
                                  .headers = {},
                                  .body = "a stranger's"});
    EXPECT_TRUE(answer.ok()) << name << answer.error.code;
  }
  const auto objects = store.list("");
  ASSERT_THAT(objects, SizeIs(1));
  EXPECT_EQ(objects[0].key, "k");
}

TEST_F(S3StoreTest, RefusesAKeyThatIsTooLongWithItsPrefix) {
  OwnS3Store store(versitygw());
  EXPECT_THROW(store.get(std::string(1024, 'k')), Error);
}

TEST_F(S3StoreTest, TellsAWrongSecretFromAnUnknownKey) {
  for (const auto* server : {&versitygw(), &moto()}) {
    auto wrong = server->credentials;
    wrong.secret_access_key = base::Secret("not-the-secret");
    auto options = s3_options(*server);
    options.credentials = [&](bool) { return wrong; };
    OwnS3Store with_wrong_secret(options);
    const auto secret = refusal(with_wrong_secret);
    EXPECT_EQ(secret.kind(), ErrorKind::config);
    EXPECT_THAT(secret.message(),
                AllOf(HasSubstr("s3://listening/"), HasSubstr("SignatureDoesNotMatch")));
    EXPECT_THAT(secret.hint(), HasSubstr("credentials of the test"));

    wrong.access_key_id = "AKIAUNKNOWN";
    OwnS3Store with_unknown_key(options);
    EXPECT_THAT(refusal(with_unknown_key).message(), HasSubstr("InvalidAccessKeyId"));
  }
}

TEST_F(S3StoreTest, SaysThatTheBucketIsMissing) {
  for (const auto* server : {&versitygw(), &moto()}) {
    auto options = s3_options(*server);
    options.where.bucket = "no-such-bucket";
    OwnS3Store store(options);
    EXPECT_THAT(refusal(store).hint(), HasSubstr("aws s3 mb s3://no-such-bucket"));
    EXPECT_THROW(store.get("k"), Error) << "nothing would be an ordinary answer";
    EXPECT_THROW(store.list(""), Error);
    EXPECT_THROW(store.look("k"), Error);
  }
}

TEST_F(S3StoreTest, TellsBothClocksWhenOneIsWrong) {
  auto options = s3_options(versitygw());
  options.clock = [] { return base::system_clock()() - std::chrono::minutes(20); };
  OwnS3Store store(options);
  const auto error = refusal(store);
  const auto day = [](base::Instant at) { return base::format_utc(at).substr(0, 10); };
  EXPECT_EQ(error.kind(), ErrorKind::config);
  EXPECT_THAT(error.message(), AllOf(HasSubstr("RequestTimeTooSkewed"), HasSubstr("clocks"),
                                     HasSubstr(day(options.clock()) + "T")));
  EXPECT_THAT(error.message(), testing::ContainsRegex("Z here and 20.*Z there"));
  EXPECT_THROW(store.look("k"), Error);
}

TEST_F(S3StoreTest, TellsAServerThatIsNotThere) {
  auto options = s3_options(versitygw());
  options.endpoint.url = "http://127.0.0.1:" + std::to_string(free_port());
  OwnS3Store store(options);
  EXPECT_EQ(refusal(store).kind(), ErrorKind::network);
}

TEST_F(S3StoreTest, LetsExactlyOneOfSixteenWritersWinEachOfTwoHundredRounds) {
  constexpr int kWriters = 16;
  constexpr int kRounds = 200;
  const auto options = s3_options(versitygw());
  std::string etag = *OwnS3Store(options).put("HEAD.json", "start", Precondition::absent());
  std::atomic<int> winners = 0;
  int rounds_with_one = 0;
  std::string next = etag;
  std::mutex mutex;
  std::barrier turn(kWriters, [&]() noexcept {
    rounds_with_one += winners == 1 ? 1 : 0;
    winners = 0;
    etag = next;
  });
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&, writer] {
      OwnS3Store store(options);
      for (int round = 0; round < kRounds; ++round) {
        const auto won =
            store.put("HEAD.json", std::to_string(round) + "/" + std::to_string(writer),
                      Precondition::matches(etag));
        if (won) {
          ++winners;
          const std::lock_guard lock(mutex);
          next = *won;
        }
        turn.arrive_and_wait();
      }
    });
  }
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(rounds_with_one, kRounds);
  EXPECT_EQ(OwnS3Store(options).get("HEAD.json")->etag, etag);
}

}  // namespace
}  // namespace soundlake::store
