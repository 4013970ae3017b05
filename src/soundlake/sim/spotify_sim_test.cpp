// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/spotify_sim.hpp"

#include "soundlake/sim/spotify_fixture.hpp"

#include <gmock/gmock.h>

namespace soundlake::sim {
namespace {

using nlohmann::ordered_json;
using testing::HasSubstr;

class SpotifySimTest : public SpotifyFixture {
 protected:
  ordered_json control(const std::string& method, const std::string& name,
                       const std::string& body = {}, int status = 200) {
    const auto response = ask(method, "/_sim/" + name, {}, body);
    EXPECT_EQ(response.status, status) << response.body;
    return ordered_json::parse(response.body);
  }
};

TEST_F(SpotifySimTest, ClosesTheAlbumsQuotaAfterAHundredRequestsADay) {
  be(AppClass::restricted);
  const auto target = "/artists/" + first_artist() + "/albums";
  for (int i = 0; i < 100; ++i) ASSERT_EQ(get(target).status, 200) << i;
  const auto closed = get(target);
  EXPECT_EQ(closed.status, 429);
  EXPECT_EQ(closed.body,
            R"({"error":{"status":429,"message":"Too many requests","reason":"QUOTA_EXCEEDED"}})");
  EXPECT_EQ(net::find_header(closed.headers, "retry-after"), "86400");
  EXPECT_EQ(get("/artists/" + first_artist()).status, 200);
}

TEST_F(SpotifySimTest, SetsNoQuotaForAnExtendedApp) {
  const auto target = "/artists/" + first_artist() + "/albums?limit=1";
  for (int i = 0; i < 120; ++i) ASSERT_EQ(get(target).status, 200) << i;
}

TEST_F(SpotifySimTest, ListsTheProductsRequestsButNotItsOwn) {
  get("/me/top/artists?limit=1&time_range=short_term");
  Fault fault;
  fault.kind = "hang_up";
  spotify().add_fault(fault);
  get("/me");
  const auto log = control("GET", "requests");
  ASSERT_EQ(log["total"], 3);
  EXPECT_EQ(log["requests"][0]["bucket"], "accounts");
  EXPECT_EQ(log["requests"][0]["method"], "POST");
  EXPECT_EQ(log["requests"][1], ordered_json({{"at", "2026-11-20T12:00:00Z"},
                                              {"method", "GET"},
                                              {"path", "/v1/me/top/artists"},
                                              {"query", "limit=1&time_range=short_term"},
                                              {"bucket", "top"},
                                              {"status", 200}}));
  EXPECT_EQ(log["requests"][2]["status"], 0);
}

TEST_F(SpotifySimTest, CountsHowManyRequestsWaitAtTheSameTime) {
  for (int i = 0; i < 3; ++i) get("/me");
  EXPECT_EQ(control("GET", "requests")["peak_in_flight"], 1);
  control("POST", "options", R"({"latency_ms": 3600000})");
  for (int i = 0; i < 3; ++i) get("/me");
  EXPECT_EQ(control("GET", "requests")["peak_in_flight"], 3);
}

TEST_F(SpotifySimTest, TakesFaultsAsJson) {
  control(
      "POST", "faults",
      R"([{"path": "/v1/me", "status": 418, "body": {"tea": true}, "headers": {"x-pot": "1"}, "times": 1},
              {"path": "/v1/me", "kind": "quota", "retry_after": 40}])");
  const auto first = get("/me");
  EXPECT_EQ(first.status, 418);
  EXPECT_EQ(first.body, R"({"tea":true})");
  EXPECT_EQ(net::find_header(first.headers, "X-Pot"), "1");
  EXPECT_EQ(net::find_header(get("/me").headers, "retry-after"), "40");
  EXPECT_EQ(get("/me").status, 200);
  control("POST", "faults", R"({"times": -1})");
  EXPECT_EQ(get("/me").status, 500);
  control("DELETE", "faults");
  EXPECT_EQ(get("/me").status, 200);
}

TEST_F(SpotifySimTest, MovesItsClock) {
  EXPECT_EQ(control("POST", "clock", R"({"advance_s": 86400})")["now"], "2026-11-21T12:00:00Z");
  EXPECT_EQ(control("POST", "clock", R"({"now": "2026-12-01T00:00:00Z"})")["now"],
            "2026-12-01T00:00:00Z");
  const auto back = control("POST", "clock", R"({"now": "2026-11-20T11:00:00Z"})", 400);
  EXPECT_THAT(back["error"].get<std::string>(), HasSubstr("cannot go back"));
}

TEST_F(SpotifySimTest, ChangesItsOptionsAndShowsThem) {
  const auto state = control(
      "POST", "options",
      R"({"app_class": "postponed", "ceilings": {"artist-albums": 0, "me": 1}, "window_ceiling": 9,
                                 "album_page_limit": 10, "rotate": true})");
  EXPECT_EQ(state["app_class"], "postponed");
  EXPECT_EQ(state["quotas"]["artist-albums"]["ceiling"], 0);
  EXPECT_EQ(state["quotas"]["artists"]["ceiling"], 600);
  EXPECT_EQ(state["window_ceiling"], 9);
  EXPECT_EQ(state["album_page_limit"], 10);
  EXPECT_EQ(state["rotate"], true);
  EXPECT_EQ(control("GET", "state"), state);
  get("/me");
  EXPECT_EQ(get("/me").status, 429);
}

TEST_F(SpotifySimTest, ForgetsRequestsQuotasAndFaultsOnReset) {
  control("POST", "options", R"({"ceilings": {"me": 1}})");
  get("/me");
  control("POST", "faults", R"({"times": -1})");
  control("POST", "reset", "{}");
  EXPECT_EQ(control("GET", "requests")["total"], 0);
  EXPECT_EQ(get("/me").status, 200);
  EXPECT_EQ(get("/me").status, 429);
}

TEST_F(SpotifySimTest, SaysWhatItDoesNotUnderstand) {
  EXPECT_THAT(control("POST", "faults", R"({"kind": "hangup"})", 400)["hint"].get<std::string>(),
              HasSubstr("hang_up"));
  EXPECT_THAT(control("POST", "faults", R"({"pth": "*"})", 400)["hint"].get<std::string>(),
              HasSubstr("path"));
  EXPECT_THAT(control("POST", "options", R"({"app_class": "old"})", 400)["hint"].get<std::string>(),
              HasSubstr("restricted"));
  for (const char* body : {"", "[", "3", R"({"latency_ms": "long"})", R"({"deny": 1})"})
    control("POST", "options", body, 400);
  control("POST", "clock", "{}", 400);
  control("GET", "elsewhere", "", 400);
}

}  // namespace
}  // namespace soundlake::sim
