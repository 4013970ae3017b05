// SPDX-License-Identifier: Apache-2.0
#include "soundlake/serve/guard.hpp"

#include <gmock/gmock.h>

namespace soundlake::serve {
namespace {

using testing::AllOf;
using testing::HasSubstr;

net::ServerRequest request_with(net::Headers headers) {
  net::ServerRequest request;
  request.method = "GET";
  request.path = "/";
  request.headers = std::move(headers);
  return request;
}

int status_of(const Guard& guard, net::Headers headers) {
  const auto refusal = guard.foreign(request_with(std::move(headers)));
  return refusal ? refusal->status : 200;
}

TEST(Guard, AnswersToLoopbackNamesWithItsOwnPortOnly) {
  const Guard guard(8787, {});
  for (const auto* host : {"127.0.0.1:8787", "localhost:8787", "LOCALHOST:8787", "[::1]:8787"})
    EXPECT_EQ(status_of(guard, {{"Host", host}}), 200) << host;
  for (const auto* host :
       {"evil.example", "evil.example:8787", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:87870",
        "127.0.0.1:8787.evil.example", "localhost.evil.example:8787", ""})
    EXPECT_EQ(status_of(guard, {{"Host", host}}), 403) << host;
}

TEST(Guard, RefusesNoHostAndTwo) {
  const Guard guard(8787, {});
  EXPECT_EQ(status_of(guard, {}), 400);
  EXPECT_EQ(status_of(guard, {{"Host", "127.0.0.1:8787"}, {"host", "evil.example"}}), 400);
}

TEST(Guard, RefusesPagesOfOtherSites) {
  const Guard guard(8787, {});
  const auto from = [&](const char* origin) {
    return status_of(guard, {{"Host", "127.0.0.1:8787"}, {"Origin", origin}});
  };
  EXPECT_EQ(from("http://127.0.0.1:8787"), 200);
  EXPECT_EQ(from("http://localhost:8787"), 200);
  for (const auto* origin :
       {"https://evil.example", "http://127.0.0.1:9999", "null", "", "127.0.0.1:8787",
        "file://127.0.0.1:8787", "http://127.0.0.1:8787.evil.example"})
    EXPECT_EQ(from(origin), 403) << origin;
}

TEST(Guard, AdmitsTheNameOfAReverseProxyWithAnyPort) {
  const Guard guard(8787, {"Music.example"});
  EXPECT_EQ(status_of(guard, {{"Host", "music.example"}, {"Origin", "https://music.example"}}),
            200);
  EXPECT_EQ(status_of(guard, {{"Host", "music.example:8443"}}), 200);
  EXPECT_EQ(status_of(guard, {{"Host", "music.example:evil"}}), 403);
  EXPECT_EQ(status_of(guard, {{"Host", "music.example.evil"}}), 403);
}

TEST(Guard, TakesATokenOnceAndThenMakesAnotherOne) {
  Guard guard(8787, {});
  const auto first = guard.token().reveal();
  EXPECT_FALSE(guard.exchange(""));
  EXPECT_FALSE(guard.exchange(first + "x"));
  EXPECT_TRUE(guard.exchange(first));
  EXPECT_FALSE(guard.exchange(first));
  EXPECT_NE(guard.token().reveal(), first);
  EXPECT_TRUE(guard.exchange(guard.token().reveal()));
}

TEST(Guard, KnowsItsCookieAmongOthers) {
  const Guard guard(8787, {});
  EXPECT_THAT(guard.set_cookie(), AllOf(HasSubstr("HttpOnly"), HasSubstr("SameSite=Strict")));
  const auto cookie = guard.set_cookie().substr(0, guard.set_cookie().find(';'));
  EXPECT_TRUE(guard.knows(request_with({{"Cookie", cookie}})));
  EXPECT_TRUE(guard.knows(request_with({{"Cookie", "a=b; " + cookie + "; c=d"}})));
  EXPECT_FALSE(guard.knows(request_with({})));
  EXPECT_FALSE(guard.knows(request_with({{"Cookie", cookie + "x"}})));
  EXPECT_FALSE(guard.knows(request_with({{"Cookie", "x" + cookie}})));
  // Another server on this host, started with another port, has another one.
  EXPECT_FALSE(Guard(8788, {}).knows(request_with({{"Cookie", cookie}})));
  EXPECT_FALSE(Guard(8787, {}).knows(request_with({{"Cookie", cookie}})));
}

}  // namespace
}  // namespace soundlake::serve
