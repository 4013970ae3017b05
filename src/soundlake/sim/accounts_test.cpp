// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/accounts.hpp"

#include "soundlake/base/hash.hpp"
#include "soundlake/sim/spotify_fixture.hpp"

#include <gmock/gmock.h>

namespace soundlake::sim {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const std::string kVerifier = "a-verifier-of-at-least-forty-three-characters";
const std::string kRedirect = "http://127.0.0.1:43210/callback";

class AccountsTest : public SpotifyFixture {
 protected:
  Form question() {
    return {{"client_id", spotify().client_id()},
            {"response_type", "code"},
            {"redirect_uri", kRedirect},
            {"state", "s 1/2"},
            {"scope", "user-top-read user-read-private"},
            {"code_challenge_method", "S256"},
            {"code_challenge", base::base64url(base::sha256_raw(kVerifier))}};
  }
  static Form with(Form form, const std::string& name, const std::string& value) {
    for (auto& [known, text] : form)
      if (known == name) text = value;
    return form;
  }
  static Form without(Form form, const std::string& name) {
    std::erase_if(form, [&](const auto& entry) { return entry.first == name; });
    return form;
  }
  net::ServerResponse authorize(const Form& form) {
    return ask("GET", "/authorize?" + net::url_query(form));
  }
  std::map<std::string, std::string> callback(const Form& form) {
    const auto response = authorize(form);
    EXPECT_EQ(response.status, 303) << response.body;
    const auto location = net::find_header(response.headers, "Location").value_or("");
    EXPECT_THAT(location, StartsWith(kRedirect + "?"));
    return net::parse_query(location.substr(location.find('?') + 1));
  }
  std::string code() { return callback(question()).at("code"); }
  Form exchange(const std::string& code) {
    return {{"grant_type", "authorization_code"},
            {"code", code},
            {"redirect_uri", kRedirect},
            {"client_id", spotify().client_id()},
            {"code_verifier", kVerifier}};
  }
  net::Headers basic() {
    return {{"Authorization", "Basic " + base::base64(spotify().client_id() + ":" +
                                                      spotify().client_secret().reveal())}};
  }
  Form refresh(const std::string& token) {
    return {{"grant_type", "refresh_token"},
            {"refresh_token", token},
            {"client_id", spotify().client_id()}};
  }
  static nlohmann::json json(const net::ServerResponse& response) {
    return nlohmann::json::parse(response.body);
  }
};

TEST_F(AccountsTest, SendsThePersonBackWithCodeAndState) {
  const auto answer = callback(question());
  EXPECT_EQ(answer.at("state"), "s 1/2");
  EXPECT_FALSE(answer.at("code").empty());
}

TEST_F(AccountsTest, SendsThePersonBackWithAnErrorWhenTheyRefuse) {
  spotify().change({.deny = true});
  const auto answer = callback(question());
  EXPECT_EQ(answer.at("error"), "access_denied");
  EXPECT_EQ(answer.at("state"), "s 1/2");
  EXPECT_FALSE(answer.contains("code"));
}

TEST_F(AccountsTest, AcceptsTheRegisteredRedirectOnAnyLoopbackPortOnly) {
  for (const char* good :
       {"http://127.0.0.1/callback", "http://127.0.0.1:1/callback", "http://[::1]:8888/callback"})
    EXPECT_EQ(authorize(with(question(), "redirect_uri", good)).status, 303) << good;
  for (const char* bad :
       {"http://127.0.0.1:8888/callback/", "http://127.0.0.1:8888/Callback",
        "https://127.0.0.1/callback", "http://127.0.0.1:8888@evil.example/callback", ""})
    EXPECT_EQ(authorize(with(question(), "redirect_uri", bad)).body,
              "INVALID_CLIENT: Invalid redirect URI")
        << bad;
  for (const char* bad : {"http://localhost:8888/callback", "http://192.168.1.2/callback"})
    EXPECT_EQ(authorize(with(question(), "redirect_uri", bad)).body,
              "INVALID_CLIENT: Insecure redirect URI")
        << bad;
}

TEST_F(AccountsTest, RefusesAnUnknownAppAndThePlainChallenge) {
  EXPECT_EQ(authorize(with(question(), "client_id", "else")).body,
            "INVALID_CLIENT: Invalid client");
  EXPECT_EQ(authorize(with(question(), "code_challenge_method", "plain")).status, 400);
  EXPECT_EQ(authorize(with(question(), "response_type", "token")).status, 400);
}

TEST_F(AccountsTest, GivesTokensForACodeWithItsVerifier) {
  const auto response = post_token(exchange(code()));
  ASSERT_EQ(response.status, 200) << response.body;
  const auto tokens = json(response);
  EXPECT_EQ(tokens["token_type"], "Bearer");
  EXPECT_EQ(tokens["expires_in"], 3600);
  EXPECT_EQ(tokens["scope"], "user-top-read user-read-private");
  EXPECT_FALSE(tokens["refresh_token"].get<std::string>().empty());
  const auto me = ask("GET", "/v1/me",
                      {{"authorization", "Bearer " + tokens["access_token"].get<std::string>()}});
  EXPECT_EQ(me.status, 200);
  EXPECT_TRUE(json(me).contains("country"));
}

TEST_F(AccountsTest, TakesACodeOnce) {
  const auto form = exchange(code());
  EXPECT_EQ(post_token(form).status, 200);
  const auto second = post_token(form);
  EXPECT_EQ(second.status, 400);
  EXPECT_EQ(json(second)["error"], "invalid_grant");
}

TEST_F(AccountsTest, RefusesWrongVerifierRedirectAndLateCode) {
  EXPECT_EQ(
      json(post_token(with(exchange(code()), "code_verifier", std::string(50, 'x'))))["error"],
      "invalid_grant");
  EXPECT_EQ(json(post_token(without(exchange(code()), "code_verifier")))["error"], "invalid_grant");
  EXPECT_EQ(json(post_token(
                with(exchange(code()), "redirect_uri", "http://127.0.0.1:9/callback")))["error"],
            "invalid_grant");
  const auto late = code();
  spotify().advance(std::chrono::minutes(11));
  EXPECT_EQ(json(post_token(exchange(late)))["error"], "invalid_grant");
}

TEST_F(AccountsTest, NeedsTheSecretWithoutPkceAndThenForRefreshingToo) {
  const auto plain = without(question(), "code_challenge");
  EXPECT_EQ(json(post_token(exchange(callback(plain).at("code"))))["error"], "invalid_client");
  const auto response = post_token(exchange(callback(plain).at("code")), basic());
  ASSERT_EQ(response.status, 200) << response.body;
  const std::string token = json(response)["refresh_token"];
  EXPECT_EQ(json(post_token(refresh(token)))["error"], "invalid_client");
  EXPECT_EQ(post_token(refresh(token), basic()).status, 200);
}

TEST_F(AccountsTest, RefusesAWrongSecretOrAppWithTheFlatShape) {
  const auto wrong =
      post_token(exchange(code()), {{"Authorization", "Basic " + base::base64("a:b")}});
  EXPECT_EQ(wrong.status, 400);
  EXPECT_EQ(json(wrong), nlohmann::json({{"error", "invalid_client"},
                                         {"error_description", "Invalid client secret"}}));
  EXPECT_EQ(json(post_token(with(refresh("x"), "client_id", "else")))["error_description"],
            "Invalid client");
  EXPECT_EQ(json(post_token(refresh("x")))["error_description"], "Invalid refresh token");
}

TEST_F(AccountsTest, KeepsTheRefreshTokenUnlessToldToRotate) {
  const auto token = spotify().refresh_token().reveal();
  EXPECT_FALSE(json(post_token(refresh(token))).contains("refresh_token"));
  spotify().change({.rotate = true});
  const std::string next = json(post_token(refresh(token)))["refresh_token"];
  EXPECT_NE(next, token);
  EXPECT_EQ(json(post_token(refresh(token)))["error_description"], "Refresh token revoked");
  EXPECT_EQ(post_token(refresh(next)).status, 200);
}

TEST_F(AccountsTest, EndsRefreshTokensSixMonthsAfterTheSignIn) {
  const auto token = spotify().refresh_token().reveal();  // given on 20 November
  spotify().advance(*base::parse_utc("2027-05-20T11:59:59Z") - spotify().now());
  EXPECT_EQ(post_token(refresh(token)).status, 200);
  spotify().advance(std::chrono::seconds(1));
  EXPECT_EQ(json(post_token(refresh(token)))["error_description"], "Refresh token expired");
}

TEST_F(AccountsTest, RevokesWhatWasGivenButNotWhatComesAfter) {
  spotify().change({.revoke = true});
  EXPECT_EQ(json(post_token(refresh(spotify().refresh_token().reveal())))["error_description"],
            "Refresh token revoked");
  EXPECT_EQ(post_token(exchange(code())).status, 200);
}

TEST_F(AccountsTest, EndsAccessTokensAfterAnHour) {
  EXPECT_EQ(get("/me").status, 200);
  spotify().advance(std::chrono::minutes(59));
  EXPECT_EQ(get("/me").status, 200);
  spotify().advance(std::chrono::minutes(1));
  const auto expired = get("/me");
  EXPECT_EQ(expired.status, 401);
  EXPECT_THAT(net::find_header(expired.headers, "www-authenticate").value_or(""),
              HasSubstr("invalid_token"));
  EXPECT_THAT(expired.body, HasSubstr("Missing/invalid/expired access token"));
}

TEST_F(AccountsTest, KnowsTokensOfAnotherSimulationWithTheSameSeed) {
  const auto token = fresh_token();
  const auto refresh_token = spotify().refresh_token().reveal();
  be(AppClass::restricted);
  EXPECT_EQ(ask("GET", "/v1/me", {{"Authorization", "Bearer " + token}}).status, 200);
  EXPECT_EQ(spotify().refresh_token().reveal(), refresh_token);
}

TEST_F(AccountsTest, RefusesTokensThatWereTamperedWith) {
  auto token = fresh_token();
  token.replace(token.find("user-top-read"), 13, "user-modified");
  EXPECT_EQ(ask("GET", "/v1/me", {{"Authorization", "Bearer " + token}}).status, 401);
  for (const char* odd : {"Bearer ", "Bearer x", "Bearer a.b.c.d.e", "Basic eA=="})
    EXPECT_EQ(ask("GET", "/v1/me", {{"Authorization", odd}}).status, 401) << odd;
  const auto missing = ask("GET", "/v1/me");
  EXPECT_THAT(net::find_header(missing.headers, "www-authenticate").value_or(""),
              HasSubstr("missing_token"));
}

}  // namespace
}  // namespace soundlake::sim
