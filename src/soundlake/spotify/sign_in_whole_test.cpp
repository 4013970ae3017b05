// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/error.hpp"
#include "soundlake/sim/simulation.hpp"
#include "soundlake/spotify/fake_accounts.hpp"
#include "soundlake/spotify/session.hpp"
#include "soundlake/spotify/sign_in.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace soundlake::spotify {
namespace {

/// The whole way, against the simulated accounts service, which checks what Spotify checks.
class SignInWhole : public testing::Test {
 protected:
  SignInWhole() {
    app.client_id = simulation.client_id();
    app.accounts_url = simulation.accounts_url();
    app.redirect_uri = "http://127.0.0.1/callback";
    options.input = -1;
    options.say = [](const std::string&) {};
    options.open_browser = [this](const std::string& url) {
      // The person agrees at once: the page answers with the way back to us.
      const auto page = visit(url);
      EXPECT_EQ(page.status, 303);
      EXPECT_EQ(visit(net::find_header(page.headers, "Location").value_or("")).status, 200);
      return true;
    };
    home.client.add_service("browser", {});
    simulation.start();
  }
  net::Response visit(const std::string& url) {
    net::Request request;
    request.service = "browser";
    request.url = url;
    return home.client.fetch(request);
  }
  /// A token comes, and another one an hour later.
  void expect_standing(const App& with) {
    Session session(with, home.store, home.client, home.time.clock());
    const auto first = session.token();
    EXPECT_FALSE(first.empty());
    let_pass(std::chrono::hours(1));
    EXPECT_NE(session.token(), first);
  }
  void let_pass(std::chrono::hours time) {
    home.time.advance(time);
    sim_now = base::to_unix_ms(home.time.now());
  }
  sim::SimulationOptions small() {
    sim::SimulationOptions small;
    small.artists = 12;
    small.plays = 100;
    small.clock = [this] { return base::from_unix_ms(sim_now); };
    return small;
  }

  TestFolder folder{testing::TempDir()};
  FakeHome home{folder.path()};
  std::atomic<std::int64_t> sim_now = base::to_unix_ms(FakeHome::start());  ///< read by its thread
  sim::Simulation simulation{small()};
  App app;
  SignInOptions options;
};

TEST_F(SignInWhole, SignsInAndStaysSignedInWithPkceAlone) {
  sign_in(app, home.store, home.client, home.time.clock(), options);
  expect_standing(app);
}

TEST_F(SignInWhole, SignsInAndStaysSignedInWithASecret) {
  app.client_secret = simulation.client_secret();
  sign_in(app, home.store, home.client, home.time.clock(), options);
  expect_standing(app);
}

TEST_F(SignInWhole, StaysSignedInFromTheSettingAlone) {
  app.refresh_token = simulation.refresh_token();
  expect_standing(app);
}

TEST_F(SignInWhole, AWrongSecretIsToldAsSuch) {
  app.client_secret = base::Secret("wrong");
  try {
    sign_in(app, home.store, home.client, home.time.clock(), options);
    FAIL() << "was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::config);
    EXPECT_NE(error.message().find("SPOTIFY_CLIENT_SECRET"), std::string::npos);
  }
  EXPECT_FALSE(home.store.load());
}

TEST_F(SignInWhole, AfterSixMonthsAPersonHasToSignInAgain) {
  sign_in(app, home.store, home.client, home.time.clock(), options);
  let_pass(std::chrono::hours(24 * 185));
  Session session(app, home.store, home.client, home.time.clock());
  try {
    session.token();
    FAIL() << "was given";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::sign_in);
  }
  sign_in(app, home.store, home.client, home.time.clock(), options);
  expect_standing(app);
}

}  // namespace
}  // namespace soundlake::spotify
