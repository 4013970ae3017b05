// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/database.hpp"
#include "soundlake/net/closures.hpp"
#include "soundlake/net/freshness.hpp"
#include "soundlake/net/response_cache.hpp"

#include <gmock/gmock.h>

namespace soundlake::net {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

const base::Instant kNow = *base::parse_utc("2026-11-23T03:44:04Z");

TEST(Closures, AreExtendedButNeverShortened) {
  auto database = base::Database::in_memory();
  Closures closures(database);
  closures.close("spotify", "artist-albums", kNow + 24h);
  closures.close("spotify", "artist-albums", kNow + 1h);
  EXPECT_EQ(closures.closed_until("spotify", "artist-albums", kNow), kNow + 24h);
  closures.close("spotify", "artist-albums", kNow + 30h);
  EXPECT_EQ(closures.closed_until("spotify", "artist-albums", kNow), kNow + 30h);
}

TEST(Closures, EndAtTheirMomentAndTouchNoOtherBucket) {
  auto database = base::Database::in_memory();
  Closures closures(database);
  closures.close("spotify", "artist-albums", kNow + 1h);
  EXPECT_EQ(closures.closed_until("spotify", "artist-albums", kNow + 1h), std::nullopt);
  EXPECT_EQ(closures.closed_until("spotify", "all", kNow), std::nullopt);
  EXPECT_EQ(closures.closed_until("deezer", "artist-albums", kNow), std::nullopt);
}

TEST(Closures, AreListedByServiceAndBucketWhileTheyLast) {
  auto database = base::Database::in_memory();
  Closures closures(database);
  closures.close("spotify", "b", kNow + 1h);
  closures.close("spotify", "a", kNow + 2h);
  closures.close("deezer", "all", kNow + 3h);
  closures.close("lastfm", "all", kNow);
  EXPECT_THAT(closures.open_closures(kNow),
              ElementsAre(Closure{"deezer", "all", kNow + 3h}, Closure{"spotify", "a", kNow + 2h},
                          Closure{"spotify", "b", kNow + 1h}));
  closures.forget("spotify");
  EXPECT_THAT(closures.open_closures(kNow), ElementsAre(Closure{"deezer", "all", kNow + 3h}));
}

CachedResponse answer(const std::string& body, base::Instant fresh_until) {
  return {.body = body, .etag = "\"e\"", .received_at = kNow, .fresh_until = fresh_until};
}

TEST(ResponseCache, FindsWhatItKeptBeforeAndAfterItIsWritten) {
  auto database = base::Database::in_memory();
  const std::string body("zero \0 inside", 13);
  ResponseCache cache(database);
  cache.keep("spotify", "k", answer(body, kNow + 1h));
  EXPECT_EQ(cache.find("spotify", "k")->body, body);
  cache.flush();
  const auto found = cache.find("spotify", "k");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->body, body);
  EXPECT_EQ(found->etag, "\"e\"");
  EXPECT_EQ(found->received_at, kNow);
  EXPECT_EQ(found->fresh_until, kNow + 1h);
  EXPECT_EQ(cache.find("deezer", "k"), std::nullopt);
}

TEST(ResponseCache, WritesAtTheLatestWhenItEnds) {
  auto database = base::Database::in_memory();
  ResponseCache(database).keep("spotify", "k", answer("a", kNow));
  EXPECT_TRUE(ResponseCache(database).find("spotify", "k"));
}

TEST(ResponseCache, LosesOnlyAFewAnswersToACrash) {
  auto database = base::Database::in_memory();
  ResponseCache cache(database);
  for (int i = 0; i < 100; ++i) cache.keep("spotify", std::to_string(i), answer("a", kNow));
  auto count = database.prepare("SELECT count(*) FROM responses");
  ASSERT_TRUE(count.step());
  EXPECT_GT(count.integer(0), 90);
}

TEST(ResponseCache, WritesInsideATransactionOfItsCaller) {
  auto database = base::Database::in_memory();
  ResponseCache cache(database);
  base::DatabaseTransaction transaction(database);
  cache.keep("spotify", "k", answer("a", kNow));
  cache.flush();
  transaction.commit();
  EXPECT_TRUE(cache.find("spotify", "k"));
}

TEST(ResponseCache, ProlongsWhatItHas) {
  auto database = base::Database::in_memory();
  ResponseCache cache(database);
  cache.keep("spotify", "k", answer("a", kNow));
  cache.flush();
  cache.prolong("spotify", "k", kNow + 5h);
  cache.prolong("spotify", "other", kNow + 5h);
  EXPECT_EQ(cache.find("spotify", "k")->fresh_until, kNow + 5h);
  EXPECT_EQ(cache.find("spotify", "k")->received_at, kNow);
  EXPECT_EQ(cache.find("spotify", "other"), std::nullopt);
}

TEST(ResponseCache, ForgetsOneServiceWhetherWrittenOrNot) {
  auto database = base::Database::in_memory();
  ResponseCache cache(database);
  cache.keep("spotify", "written", answer("a", kNow));
  cache.flush();
  cache.keep("spotify", "gathered", answer("a", kNow));
  cache.keep("deezer", "k", answer("a", kNow));
  cache.forget("spotify");
  EXPECT_EQ(cache.find("spotify", "written"), std::nullopt);
  EXPECT_EQ(cache.find("spotify", "gathered"), std::nullopt);
  EXPECT_TRUE(cache.find("deezer", "k"));
}

TEST(ResponseCache, SweepsWhatEndedBefore) {
  auto database = base::Database::in_memory();
  ResponseCache cache(database);
  cache.keep("spotify", "old", answer("a", kNow - 1s));
  cache.keep("spotify", "new", answer("a", kNow));
  cache.sweep(kNow);
  EXPECT_EQ(cache.find("spotify", "old"), std::nullopt);
  EXPECT_TRUE(cache.find("spotify", "new"));
}

struct FreshnessRow {
  std::string name;
  std::string cache_control;
  std::optional<std::chrono::seconds> fresh;  ///< of a request that asks for one hour
};

class Freshness : public testing::TestWithParam<FreshnessRow> {};

TEST_P(Freshness, TakesMaxAgeAsFloorAndNoStoreAsVeto) {
  Request request;
  request.fresh_for = 1h;
  const auto until = fresh_until(request, {{"cache-control", GetParam().cache_control}}, kNow);
  if (GetParam().fresh) {
    EXPECT_EQ(until, kNow + *GetParam().fresh);
  } else {
    EXPECT_EQ(until, std::nullopt);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Directives, Freshness,
    testing::Values(
        FreshnessRow{"none", "", 1h}, FreshnessRow{"longer", "public, max-age=7200", 2h},
        FreshnessRow{"shorter", "private, max-age=0", 1h}, FreshnessRow{"case", "Max-Age=7200", 2h},
        FreshnessRow{"quoted", "max-age=\"7200\"", 2h},
        FreshnessRow{"absurd", "max-age=99999999999999999999", 720h},
        FreshnessRow{"negative", "max-age=-1", 1h}, FreshnessRow{"garbage", "max-age=abc", 1h},
        FreshnessRow{"shared_only", "s-maxage=7200", 1h},
        FreshnessRow{"no_store", "max-age=7200, no-store", std::nullopt},
        FreshnessRow{"no_store_case", "No-Store", std::nullopt}),
    [](const auto& row) { return row.param.name; });

TEST(WorthKeeping, IsOnlyA200ThatIsNoHtml) {
  EXPECT_TRUE(worth_keeping(200, {{"Content-Type", "application/json"}}));
  EXPECT_TRUE(worth_keeping(200, {}));
  EXPECT_FALSE(worth_keeping(200, {{"content-type", "Text/HTML; charset=utf-8"}}));
  EXPECT_FALSE(worth_keeping(404, {{"Content-Type", "application/json"}}));
}

TEST(WantsKeeping, IsOnlyAGetThatNamesTimeAndKey) {
  Request request;
  request.fresh_for = 1h;
  request.cache_key = "k";
  EXPECT_TRUE(wants_keeping(request));
  for (auto change : std::vector<void (*)(Request&)>{[](Request& r) { r.method = "POST"; },
                                                     [](Request& r) { r.fresh_for = 0s; },
                                                     [](Request& r) { r.cache_key.clear(); }}) {
    Request other = request;
    change(other);
    EXPECT_FALSE(wants_keeping(other));
  }
}

}  // namespace
}  // namespace soundlake::net
