// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/sign_in.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/stop.hpp"
#include "soundlake/spotify/expiry.hpp"
#include "soundlake/spotify/fake_accounts.hpp"
#include "soundlake/spotify/pkce.hpp"
#include "soundlake/spotify/session.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <set>
#include <thread>

namespace soundlake::spotify {
namespace {
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

/// A person with a browser: sees the sign-in's address and goes where Spotify would send them.
class Person {
 public:
  Person() { client_.add_service("browser", {}); }
  void look_at(const std::string& url) { asked_ = net::parse_query(url.substr(url.find('?') + 1)); }
  std::string redirect() const { return asked_.at("redirect_uri"); }
  std::string state() const { return asked_.at("state"); }
  std::string challenge() const { return asked_.at("code_challenge"); }
  std::string yes(const std::string& code = "c0de") const {
    return redirect() + "?code=" + code + "&state=" + state();
  }
  net::Response visit(const std::string& url, const std::string& method = "GET") {
    net::Request request;
    request.service = "browser";
    request.url = url;
    request.method = method;
    return client_.fetch(request);
  }

 private:
  std::map<std::string, std::string> asked_;
  base::Database database_ = base::Database::in_memory();
  net::Closures closures_{database_};
  net::ResponseCache cache_{database_};
  net::Client client_{{.user_agent = "browser"}, closures_, cache_};
};

class SignIn : public testing::Test {
 protected:
  SignIn() {
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    keyboard_out = base::FileDescriptor(ends[0]);
    keyboard = base::FileDescriptor(ends[1]);
    options.input = keyboard_out.get();
    options.say = [this](const std::string& line) { told += line + "\n"; };
    accounts.tokens("access", "refresh");
  }
  /// What the person does once the browser shows the page.
  void when_opened(std::function<void()> act) {
    options.open_browser = [this, act = std::move(act)](const std::string& url) {
      person.look_at(url);
      act();
      return true;
    };
  }
  void paste(const std::string& text) {
    const std::string line = text + "\n";
    EXPECT_EQ(::write(keyboard.get(), line.data(), line.size()), static_cast<ssize_t>(line.size()));
  }
  SignInResult run() { return sign_in(app, home.store, home.client, home.time.clock(), options); }
  Error failure() {
    try {
      run();
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
  Person person;
  SignInOptions options;
  base::FileDescriptor keyboard_out;
  base::FileDescriptor keyboard;
  std::string told;
};

TEST_F(SignIn, BrowserBringsTheAnswerAndTheTokensAreKept) {
  net::Response page;
  when_opened([&] { page = person.visit(person.yes()); });
  const SignInResult result = run();
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("Spotify said yes"));
  EXPECT_FALSE(result.another_app);
  EXPECT_EQ(result.ends, sign_in_ends(FakeHome::start()));
  const auto kept = home.store.load();
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->refresh_token.reveal(), "refresh");
  EXPECT_EQ(kept->access_token.reveal(), "access");
  EXPECT_EQ(kept->client_id, "app-one");
  EXPECT_EQ(kept->method, TokenMethod::pkce);
  EXPECT_EQ(kept->authorized_at, FakeHome::start());
  EXPECT_EQ(kept->scopes, "user-top-read user-read-recently-played");
  EXPECT_EQ(kept->account_id, "");
}

TEST_F(SignIn, ExchangeProvesThatItBeganThisSignIn) {
  when_opened([&] { person.visit(person.yes()); });
  run();
  ASSERT_THAT(accounts.calls(), SizeIs(1));
  const auto form = accounts.calls()[0].form;
  EXPECT_EQ(form.at("code"), "c0de");
  EXPECT_EQ(form.at("redirect_uri"), person.redirect());
  EXPECT_EQ(pkce_challenge(form.at("code_verifier")), person.challenge());
}

TEST_F(SignIn, WithASecretTheTokenIsKeptAsSuch) {
  app.client_secret = base::Secret("hush");
  when_opened([&] { person.visit(person.yes()); });
  run();
  EXPECT_EQ(home.store.load()->method, TokenMethod::pkce_and_secret);
  EXPECT_EQ(accounts.calls()[0].authorization, "Basic " + base::base64("app-one:hush"));
  EXPECT_TRUE(accounts.calls()[0].form.contains("code_verifier"));
}

TEST_F(SignIn, TellsTheRightsAndTheAddressAndNoSecret) {
  app.client_secret = base::Secret("hush");
  when_opened([&] { person.visit(person.yes()); });
  run();
  for (const Scope& scope : scopes()) {
    EXPECT_THAT(told, AllOf(HasSubstr(scope.name), HasSubstr(scope.why)));
  }
  EXPECT_THAT(told, HasSubstr("/authorize?client_id=app-one"));
  const auto form = accounts.calls()[0].form;
  for (const std::string& secret :
       {std::string("hush"), std::string("c0de"), form.at("code_verifier")}) {
    EXPECT_THAT(told, Not(HasSubstr(secret)));
  }
}

TEST_F(SignIn, PastedAddressIsAnAnswer) {
  when_opened([&] { paste(person.yes("pasted")); });
  run();
  EXPECT_EQ(accounts.calls()[0].form.at("code"), "pasted");
}

TEST_F(SignIn, NoBrowserPrintsTheAddressAndOpensNothing) {
  options.no_browser = true;
  options.open_browser = [](const std::string&) {
    ADD_FAILURE() << "opened a browser";
    return true;
  };
  options.say = [&](const std::string& line) {
    told += line + "\n";
    if (line.find("/authorize?") == std::string::npos) return;
    person.look_at(line);
    paste(person.yes());
  };
  run();
  EXPECT_THAT(told, HasSubstr("Open this address"));
}

TEST_F(SignIn, RequestsThatAreNoAnswerEndNothing) {
  std::vector<int> statuses;
  when_opened([&] {
    const std::string host = person.redirect().substr(0, person.redirect().rfind('/'));
    statuses = {person.visit(host + "/favicon.ico").status,
                person.visit(host + "/").status,
                person.visit(host + "/callback/?code=x&state=" + person.state()).status,
                person.visit(person.redirect()).status,
                person.visit(person.redirect() + "?state=" + person.state()).status,
                person.visit(person.yes("posted"), "POST").status,
                person.visit(person.yes()).status};
  });
  run();
  EXPECT_THAT(statuses, testing::ElementsAre(404, 404, 404, 400, 400, 405, 200));
  ASSERT_THAT(accounts.calls(), SizeIs(1));
  EXPECT_EQ(accounts.calls()[0].form.at("code"), "c0de");
}

TEST_F(SignIn, AWrongStateIsRefusedAndItsCodeNeverUsed) {
  std::vector<int> statuses;
  when_opened([&] {
    const std::string evil = person.redirect() + "?code=evil&state=";
    statuses = {person.visit(evil + "another").status,
                person.visit(person.redirect() + "?code=evil").status,
                person.visit(person.redirect() + "?error=access_denied&state=another").status};
    paste(evil + "another");
    paste("code=evil");
    paste(person.yes());
  });
  run();
  EXPECT_THAT(statuses, testing::Each(400));
  EXPECT_THAT(told, HasSubstr("it was not used"));
  ASSERT_THAT(accounts.calls(), SizeIs(1));
  EXPECT_EQ(accounts.calls()[0].form.at("code"), "c0de");
}

TEST_F(SignIn, OtherPastedTextIsExplainedAndTheWaitGoesOn) {
  when_opened([&] {
    paste("");
    paste("what now?");
    paste(person.yes());
  });
  run();
  EXPECT_THAT(told, HasSubstr("no answer of Spotify in that"));
}

TEST_F(SignIn, AReloadedAnswerCountsOnce) {
  when_opened([&] {
    EXPECT_EQ(person.visit(person.yes("first")).status, 200);
    EXPECT_EQ(person.visit(person.yes("second")).status, 200);
  });
  run();
  ASSERT_THAT(accounts.calls(), SizeIs(1));
  EXPECT_EQ(accounts.calls()[0].form.at("code"), "first");
}

TEST_F(SignIn, ANoEndsItAndLeavesTheFormerSignIn) {
  StoredToken former;
  former.refresh_token = base::Secret("former");
  former.client_id = "app-one";
  home.store.save(former);
  net::Response page;
  when_opened([&] {
    page = person.visit(person.redirect() + "?error=access_denied&state=" + person.state());
  });
  const Error error = failure();
  EXPECT_EQ(error.kind(), ErrorKind::sign_in);
  EXPECT_THAT(error.message(), HasSubstr("not allowed"));
  EXPECT_THAT(page.body, HasSubstr("Not connected"));
  EXPECT_EQ(home.store.load()->refresh_token.reveal(), "former");
  EXPECT_THAT(accounts.calls(), IsEmpty());
}

TEST_F(SignIn, NobodyAnsweringEndsWithAHint) {
  options.timeout = std::chrono::milliseconds(1);
  when_opened([] {});
  const Error error = failure();
  EXPECT_EQ(error.kind(), ErrorKind::sign_in);
  EXPECT_THAT(error.message(), HasSubstr("nobody answered"));
  EXPECT_THAT(error.hint(), HasSubstr("soundlake login"));
}

TEST_F(SignIn, EndOfInputEndsThePastingOnly) {
  const base::FileDescriptor nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  options.input = nothing.get();
  std::thread browser;
  when_opened([&] { browser = std::thread([this] { person.visit(person.yes()); }); });
  run();
  browser.join();
  EXPECT_THAT(accounts.calls(), SizeIs(1));
}

TEST_F(SignIn, ATakenPortLeavesThePasting) {
  net::HttpServer other({}, [](const auto&) { return net::ServerResponse{}; });
  app.redirect_uri = other.address() + "/callback";
  when_opened([&] { paste(person.yes()); });
  run();
  EXPECT_THAT(told, HasSubstr("is taken"));
  EXPECT_EQ(accounts.calls()[0].form.at("redirect_uri"), app.redirect_uri);
}

TEST_F(SignIn, AnHttpsRedirectIsPasted) {
  app.redirect_uri = "https://example.org/callback";
  when_opened([&] { paste(person.yes()); });
  run();
  EXPECT_EQ(accounts.calls()[0].form.at("redirect_uri"), "https://example.org/callback");
}

TEST_F(SignIn, WithNoWayForTheAnswerItEndsAtOnce) {
  app.redirect_uri = "https://example.org/callback";
  when_opened([&] { keyboard = {}; });
  EXPECT_EQ(failure().kind(), ErrorKind::sign_in);
  options.input = -1;
  EXPECT_EQ(failure().kind(), ErrorKind::sign_in);
}

TEST_F(SignIn, ListensOnTheIpv6LoopbackToo) {
  try {
    const net::HttpServer probe({.ipv6 = true}, [](const auto&) { return net::ServerResponse{}; });
  } catch (const Error&) {
    GTEST_SKIP() << "this machine has no IPv6 loopback";
  }
  app.redirect_uri = "http://[::1]/callback";
  when_opened([&] { EXPECT_EQ(person.visit(person.yes()).status, 200); });
  run();
  EXPECT_THAT(person.redirect(), testing::MatchesRegex("http://\\[::1\\]:[0-9]+/callback"));
}

TEST_F(SignIn, WithoutAnAppItTellsTheSteps) {
  app.client_id.clear();
  const Error error = failure();
  EXPECT_EQ(error.kind(), ErrorKind::sign_in);
  EXPECT_THAT(error.hint(), HasSubstr("developer.spotify.com/dashboard"));
}

TEST_F(SignIn, EverySignInHasItsOwnStateAndVerifier) {
  std::set<std::string> states;
  std::set<std::string> challenges;
  when_opened([&] {
    states.insert(person.state());
    challenges.insert(person.challenge());
    paste(person.yes());
  });
  run();
  run();
  EXPECT_THAT(states, SizeIs(2));
  EXPECT_THAT(challenges, SizeIs(2));
}

TEST_F(SignIn, IsStrongerThanTheSettingThatWasThere) {
  app.refresh_token = base::Secret("old-setting");
  when_opened([&] { paste(person.yes()); });
  run();
  Session session(app, home.store, home.client, home.time.clock());
  EXPECT_EQ(session.token().reveal(), "access");

  // Cron still has the setting, the shell of the next sign-in has not.
  App shell = app;
  shell.refresh_token = {};
  sign_in(shell, home.store, home.client, home.time.clock(), options);
  Session cron(app, home.store, home.client, home.time.clock());
  EXPECT_EQ(cron.token().reveal(), "access");
  EXPECT_THAT(accounts.calls(), SizeIs(2));
}

TEST_F(SignIn, TellsWhenTheAppIsAnotherOne) {
  when_opened([&] { paste(person.yes()); });
  run();
  app.client_id = "app-two";
  EXPECT_TRUE(run().another_app);
  EXPECT_EQ(home.store.load()->client_id, "app-two");
}

TEST(SignInDeathTest, CtrlCEndsTheWait) {
  EXPECT_EXIT(
      {
        const TestFolder folder{testing::TempDir()};
        FakeHome home(folder.path());
        App app;
        app.client_id = "app-one";
        app.redirect_uri = "http://127.0.0.1/callback";
        SignInOptions options;
        options.input = -1;
        options.say = [](const std::string&) {};
        options.open_browser = [](const std::string&) { return ::raise(SIGINT) == 0; };
        base::install_stop_signals();
        int code = 1;
        try {
          sign_in(app, home.store, home.client, home.time.clock(), options);
        } catch (const Error& error) {
          code = error.kind() == ErrorKind::cancelled ? 7 : 2;
        }
        std::filesystem::remove_all(folder.path());
        std::_Exit(code);
      },
      testing::ExitedWithCode(7), "");
}

}  // namespace
}  // namespace soundlake::spotify
