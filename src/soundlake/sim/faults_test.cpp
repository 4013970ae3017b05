// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/faults.hpp"

#include "soundlake/base/files.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/sim/spotify_fixture.hpp"

#include <gmock/gmock.h>

namespace soundlake::sim {
namespace {

using nlohmann::ordered_json;
using testing::HasSubstr;

class FaultsTest : public SpotifyFixture {
 protected:
  net::ServerResponse top_with(const Fault& fault) {
    spotify().add_fault(fault);
    return get("/me/top/artists?limit=5");
  }
  net::ServerResponse top_with(const std::string& kind) {
    Fault fault;
    fault.kind = kind;
    fault.path = "/v1/*";
    return top_with(fault);
  }
};

TEST(FaultKinds, StandOnThePageOfTheSimulator) {
  const auto page = base::read_file(SIMULATOR_PAGE);
  ASSERT_TRUE(page);
  std::string table = "| kind | what happens |\n|---|---|\n";
  for (const auto& kind : fault_kinds())
    table += std::string("| `") + kind.name + "` | " + kind.what + " |\n";
  EXPECT_THAT(*page, HasSubstr(table));
}

TEST(FaultPattern, MatchesAnyRunOfCharacters) {
  EXPECT_TRUE(matches("*", ""));
  EXPECT_TRUE(matches("/v1/artists/*/albums", "/v1/artists/abc/albums"));
  EXPECT_FALSE(matches("/v1/artists/*/albums", "/v1/artists/abc/albums/x"));
  EXPECT_FALSE(matches("/v1/artists/*", "/v1/albums/abc"));
  EXPECT_TRUE(matches("*a*b*", "xaabyb"));
  EXPECT_FALSE(matches("*a*b", "xaabyc"));
  EXPECT_TRUE(matches("/v1/me", "/v1/me"));
}

TEST(Faults, HitTheWantedRequestsOnly) {
  Faults faults;
  Fault fault;
  fault.method = "GET";
  fault.path = "/v1/me*";
  fault.after = 1;
  fault.times = 2;
  faults.add(fault);
  EXPECT_FALSE(faults.strike("POST", "/v1/me"));
  EXPECT_FALSE(faults.strike("GET", "/v1/albums"));
  EXPECT_FALSE(faults.strike("GET", "/v1/me"));
  EXPECT_TRUE(faults.strike("GET", "/v1/me/top/artists"));
  EXPECT_TRUE(faults.strike("GET", "/v1/me"));
  EXPECT_EQ(faults.pending(), 0u);
  EXPECT_FALSE(faults.strike("GET", "/v1/me"));
}

TEST(Faults, ComeOneAfterTheOtherAndForEverWhenNegative) {
  Faults faults;
  Fault first;
  first.kind = "html";
  faults.add(first);
  Fault rest;
  rest.kind = "hang_up";
  rest.times = -1;
  faults.add(rest);
  EXPECT_EQ(faults.strike("GET", "/")->kind, "html");
  for (int i = 0; i < 9; ++i) EXPECT_EQ(faults.strike("GET", "/")->kind, "hang_up");
  EXPECT_EQ(faults.pending(), 1u);
  faults.clear();
  EXPECT_FALSE(faults.strike("GET", "/"));
}

TEST(Faults, AreRefusedWithTheNearestNameWhenUnknown) {
  Faults faults;
  Fault fault;
  fault.kind = "hangup";
  try {
    faults.add(fault);
    FAIL() << "was accepted";
  } catch (const Error& error) {
    EXPECT_THAT(error.hint(), HasSubstr("hang_up"));
  }
}

TEST_F(FaultsTest, AnswerInPlaceOfTheServiceWithTheBodiesPeopleReceived) {
  const std::vector<std::tuple<std::string, int, std::string>> cases = {
      {"status", 500, R"({"error":{"status":500}})"},
      {"html", 200, "<html>"},
      {"spurious_401", 401, "Missing/invalid/expired access token"},
      {"not_registered", 403,
       R"({"error":{"status":403,"message":"Check settings on developer.spotify.com)"},
      {"not_registered_text", 403, "Check settings on developer.spotify.com"},
      {"no_premium", 403, "Active premium subscription required"},
      {"rate_limit", 429, "API rate limit exceeded"},
      {"rate_limit_text", 429, "Too many requests"},
      {"quota", 429, "QUOTA_EXCEEDED"},
      {"empty_400", 400, ""},
      {"forbidden", 403, "Forbidden"}};
  for (const auto& [kind, status, text] : cases) {
    const auto response = top_with(kind);
    EXPECT_EQ(response.status, status) << kind;
    EXPECT_THAT(response.body, HasSubstr(text)) << kind;
  }
  EXPECT_TRUE(top_with("empty_400").body.empty());
  EXPECT_EQ(get("/me").status, 200);
}

TEST_F(FaultsTest, TellHowLongToWait) {
  EXPECT_EQ(net::find_header(top_with("rate_limit").headers, "Retry-After"), "1");
  EXPECT_EQ(net::find_header(top_with("quota").headers, "Retry-After"), "86400");
  EXPECT_EQ(net::find_header(top_with("rate_limit_text").headers, "Retry-After"), std::nullopt);
  Fault busy;
  busy.kind = "status";
  busy.status = 503;
  busy.retry_after = 7;
  busy.body = "busy";
  const auto response = top_with(busy);
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(response.body, "busy");
  EXPECT_EQ(net::find_header(response.headers, "Retry-After"), "7");
}

TEST_F(FaultsTest, DamageATrueAnswer) {
  const auto whole = get("/me/top/artists?limit=5");
  EXPECT_EQ(top_with("truncated").body, whole.body.substr(0, whole.body.size() / 2));
  const auto broken = top_with("bad_utf8");
  EXPECT_FALSE(base::is_utf8(broken.body));
  EXPECT_EQ(broken.body.size(), whole.body.size() + 2);
  const auto nulls = ordered_json::parse(top_with("null_items").body)["items"];
  EXPECT_TRUE(nulls[0].is_null());
  EXPECT_FALSE(nulls[1].is_null());
  const auto nameless = ordered_json::parse(top_with("null_names").body)["items"];
  EXPECT_TRUE(nameless[0]["name"].is_null());
  EXPECT_FALSE(nameless[1]["name"].is_null());
  EXPECT_TRUE(ordered_json::parse(top_with("empty_items").body)["items"].empty());
  EXPECT_EQ(top_with("cut").delivery, net::ServerResponse::Delivery::cut_body);
  EXPECT_EQ(top_with("hang_up").delivery, net::ServerResponse::Delivery::hang_up);
  Fault slow;
  slow.kind = "delay";
  slow.delay = std::chrono::milliseconds(250);
  const auto late = top_with(slow);
  EXPECT_EQ(late.body, whole.body);
  EXPECT_EQ(late.delay, std::chrono::milliseconds(250));
}

TEST_F(FaultsTest, DamageBatchAnswersToo) {
  const auto track = first_track();
  Fault fault;
  fault.kind = "null_items";
  spotify().add_fault(fault);
  EXPECT_TRUE(get_json("/tracks?ids=" + track)["tracks"][0].is_null());
  fault.kind = "null_names";
  spotify().add_fault(fault);
  EXPECT_TRUE(get_json("/artists/" + first_artist())["name"].is_string());
}

TEST_F(FaultsTest, ReachTheTokenEndpoint) {
  Fault fault;
  fault.path = "/api/token";
  fault.status = 503;
  spotify().add_fault(fault);
  EXPECT_EQ(post_token({}).status, 503);
  EXPECT_EQ(post_token({}).status, 400);
}

}  // namespace
}  // namespace soundlake::sim
