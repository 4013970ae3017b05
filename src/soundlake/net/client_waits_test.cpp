// SPDX-License-Identifier: Apache-2.0
#include "soundlake/net/client_fixture.hpp"

#include <filesystem>

namespace soundlake::net {
namespace {

using namespace std::chrono_literals;
using testing::Each;
using testing::ElementsAre;
using testing::SizeIs;

TEST_F(ClientTest, WaitsForAShortRetryAfter) {
  serve_in_turn({answer(429, "", {{"Retry-After", "7"}}), answer(200)});
  EXPECT_TRUE(client_->fetch(request()).ok());
  EXPECT_GE(time_.passed(), 7s);
  EXPECT_LE(time_.passed(), 7s + 200ms);
  EXPECT_THAT(closures_->open_closures(time_.now()), SizeIs(0));
}

TEST_F(ClientTest, WaitsForARetryAfterThatIsADate) {
  // The virtual clock stands at 03:44:04 on that day.
  serve_in_turn({answer(503, "", {{"Retry-After", "Mon, 23 Nov 2026 03:44:34 GMT"}}), answer(200)});
  EXPECT_TRUE(client_->fetch(request()).ok());
  EXPECT_GE(time_.passed(), 30s);
  EXPECT_LE(time_.passed(), 30s + 200ms);
}

TEST_F(ClientTest, HoldsTheWholeServiceForAShortRetryAfterButNoOther) {
  serve([&](const ServerRequest& seen) {
    return seen.path == "/a" ? answer(429, "", {{"Retry-After", "20"}}) : answer(200);
  });
  client_->add_service("deezer", {});
  Request once = request("/a", "one");
  once.repeatable = false;  // comes back at once and leaves the hold behind
  client_->fetch(once);
  Request other = request("/b");
  other.service = "deezer";
  EXPECT_TRUE(client_->fetch(other).ok());
  EXPECT_EQ(time_.passed(), 0s);
  EXPECT_TRUE(client_->fetch(request("/b", "two")).ok());
  EXPECT_EQ(time_.passed(), 20s);
}

TEST_F(ClientTest, ClosesTheBucketForALongRetryAfterAndSendsNothingMoreOfIt) {
  serve_in_turn({answer(429, "{}", {{"Retry-After", "86236"}})});
  // None of the others may wait for a turn it does not take.
  client_->add_service("spotify", {.burst = 1, .in_flight = 1});
  const auto until = time_.now() + 86236s;
  std::vector<Response> responses;
  for (int i = 0; i < 30; ++i) {
    client_->send(request("/v1/artists/1/albums", "artist-albums"),
                  [&](Response response) { responses.push_back(std::move(response)); });
  }
  client_->run();
  EXPECT_THAT(arrivals_, SizeIs(1));
  EXPECT_THAT(responses, SizeIs(30));
  for (const Response& response : responses) {
    EXPECT_EQ(response.outcome, Outcome::closed);
    EXPECT_EQ(response.closed_until, until);
  }
  EXPECT_EQ(time_.passed(), 0s);
  EXPECT_THAT(closures_->open_closures(time_.now()),
              ElementsAre(Closure{"spotify", "artist-albums", until}));
}

TEST_F(ClientTest, GoesOnWithOtherBucketsWhileOneIsClosed) {
  serve([&](const ServerRequest& seen) {
    return seen.path == "/albums" ? answer(429, "", {{"Retry-After", "86236"}}) : answer(200);
  });
  std::vector<Outcome> outcomes;
  const auto note = [&](Response response) { outcomes.push_back(response.outcome); };
  client_->send(request("/albums", "artist-albums"), note);
  client_->run();
  for (int i = 0; i < 3; ++i) client_->send(request("/me", "all"), note);
  client_->run();
  EXPECT_THAT(outcomes, ElementsAre(Outcome::closed, Outcome::answered, Outcome::answered,
                                    Outcome::answered));
}

TEST_F(ClientTest, RemembersAClosedBucketAcrossARestartUntilItOpens) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "soundlake_net_restart";
  std::filesystem::remove_all(folder);
  database_ = base::Database::open(folder / "state.db");
  restart_client();
  serve_in_turn({answer(429, "", {{"Retry-After", "86236"}}), answer(200)});
  EXPECT_EQ(client_->fetch(request("/a", "artist-albums")).outcome, Outcome::closed);

  client_.reset();
  cache_.reset();
  closures_.reset();
  database_ = base::Database::open(folder / "state.db");
  restart_client();
  EXPECT_EQ(client_->fetch(request("/a", "artist-albums")).outcome, Outcome::closed);
  EXPECT_EQ(sent(), 0);

  time_.advance(86236s);
  EXPECT_TRUE(client_->fetch(request("/a", "artist-albums")).ok());
  std::filesystem::remove_all(folder);
}

TEST_F(ClientTest, ClosesForAMinuteWhenA429NamesNoTimeAndDoesNotEnd) {
  for (const std::string header : {"", "soon", "-1"}) {
    restart_client();
    serve_in_turn({answer(429, "", {{"Retry-After", header}})});
    const Response response = client_->fetch(request("/a", "bucket" + header));
    EXPECT_EQ(response.outcome, Outcome::closed);
    EXPECT_EQ(response.status, 429);
    EXPECT_EQ(response.closed_until, time_.now() + 60s);
    EXPECT_EQ(sent(), 4);
    EXPECT_EQ(closures_->closed_until("spotify", "bucket" + header, time_.now()),
              time_.now() + 60s);
  }
}

TEST_F(ClientTest, ClosesForAMinuteWhenShortWaitsDoNotHelp) {
  serve_in_turn({answer(429, "", {{"Retry-After", "1"}})});
  const Response response = client_->fetch(request());
  EXPECT_EQ(response.outcome, Outcome::closed);
  EXPECT_EQ(response.closed_until, time_.now() + 60s);
  EXPECT_EQ(sent(), 4);
}

TEST_F(ClientTest, FailsWhenA503DoesNotEnd) {
  serve_in_turn({answer(503, "", {{"Retry-After", "1"}})});
  const Response response = client_->fetch(request());
  EXPECT_EQ(response.outcome, Outcome::failed);
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(sent(), 4);
}

TEST_F(ClientTest, EndsWhatMustNotBeRepeatedAsClosedUntilTheTimeNamed) {
  serve_in_turn({answer(429, "", {{"Retry-After", "5"}})});
  Request once = request();
  once.repeatable = false;
  const Response response = client_->fetch(once);
  EXPECT_EQ(response.outcome, Outcome::closed);
  EXPECT_EQ(response.closed_until, time_.now() + 5s);
  EXPECT_EQ(sent(), 1);
}

Request kept(Request request) {
  request.fresh_for = 1h;
  request.cache_key = "spotify/me";
  return request;
}

TEST_F(ClientTest, AsksNothingWhileAKeptAnswerIsFresh) {
  serve_in_turn({answer(200, "first"), answer(200, "second")});
  const auto received = time_.now();
  EXPECT_FALSE(client_->fetch(kept(request())).from_cache);
  time_.advance(59min);
  restart_client();
  // Another address and token: the key alone counts.
  const Response response = client_->fetch(kept(request("/elsewhere")));
  EXPECT_TRUE(response.ok());
  EXPECT_TRUE(response.from_cache);
  EXPECT_EQ(response.body, "first");
  EXPECT_EQ(response.received_at, received);
  EXPECT_EQ(sent(), 0);

  time_.advance(1min);
  EXPECT_EQ(client_->fetch(kept(request())).body, "second");
}

TEST_F(ClientTest, AnswersFromTheCacheEvenWhenTheBucketIsClosed) {
  serve_in_turn({answer(200, "first")});
  client_->fetch(kept(request()));
  closures_->close("spotify", "all", time_.now() + 24h);
  EXPECT_EQ(client_->fetch(kept(request())).body, "first");
  EXPECT_EQ(client_->fetch(request()).outcome, Outcome::closed);
}

TEST_F(ClientTest, ProlongsAKeptAnswerThatIsConfirmed) {
  std::vector<std::optional<std::string>> asked;
  serve([&](const ServerRequest& seen) {
    asked.push_back(find_header(seen.headers, "If-None-Match"));
    return asked.size() == 1 ? answer(200, "first", {{"ETag", "W/\"e1\""}}) : answer(304);
  });
  client_->fetch(kept(request()));
  const auto received = time_.now();
  time_.advance(2h);
  const Response confirmed = client_->fetch(kept(request()));
  EXPECT_EQ(confirmed.status, 200);
  EXPECT_EQ(confirmed.body, "first");
  EXPECT_TRUE(confirmed.from_cache);
  EXPECT_EQ(confirmed.received_at, received);
  EXPECT_THAT(asked, ElementsAre(std::nullopt, "W/\"e1\""));

  time_.advance(59min);
  EXPECT_EQ(client_->fetch(kept(request())).body, "first");
  EXPECT_THAT(asked, SizeIs(2));
}

TEST_F(ClientTest, KeepsNothingButAWholeGoodAnswer) {
  ServerResponse html = answer(200, "<html>");
  html.content_type = "text/html";
  for (const ServerResponse& odd :
       {html, answer(404, "{}"), answer(200, "{}", {{"Cache-Control", "no-store"}}),
        answer(302, "", {{"Location", "/"}})}) {
    serve_in_turn({odd});
    client_->fetch(kept(request()));
    EXPECT_EQ(cache_->find("spotify", "spotify/me"), std::nullopt);
  }
  serve_in_turn({answer(200, "{}")});
  Request post = kept(request());
  post.method = "POST";
  client_->fetch(post);
  client_->fetch(request());
  EXPECT_EQ(cache_->find("spotify", "spotify/me"), std::nullopt);
}

TEST_F(ClientTest, AsksOnceForTwinsThatFollowEachOther) {
  serve_in_turn({answer(200, "first")});
  client_->add_service("spotify", {.in_flight = 1});
  int answered = 0;
  for (int i = 0; i < 5; ++i) {
    client_->send(kept(request()),
                  [&](Response response) { answered += response.body == "first" ? 1 : 0; });
  }
  client_->run();
  EXPECT_EQ(answered, 5);
  EXPECT_EQ(sent(), 1);
}

}  // namespace
}  // namespace soundlake::net
