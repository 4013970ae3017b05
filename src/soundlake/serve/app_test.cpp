// SPDX-License-Identifier: Apache-2.0
#include "soundlake/serve/app.hpp"

#include "soundlake/base/json.hpp"
#include "soundlake/net/http.hpp"
#include "soundlake/serve/gzip.hpp"

#include <gmock/gmock.h>

#include <optional>

namespace soundlake::serve {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class AppTest : public testing::Test {
 protected:
  AppTest() : page_(gzip("<!doctype html>the page")), script_(gzip("the script")) {
    auto lake = std::make_shared<Loaded>();
    stats::Sources sources;
    sources.timezone = "Europe/Berlin";
    lake->data = stats::make_dataset([] { return std::optional<lake::PlayBatch>(); }, sources);
    lake->generation = "one";
    lake_ = lake;
    Guard guard(8787, {});
    cookie_ = guard.set_cookie().substr(0, guard.set_cookie().find(';'));
    token_ = guard.token().reveal();
    app_.emplace(std::move(guard),
                 App::Parts{.lake = [this] { return lake_; },
                            .clock = base::fixed_clock(*base::parse_utc("2026-11-20T12:00:00Z")),
                            .assets = {{"/index.html", "text/html", page_},
                                       {"/assets/main-1.js", "text/javascript", script_}},
                            .token_used = [this](const std::string& path) { next_ = path; }});
  }

  net::ServerResponse get(const std::string& target, net::Headers headers = {}, bool known = true,
                          const std::string& method = "GET") {
    const auto question = std::min(target.find('?'), target.size());
    net::ServerRequest request;
    request.method = method;
    request.path = net::url_decode(target.substr(0, question), false);
    request.raw_query = target.substr(std::min(question + 1, target.size()));
    request.query = net::parse_query(request.raw_query);
    request.headers = std::move(headers);
    if (!net::find_header(request.headers, "Host"))
      request.headers.emplace_back("Host", "127.0.0.1:8787");
    if (known) request.headers.emplace_back("Cookie", cookie_);
    return app_->answer(request);
  }
  static std::string header(const net::ServerResponse& response, const char* name) {
    return net::find_header(response.headers, name).value_or("");
  }

  std::string page_;
  std::string script_;
  std::shared_ptr<const Loaded> lake_;
  std::string cookie_;
  std::string token_;
  std::string next_;
  std::optional<App> app_;
};

TEST_F(AppTest, AnswersHealthToAnybodyOnThisMachine) {
  const auto health = get("/api/v1/health", {}, false);
  EXPECT_EQ(health.status, 200);
  EXPECT_THAT(health.body, HasSubstr(R"("status":"ok")"));
  EXPECT_EQ(get("/api/v1/health", {{"Host", "evil.example"}}, false).status, 403);
}

TEST_F(AppTest, GivesStrangersNothing) {
  for (const auto* target : {"/", "/listening", "/assets/main-1.js", "/api/v1/stats/totals",
                             "/api/v1/pages/overview", "/api/v1/", "/nothing"}) {
    const auto answer = get(target, {}, false);
    EXPECT_EQ(answer.status, 401) << target;
    EXPECT_EQ(answer.content_type, "application/problem+json") << target;
    EXPECT_THAT(answer.body, Not(HasSubstr(token_))) << target;
  }
  EXPECT_EQ(get("/api/v1/stats/totals", {{"Origin", "https://evil.example"}}).status, 403);
}

TEST_F(AppTest, LetsOneBrowserInByTheTokenAndTakesItOutOfTheAddress) {
  const auto wrong = get("/?token=wrong", {}, false);
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(header(wrong, "Set-Cookie"), "");
  const auto entered = get("/listening?year=2025&token=" + token_, {}, false);
  EXPECT_EQ(entered.status, 303);
  EXPECT_EQ(header(entered, "Location"), "/listening?year=2025");
  EXPECT_THAT(header(entered, "Set-Cookie"),
              AllOf(HasSubstr(cookie_), HasSubstr("HttpOnly"), HasSubstr("SameSite=Strict")));
  EXPECT_EQ(get("/?token=" + token_, {}, false).status, 401);
  EXPECT_EQ(get(next_, {}, false).status, 303);
}

TEST_F(AppTest, NeverSendsABrowserElsewhere) {
  EXPECT_EQ(header(get("//evil.example/?token=" + token_, {}, false), "Location"), "/");
}

TEST_F(AppTest, OpensNoPathOfTheAddress) {
  for (const auto* target : {"/../etc/passwd", "/%2e%2e/etc/passwd", "/assets/../index.html",
                             "/assets/%2e%2e/index.html", "/etc/passwd", "/assets/",
                             "//assets/main-1.js", "/assets/main-1.js%00"})
    EXPECT_EQ(get(target).status, 404) << target;
}

TEST_F(AppTest, ServesThePagePackedOrNotUnderAStrictPolicy) {
  const auto plain = get("/");
  EXPECT_EQ(plain.status, 200);
  EXPECT_EQ(plain.body, "<!doctype html>the page");
  EXPECT_THAT(header(plain, "Content-Security-Policy"),
              AllOf(HasSubstr("default-src 'none'"), Not(HasSubstr("unsafe"))));
  EXPECT_EQ(header(plain, "X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(header(plain, "Cache-Control"), "private, no-cache");
  const auto packed = get("/assets/main-1.js", {{"Accept-Encoding", "gzip"}});
  EXPECT_EQ(packed.body, script_);
  EXPECT_EQ(header(packed, "Content-Encoding"), "gzip");
  EXPECT_THAT(header(packed, "Cache-Control"), HasSubstr("immutable"));
  EXPECT_EQ(get("/", {{"If-None-Match", header(plain, "ETag")}}).status, 304);
}

TEST_F(AppTest, ConfirmsAnAnswerUntilTheLakeOrTheQuestionChanges) {
  const auto first = get("/api/v1/stats/totals?year=2025");
  EXPECT_EQ(first.status, 200);
  const net::Headers known{{"If-None-Match", header(first, "ETag")}};
  EXPECT_EQ(get("/api/v1/stats/totals?year=2025", known).status, 304);
  EXPECT_EQ(get("/api/v1/stats/totals?year=2024", known).status, 200);
  auto next = std::make_shared<Loaded>(*lake_);
  next->generation = "two";
  lake_ = next;
  EXPECT_EQ(get("/api/v1/stats/totals?year=2025", known).status, 200);
}

TEST_F(AppTest, TellsWhatIsWrongWithAQuestion) {
  for (const auto* target :
       {"/api/v1/stats/nothing", "/api/v1/stats/totals?from=2025-02-01&to=2025-01-01",
        "/api/v1/stats/totals?year=huge", "/api/v1/stats/totals?year=-99999999999999999999",
        "/api/v1/stats/totals?nonsense=1", "/api/v1/stats/totals?artist=nobody",
        "/api/v1/pages/overview?rule=%ff%fe", "/api/v1/pages/listening?limit=0x"}) {
    const auto answer = get(target);
    EXPECT_EQ(answer.status, 400) << target;
    EXPECT_EQ(answer.content_type, "application/problem+json");
    const auto problem = base::JsonDocument::parse(answer.body, "the problem");
    EXPECT_EQ(problem.root()["status"].integer(), 400);
    EXPECT_TRUE(problem.root()["detail"].text().has_value());
  }
  EXPECT_EQ(get("/api/v1/pages/nothing").status, 404);
  EXPECT_EQ(get("/api/v1/").status, 404);
  const auto post = get("/api/v1/stats/totals", {}, true, "POST");
  EXPECT_EQ(post.status, 405);
  EXPECT_EQ(header(post, "Allow"), "GET, HEAD");
}

TEST_F(AppTest, GivesEveryPageOfALakeWithoutPlays) {
  for (const std::string page : {"overview", "listening", "trends", "habits", "podcasts", "data"}) {
    const auto answer = get("/api/v1/pages/" + page);
    ASSERT_EQ(answer.status, 200) << page << answer.body;
    const auto json = base::JsonDocument::parse(answer.body, page);
    EXPECT_EQ(json.root()["page"].text(), page);
    EXPECT_EQ(json.root()["today"].text(), "2026-11-20");
    for (const auto& [id, view] : json.root()["views"].members())
      EXPECT_TRUE(view["answer"]["rows"].is_array()) << page << " " << id;
  }
}

}  // namespace
}  // namespace soundlake::serve
