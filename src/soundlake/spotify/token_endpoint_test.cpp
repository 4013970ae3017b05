// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/token_endpoint.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/spotify/fake_accounts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace soundlake::spotify {
namespace {
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;
using testing::SizeIs;

class TokenEndpoint : public testing::Test {
 protected:
  TokenAnswer exchange() {
    return exchange_code(home.client, app, base::Secret("c0de"), base::Secret("verifier"),
                         "http://127.0.0.1:8888/callback");
  }
  TokenAnswer renew(TokenMethod method = TokenMethod::pkce) {
    return refresh(home.client, app, method, base::Secret("old-refresh"));
  }
  template <class Action>
  Error failure(Action action) {
    try {
      action();
    } catch (const Error& error) {
      return error;
    }
    ADD_FAILURE() << "did not fail";
    return Error(ErrorKind::internal, "");
  }

  TestFolder folder{testing::TempDir()};
  FakeHome home{folder.path()};
  FakeAccounts accounts;
  App app = accounts.app();
};

TEST_F(TokenEndpoint, ExchangesWithVerifierAndClientIdWhenThereIsNoSecret) {
  accounts.tokens("access", "refresh");
  const TokenAnswer answer = exchange();
  EXPECT_EQ(answer.access_token.reveal(), "access");
  EXPECT_EQ(answer.refresh_token.reveal(), "refresh");
  EXPECT_EQ(answer.expires_at, FakeHome::start() + std::chrono::hours(1));
  EXPECT_EQ(answer.scopes, "user-top-read user-read-recently-played");
  ASSERT_THAT(accounts.calls(), SizeIs(1));
  EXPECT_EQ(accounts.calls()[0].path, "/api/token");
  EXPECT_EQ(accounts.calls()[0].authorization, "");
  EXPECT_THAT(
      accounts.calls()[0].form,
      ElementsAre(Pair("client_id", "app-one"), Pair("code", "c0de"),
                  Pair("code_verifier", "verifier"), Pair("grant_type", "authorization_code"),
                  Pair("redirect_uri", "http://127.0.0.1:8888/callback")));
}

TEST_F(TokenEndpoint, ExchangesWithVerifierAndBasicWhenThereIsASecret) {
  app.client_secret = base::Secret("hush");
  accounts.tokens("access", "refresh");
  exchange();
  EXPECT_EQ(accounts.calls()[0].authorization, "Basic " + base::base64("app-one:hush"));
  EXPECT_THAT(accounts.calls()[0].form,
              ElementsAre(Pair("code", "c0de"), Pair("code_verifier", "verifier"),
                          Pair("grant_type", "authorization_code"),
                          Pair("redirect_uri", "http://127.0.0.1:8888/callback")));
}

TEST_F(TokenEndpoint, RefreshesTheWayTheTokenWasGot) {
  app.client_secret = base::Secret("hush");
  accounts.tokens("access");
  renew(TokenMethod::pkce);
  renew(TokenMethod::pkce_and_secret);
  EXPECT_EQ(accounts.calls()[0].authorization, "");
  EXPECT_THAT(accounts.calls()[0].form,
              ElementsAre(Pair("client_id", "app-one"), Pair("grant_type", "refresh_token"),
                          Pair("refresh_token", "old-refresh")));
  EXPECT_EQ(accounts.calls()[1].authorization, "Basic " + base::base64("app-one:hush"));
  EXPECT_THAT(accounts.calls()[1].form, ElementsAre(Pair("grant_type", "refresh_token"),
                                                    Pair("refresh_token", "old-refresh")));
}

TEST_F(TokenEndpoint, NoNewRefreshTokenIsNoError) {
  accounts.tokens("access");
  EXPECT_TRUE(renew().refresh_token.empty());
  accounts.clear();
  accounts.answer(200, R"({"access_token":"a","refresh_token":null})");
  const TokenAnswer bare = renew();
  EXPECT_TRUE(bare.refresh_token.empty());
  EXPECT_EQ(bare.expires_at, home.time.now() + std::chrono::hours(1));
}

TEST_F(TokenEndpoint, AnExchangeWithoutRefreshTokenIsOfNoUse) {
  accounts.tokens("access");
  EXPECT_EQ(failure([&] { exchange(); }).kind(), ErrorKind::service);
}

TEST_F(TokenEndpoint, RevokedAndExpiredAskForASignIn) {
  for (const char* description : {"Refresh token revoked", "Refresh token expired", ""}) {
    accounts.clear();
    accounts.answer(400, std::string(R"({"error":"invalid_grant","error_description":")") +
                             description + "\"}");
    const Error error = failure([&] { renew(); });
    EXPECT_EQ(error.kind(), ErrorKind::sign_in);
    EXPECT_THAT(error.message(), HasSubstr("no longer accepts"));
    EXPECT_THAT(error.hint(), HasSubstr("soundlake login"));
  }
  EXPECT_THAT(accounts.calls(), SizeIs(3));  // final: never asked twice
}

TEST_F(TokenEndpoint, UnknownAppNamesTheSetting) {
  accounts.answer(400, R"({"error":"invalid_client","error_description":"Invalid client"})");
  const Error id = failure([&] { renew(); });
  EXPECT_EQ(id.kind(), ErrorKind::config);
  EXPECT_THAT(id.message(), HasSubstr("SPOTIFY_CLIENT_ID"));
  EXPECT_THAT(id.message(), Not(HasSubstr("SECRET")));
  app.client_secret = base::Secret("hush");
  EXPECT_THAT(failure([&] { exchange(); }).message(), HasSubstr("SPOTIFY_CLIENT_SECRET"));
  accounts.clear();
  accounts.answer(400, R"({"error":"invalid_client","error_description":"Invalid client secret"})");
  EXPECT_THAT(failure([&] { exchange(); }).message(),
              HasSubstr("does not accept SPOTIFY_CLIENT_SECRET"));
}

TEST_F(TokenEndpoint, UnregisteredRedirectNamesTheSetting) {
  accounts.answer(400, R"({"error":"invalid_grant","error_description":"Invalid redirect URI"})");
  const Error error = failure([&] { exchange(); });
  EXPECT_EQ(error.kind(), ErrorKind::config);
  EXPECT_THAT(error.hint(), HasSubstr("SPOTIFY_REDIRECT_URI"));
}

TEST_F(TokenEndpoint, TroubleThatPassesIsRetriedAndNeverASignOut) {
  accounts.answer(503, "<html>busy</html>");
  accounts.tokens("access");
  EXPECT_EQ(renew().access_token.reveal(), "access");
  accounts.clear();
  accounts.answer(500, "");
  const Error error = failure([&] { renew(); });
  EXPECT_EQ(error.kind(), ErrorKind::network);
  EXPECT_THAT(error.hint(), HasSubstr("stay signed in"));
}

TEST_F(TokenEndpoint, ALongWaitIsToldWithItsTime) {
  accounts.answer(429, R"({"error":"too_many_requests"})", {{"Retry-After", "7200"}});
  const Error error = failure([&] { renew(); });
  EXPECT_EQ(error.kind(), ErrorKind::network);
  EXPECT_THAT(error.message(), HasSubstr("2026-11-23T12:00:00Z"));
}

TEST_F(TokenEndpoint, ACodeIsNeverSentTwice) {
  accounts.answer(502, "");
  EXPECT_EQ(failure([&] { exchange(); }).kind(), ErrorKind::network);
  EXPECT_THAT(accounts.calls(), SizeIs(1));
}

TEST_F(TokenEndpoint, UnreachableServiceIsANetworkError) {
  app.accounts_url = "http://127.0.0.1:1";
  EXPECT_EQ(failure([&] { renew(); }).kind(), ErrorKind::network);
}

TEST_F(TokenEndpoint, UnreadableAnswersAreErrorsOfTheServiceWithoutTheirText) {
  const std::pair<int, const char*> answers[] = {
      {200, ""},
      {200, "<html>leaky-text</html>"},
      {200, R"({"access_token":""})"},
      {200, R"(["leaky-text"])"},
      {400, ""},
      {403, "leaky-text"},
      {400, R"({"error":{"status":400,"message":"leaky-text"}})"},
      {400, R"({"error":"unsupported_grant_type"})"}};
  for (const auto& [status, body] : answers) {
    accounts.clear();
    accounts.answer(status, body);
    const Error error = failure([&] { renew(); });
    EXPECT_EQ(error.kind(), ErrorKind::service) << status << " " << body;
    EXPECT_THAT(error.message() + error.hint(), Not(HasSubstr("leaky")));
  }
}

TEST_F(TokenEndpoint, NoErrorShowsASecret) {
  app.client_secret = base::Secret("hush-secret");
  for (const int status : {400, 429, 500}) {
    for (const char* error_word : {"invalid_grant", "invalid_client", "other"}) {
      accounts.clear();
      accounts.answer(status,
                      std::string(R"({"error":")") + error_word +
                          R"(","error_description":"c0de verifier old-refresh hush-secret"})");
      for (const bool exchanging : {true, false}) {
        const Error error =
            failure([&] { exchanging ? exchange() : renew(TokenMethod::pkce_and_secret); });
        for (const char* secret : {"c0de", "verifier", "old-refresh", "hush-secret"}) {
          EXPECT_THAT(error.message() + error.hint(), Not(HasSubstr(secret)));
        }
      }
    }
  }
}

}  // namespace
}  // namespace soundlake::spotify
