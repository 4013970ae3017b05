// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/session.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/spotify/fake_accounts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <barrier>
#include <thread>

namespace soundlake::spotify {
namespace {
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kRevoked =
    R"({"error":"invalid_grant","error_description":"Refresh token revoked"})";

class SessionTest : public testing::Test {
 protected:
  /// A sign-in whose access token is good for `left` from now.
  void keep(seconds left, const std::string& refresh = "stored-refresh") {
    StoredToken token;
    token.refresh_token = base::Secret(refresh);
    token.client_id = "app-one";
    token.authorized_at = FakeHome::start() - std::chrono::days(30);
    token.first_seen_at = *token.authorized_at;
    token.access_token = base::Secret("stored-access");
    token.access_obtained_at = home.time.now() - (minutes(60) - left);
    token.access_expires_at = home.time.now() + left;
    home.store.save(token);
  }
  Session session() { return Session(app, home.store, home.client, home.time.clock()); }
  std::string stored_refresh() { return home.store.load()->refresh_token.reveal(); }
  std::string sent_refresh(std::size_t call) {
    return accounts.calls().at(call).form.at("refresh_token");
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
  Error failure_of_token() {
    return failure([&] { session().token(); });
  }

  TestFolder folder{testing::TempDir()};
  FakeHome home{folder.path()};
  FakeAccounts accounts;
  App app = accounts.app();
};

TEST_F(SessionTest, WithNothingToSignInWithItTellsTheSteps) {
  const Error signed_out = failure_of_token();
  EXPECT_EQ(signed_out.kind(), ErrorKind::sign_in);
  EXPECT_THAT(signed_out.hint(), HasSubstr("soundlake login"));
  app.client_id.clear();
  EXPECT_THAT(failure_of_token().hint(), HasSubstr("developer.spotify.com/dashboard"));
  EXPECT_FALSE(session().signed_in());
  EXPECT_THAT(accounts.calls(), IsEmpty());
}

TEST_F(SessionTest, AGoodTokenIsGivenWithoutAsking) {
  keep(seconds(60));
  EXPECT_EQ(session().token().reveal(), "stored-access");
  EXPECT_TRUE(session().signed_in());
  EXPECT_THAT(accounts.calls(), IsEmpty());
}

TEST_F(SessionTest, ATokenWithLessThanAMinuteLeftIsRenewed) {
  keep(seconds(59));
  accounts.tokens("new-access");
  auto one = session();
  EXPECT_EQ(one.token().reveal(), "new-access");
  EXPECT_EQ(one.token().reveal(), "new-access");
  EXPECT_THAT(accounts.calls(), SizeIs(1));
}

TEST_F(SessionTest, TheOldRefreshTokenIsKeptWhenNoneComesBack) {
  keep(seconds(0));
  accounts.tokens("new-access");
  session().token();
  EXPECT_EQ(stored_refresh(), "stored-refresh");
  EXPECT_EQ(home.store.load()->authorized_at, FakeHome::start() - std::chrono::days(30));
}

TEST_F(SessionTest, ANewRefreshTokenIsStoredBeforeTheAccessTokenIsUsed) {
  keep(seconds(0));
  accounts.tokens("new-access", "rotated");
  const auto token = session().token();
  FakeHome other_process(folder.path());
  EXPECT_EQ(other_process.store.load()->refresh_token.reveal(), "rotated");
  EXPECT_EQ(other_process.store.load()->access_token, token);
}

TEST_F(SessionTest, AnAppWithoutClientIdSettingUsesTheOneOfTheSignIn) {
  keep(seconds(0));
  app.client_id.clear();
  accounts.tokens("new-access");
  EXPECT_EQ(session().token().reveal(), "new-access");
  EXPECT_EQ(accounts.calls()[0].form.at("client_id"), "app-one");
}

TEST_F(SessionTest, AnotherClientIdIsAnotherSignInAndLeavesTheStoredOne) {
  keep(minutes(30));
  app.client_id = "app-two";
  EXPECT_EQ(failure_of_token().kind(), ErrorKind::sign_in);
  EXPECT_THAT(accounts.calls(), IsEmpty());
  app.client_id = "app-one";
  EXPECT_EQ(session().token().reveal(), "stored-access");
}

TEST_F(SessionTest, ASignInMadeWithASecretAsksForThatSecret) {
  keep(seconds(0));
  auto token = *home.store.load();
  token.method = TokenMethod::pkce_and_secret;
  home.store.save(token);
  const Error error = failure_of_token();
  EXPECT_EQ(error.kind(), ErrorKind::config);
  EXPECT_THAT(error.message(), HasSubstr("SPOTIFY_CLIENT_SECRET"));
  app.client_secret = base::Secret("hush");
  accounts.tokens("new-access");
  session().token();
  EXPECT_THAT(accounts.calls()[0].authorization, testing::StartsWith("Basic "));
}

TEST_F(SessionTest, RevokedAsksForASignInOnceAndForAll) {
  keep(seconds(0));
  accounts.answer(400, kRevoked);
  const Error error = failure_of_token();
  EXPECT_EQ(error.kind(), ErrorKind::sign_in);
  EXPECT_THAT(error.message(), HasSubstr("no longer accepts the sign-in"));
  EXPECT_THAT(error.hint(), HasSubstr("soundlake login"));
  EXPECT_EQ(failure_of_token().kind(), ErrorKind::sign_in);
  EXPECT_FALSE(session().signed_in());
  EXPECT_THAT(accounts.calls(), SizeIs(1));
}

TEST_F(SessionTest, AfterSixMonthsTheErrorSaysSo) {
  keep(seconds(0));
  home.time.advance(std::chrono::hours(24 * 200));
  accounts.answer(400, kRevoked);
  EXPECT_THAT(failure_of_token().message(), HasSubstr("six months after 2026-10-24"));
}

TEST_F(SessionTest, TroubleAtTheServiceSignsNobodyOut) {
  keep(seconds(0));
  accounts.answer(503, "");
  EXPECT_EQ(failure_of_token().kind(), ErrorKind::network);
  EXPECT_EQ(stored_refresh(), "stored-refresh");
  EXPECT_TRUE(session().signed_in());
  accounts.clear();
  accounts.tokens("new-access");
  EXPECT_EQ(session().token().reveal(), "new-access");
}

TEST_F(SessionTest, WorksUnattendedFromTheSettingAlone) {
  app.refresh_token = base::Secret("setting-one");
  accounts.tokens("from-setting");
  EXPECT_TRUE(session().signed_in());
  EXPECT_EQ(session().token().reveal(), "from-setting");
  EXPECT_EQ(session().token().reveal(), "from-setting");
  ASSERT_THAT(accounts.calls(), SizeIs(1));
  EXPECT_EQ(sent_refresh(0), "setting-one");
  EXPECT_FALSE(home.store.load()->authorized_at);
}

TEST_F(SessionTest, TheSettingNeedsAClientId) {
  app.refresh_token = base::Secret("setting-one");
  app.client_id.clear();
  const Error error = failure_of_token();
  EXPECT_EQ(error.kind(), ErrorKind::config);
  EXPECT_THAT(error.message(), HasSubstr("SPOTIFY_CLIENT_ID"));
}

TEST_F(SessionTest, AReplacedTokenIsStrongerThanTheSettingItCameFrom) {
  app.refresh_token = base::Secret("setting-one");
  accounts.tokens("first", "rotated");
  accounts.tokens("second");
  session().token();
  home.time.advance(minutes(60));
  EXPECT_EQ(session().token().reveal(), "second");
  EXPECT_EQ(sent_refresh(1), "rotated");
}

TEST_F(SessionTest, ADifferentSettingWinsOverWhatIsStored) {
  keep(minutes(30));
  app.refresh_token = base::Secret("setting-one");
  accounts.tokens("first");
  accounts.tokens("second");
  EXPECT_EQ(session().token().reveal(), "first");
  app.refresh_token = base::Secret("setting-two");
  EXPECT_EQ(session().token().reveal(), "second");
  EXPECT_EQ(sent_refresh(1), "setting-two");
}

TEST_F(SessionTest, ADeadSettingIsNotTriedTwiceButANewOneIs) {
  app.refresh_token = base::Secret("setting-one");
  accounts.answer(400, kRevoked);
  accounts.tokens("second");
  EXPECT_EQ(failure_of_token().kind(), ErrorKind::sign_in);
  EXPECT_EQ(failure_of_token().kind(), ErrorKind::sign_in);
  EXPECT_THAT(accounts.calls(), SizeIs(1));
  app.refresh_token = base::Secret("setting-two");
  EXPECT_EQ(session().token().reveal(), "second");
}

TEST_F(SessionTest, ADeadSettingDoesNotTakeAGoodSignInAway) {
  keep(minutes(30));
  app.refresh_token = base::Secret("dead-setting");
  accounts.answer(400, kRevoked);
  EXPECT_EQ(session().token().reveal(), "stored-access");
  EXPECT_EQ(session().token().reveal(), "stored-access");
  EXPECT_THAT(accounts.calls(), SizeIs(1));
  EXPECT_EQ(stored_refresh(), "stored-refresh");
}

TEST_F(SessionTest, ADeadSettingForAnotherAppLeavesTheStoredSignIn) {
  keep(minutes(30));
  app.client_id = "app-two";
  app.refresh_token = base::Secret("dead-setting");
  accounts.answer(400, kRevoked);
  EXPECT_EQ(failure_of_token().kind(), ErrorKind::sign_in);
  EXPECT_EQ(home.store.load()->client_id, "app-one");
  EXPECT_EQ(stored_refresh(), "stored-refresh");
}

TEST_F(SessionTest, ASpuriousRefusalIsTriedOnceMoreWithTheSameToken) {
  keep(minutes(30));
  accounts.tokens("new-access");
  auto one = session();
  one.refused(one.token());
  EXPECT_EQ(one.token().reveal(), "stored-access");
  EXPECT_THAT(accounts.calls(), IsEmpty());
  one.refused(one.token());
  EXPECT_EQ(one.token().reveal(), "new-access");
  EXPECT_THAT(accounts.calls(), SizeIs(1));
}

TEST_F(SessionTest, LateRefusalsOfAReplacedTokenAreIgnored) {
  keep(minutes(30));
  accounts.tokens("new-access");
  auto one = session();
  const auto old = one.token();
  for (int request = 0; request < 8; ++request) one.refused(old);
  one.token();
  for (int request = 0; request < 8; ++request) one.refused(old);
  one.refused(base::Secret());
  EXPECT_EQ(one.token().reveal(), "new-access");
  EXPECT_THAT(accounts.calls(), SizeIs(1));
}

TEST_F(SessionTest, RefusalsOfEveryNewTokenEnd) {
  keep(minutes(30));
  for (const char* access : {"one", "two", "three", "four", "five"}) accounts.tokens(access);
  auto one = session();
  const Error error = failure([&] {
    for (int round = 0; round < 20; ++round) one.refused(one.token());
  });
  EXPECT_EQ(error.kind(), ErrorKind::service);
  EXPECT_LE(accounts.calls().size(), 3u);
  EXPECT_EQ(stored_refresh(), "stored-refresh");
}

TEST_F(SessionTest, ANewTokenOfAnotherProcessIsTakenOver) {
  keep(seconds(0));
  accounts.tokens("new-access");
  auto one = session();
  FakeHome other_process(folder.path());
  Session other(app, other_process.store, other_process.client, other_process.time.clock());
  EXPECT_EQ(other.token().reveal(), "new-access");
  EXPECT_EQ(one.token().reveal(), "new-access");
  EXPECT_THAT(accounts.calls(), SizeIs(1));
}

TEST_F(SessionTest, OfSeveralAtOnceOneAsksSpotify) {
  keep(seconds(0));
  net::ServerResponse slow;
  slow.body = R"({"access_token":"new-access","refresh_token":"rotated","expires_in":3600})";
  slow.delay = std::chrono::milliseconds(30);  // the others come while it is under way
  accounts.answer(slow);
  constexpr int kSessions = 6;
  std::barrier together(kSessions);
  std::vector<std::string> given(kSessions);
  std::vector<std::thread> threads;
  for (int i = 0; i < kSessions; ++i) {
    threads.emplace_back([&, i] {
      // As separate as processes are: a database, a lock and a client of its own.
      FakeHome mine(folder.path());
      Session own(app, mine.store, mine.client, mine.time.clock());
      together.arrive_and_wait();
      given[static_cast<std::size_t>(i)] = own.token().reveal();
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_THAT(given, testing::Each("new-access"));
  EXPECT_THAT(accounts.calls(), SizeIs(1));
}

}  // namespace
}  // namespace soundlake::spotify
