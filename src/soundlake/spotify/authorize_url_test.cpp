// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/authorize_url.hpp"

#include "soundlake/net/http.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace soundlake::spotify {
namespace {
using testing::ElementsAre;
using testing::Pair;

std::map<std::string, std::string> asked(const App& app) {
  const std::string url =
      authorize_url(app, "http://127.0.0.1:8888/callback", "the-state", "the-challenge");
  EXPECT_EQ(url.substr(0, url.find('?')), "https://accounts.spotify.com/authorize");
  return net::parse_query(url.substr(url.find('?') + 1));
}

TEST(AuthorizeUrl, AsksWithPkceAndForTheTwoRightsOnly) {
  EXPECT_THAT(asked({.client_id = "abc"}),
              ElementsAre(Pair("client_id", "abc"), Pair("code_challenge", "the-challenge"),
                          Pair("code_challenge_method", "S256"),
                          Pair("redirect_uri", "http://127.0.0.1:8888/callback"),
                          Pair("response_type", "code"),
                          Pair("scope", "user-top-read user-read-recently-played"),
                          Pair("state", "the-state")));
}

TEST(AuthorizeUrl, IsTheSameWithASecretAndNeverHoldsIt) {
  const App app{.client_id = "abc", .client_secret = base::Secret("hush")};
  EXPECT_EQ(asked(app), asked({.client_id = "abc"}));
}

TEST(AuthorizeUrl, EveryRightSaysWhatItIsFor) {
  for (const Scope& scope : scopes()) EXPECT_GT(scope.why.size(), 20u) << scope.name;
}

TEST(AuthorizeUrl, StateIsAtLeast128RandomBitsThatNeedNoEncoding) {
  const std::string state = make_state();
  EXPECT_GE(state.size() * 6, 128u);
  EXPECT_EQ(net::url_encode(state), state);
  EXPECT_NE(state, make_state());
}

}  // namespace
}  // namespace soundlake::spotify
