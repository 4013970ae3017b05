// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/simulation.hpp"

#include "soundlake/base/database.hpp"
#include "soundlake/base/json.hpp"
#include "soundlake/net/client.hpp"
#include "soundlake/sim/spotify_sim.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace soundlake::sim {
namespace {

class SimulationTest : public testing::Test {
 protected:
  static SimulationOptions small() {
    SimulationOptions options;
    options.artists = 12;
    options.plays = 800;
    return options;
  }

  void SetUp() override {
    net::ServiceLimits limits;
    limits.requests_per_second = 1'000;
    limits.burst = 100;
    limits.tries = 1;
    client_.add_service("spotify", limits);
    simulation_.start();
  }

  net::Request request(const std::string& target) {
    net::Request made;
    made.service = "spotify";
    made.url = simulation_.api_url() + target;
    made.bearer = token_;
    return made;
  }
  void sign_in() {
    net::Request made;
    made.service = "spotify";
    made.method = "POST";
    made.url = simulation_.accounts_url() + "/api/token";
    made.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    made.body = net::url_query({{"grant_type", "refresh_token"},
                                {"refresh_token", simulation_.refresh_token().reveal()},
                                {"client_id", simulation_.client_id()}});
    const auto response = client_.fetch(made);
    ASSERT_TRUE(response.ok()) << response.problem << response.body;
    const auto tokens = base::JsonDocument::parse(response.body, "the tokens");
    token_ = base::Secret(tokens.root()["access_token"].text().value_or(""));
  }

  base::Database state_ = base::Database::in_memory();
  net::Closures closures_{state_};
  net::ResponseCache cache_{state_};
  net::Client client_{{.user_agent = "soundlake test"}, closures_, cache_};
  Simulation simulation_{small()};
  base::Secret token_;
};

TEST_F(SimulationTest, ServesSignInAndApiOverLoopback) {
  sign_in();
  const auto response = client_.fetch(request("/me/top/artists?limit=50"));
  ASSERT_TRUE(response.ok()) << response.problem;
  const auto body = base::JsonDocument::parse(response.body, "the answer");
  EXPECT_FALSE(body.root()["items"].items().empty());
  EXPECT_EQ(simulation_.spotify().requests().size(), 2u);
}

TEST_F(SimulationTest, SeesRequestsThatWaitAtTheSameTime) {
  sign_in();
  simulation_.spotify().change({.latency = std::chrono::milliseconds(300)});
  int done = 0;
  for (int i = 0; i < 8; ++i)
    client_.send(request("/me"), [&done](const net::Response& response) { done += response.ok(); });
  client_.run();
  EXPECT_EQ(done, 8);
  EXPECT_GT(simulation_.spotify().peak_in_flight(), 1);
}

TEST_F(SimulationTest, EndsConnectionsAsScripted) {
  sign_in();
  for (const char* kind : {"hang_up", "cut"}) {
    Fault fault;
    fault.kind = kind;
    fault.times = -1;
    simulation_.spotify().clear_faults();
    simulation_.spotify().add_fault(fault);
    EXPECT_EQ(client_.fetch(request("/me")).outcome, net::Outcome::failed) << kind;
  }
  simulation_.spotify().clear_faults();
  EXPECT_TRUE(client_.fetch(request("/me")).ok());
}

}  // namespace
}  // namespace soundlake::sim
