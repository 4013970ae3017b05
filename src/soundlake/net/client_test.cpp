// SPDX-License-Identifier: Apache-2.0
#include "soundlake/net/client.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/stop.hpp"
#include "soundlake/net/client_fixture.hpp"
#include "soundlake/net/target.hpp"

#include <csignal>
#include <cstdlib>
#include <deque>
#include <stdexcept>

namespace soundlake::net {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST_F(ClientTest, BringsStatusHeadersAndBody) {
  serve([&](const ServerRequest&) { return answer(404, "{}", {{"X-One", "1"}}); });
  const Response response = client_->fetch(request());
  EXPECT_EQ(response.outcome, Outcome::answered);
  EXPECT_FALSE(response.ok());
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.body, "{}");
  EXPECT_EQ(find_header(response.headers, "x-one"), "1");
  EXPECT_EQ(response.received_at, time_.now());
  EXPECT_EQ(sent(), 1);
}

TEST_F(ClientTest, SendsMethodBodyHeadersAndCredentialsAsGiven) {
  ServerRequest seen;
  serve([&](const ServerRequest& request) {
    seen = request;
    return answer(200);
  });
  Request post = request("/api/token?x=1");
  post.method = "POST";
  post.body = "a=1";
  post.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"X-Empty", ""}};
  post.basic = base::Secret("me:pw");
  client_->fetch(post);
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.body, "a=1");
  EXPECT_EQ(find_header(seen.headers, "Content-Type"), "application/x-www-form-urlencoded");
  EXPECT_EQ(find_header(seen.headers, "X-Empty"), "");
  EXPECT_EQ(find_header(seen.headers, "Authorization"), "Basic bWU6cHc=");
  EXPECT_EQ(find_header(seen.headers, "User-Agent"), "soundlake/test");
  EXPECT_EQ(find_header(seen.headers, "Expect"), std::nullopt);

  Request put = request();
  put.method = "PUT";
  put.bearer = base::Secret("tok");
  put.body = std::string(2'000'00, 'x');
  client_->fetch(put);
  EXPECT_EQ(seen.method, "PUT");
  EXPECT_EQ(seen.body.size(), put.body.size());
  EXPECT_EQ(find_header(seen.headers, "Content-Type"), std::nullopt);
  EXPECT_EQ(find_header(seen.headers, "Authorization"), "Bearer tok");

  for (const std::string method : {"DELETE", "HEAD", "GET"}) {
    Request other = request();
    other.method = method;
    EXPECT_TRUE(client_->fetch(other).ok());
    EXPECT_EQ(seen.method, method);
  }
}

TEST_F(ClientTest, CallsDoneExactlyOnceAndLetsItSendMore) {
  serve([&](const ServerRequest& request) { return answer(200, request.path); });
  std::vector<std::string> bodies;
  for (const std::string path : {"/a", "/b"}) {
    client_->send(request(path), [&, path](Response first) {
      bodies.push_back(first.body);
      client_->send(request(path + "/next"),
                    [&](Response second) { bodies.push_back(second.body); });
    });
  }
  client_->run();
  EXPECT_THAT(bodies, testing::UnorderedElementsAre("/a", "/b", "/a/next", "/b/next"));
}

TEST_F(ClientTest, LetsDoneFetchWhileOthersWaitForRun) {
  serve([&](const ServerRequest& request) { return answer(200, request.path); });
  int depth = 0;
  int deepest = 0;
  std::vector<std::string> inner;
  for (int i = 0; i < 20; ++i) {
    client_->send(request("/outer"), [&](Response) {
      deepest = std::max(deepest, ++depth);
      inner.push_back(client_->fetch(request("/inner")).body);
      --depth;
    });
  }
  client_->run();
  EXPECT_EQ(inner, std::vector<std::string>(20, "/inner"));
  EXPECT_EQ(deepest, 1);
}

TEST_F(ClientTest, DropsTheRestWhenDoneThrowsAndGoesOnAfterwards) {
  serve([&](const ServerRequest&) { return answer(200); });
  int called = 0;
  for (int i = 0; i < 30; ++i) {
    client_->send(request(), [&](Response) {
      if (++called == 3) throw std::runtime_error("enough");
    });
  }
  EXPECT_THROW(client_->run(), std::runtime_error);
  EXPECT_EQ(called, 3);
  client_->run();
  EXPECT_EQ(called, 3);
  EXPECT_TRUE(client_->fetch(request()).ok());
}

TEST_F(ClientTest, KeepsToRateAndBurst) {
  serve([&](const ServerRequest&) { return answer(200); });
  for (int i = 0; i < 40; ++i) client_->send(request(), {});
  client_->run();
  EXPECT_EQ(sent(), 40);
  EXPECT_GE(time_.passed(), 5900ms);  // 24 beyond the burst of 16, 4 a second
  EXPECT_LE(time_.passed(), 6100ms);
}

TEST_F(ClientTest, NeverHasMoreUnderWayThanAllowed) {
  using Clock = std::chrono::steady_clock;
  constexpr auto kDelay = 20ms;
  std::deque<Clock::time_point> arrivals;
  serve([&](const ServerRequest&) {
    arrivals.push_back(Clock::now());
    ServerResponse response = answer(200);
    response.delay = kDelay;
    return response;
  });
  client_->add_service("spotify", {.requests_per_second = 1000, .burst = 1000, .in_flight = 4});
  for (int i = 0; i < 24; ++i) client_->send(request(), {});
  client_->run();
  ASSERT_EQ(arrivals.size(), 24u);
  // An answer leaves `kDelay` after its request came, so a fifth cannot come before the first is
  // out.
  for (std::size_t i = 4; i < arrivals.size(); ++i)
    EXPECT_GE(arrivals[i] - arrivals[i - 4], kDelay);
}

TEST_F(ClientTest, ReusesConnectionsAndStillCountsWhatLibcurlRepeatsByItself) {
  // Every second request of a connection meets its end, which libcurl repeats on a new one.
  serve([&](const ServerRequest&) {
    ServerResponse response = answer(200);
    if (arrivals_.size() == 2) response.delivery = ServerResponse::Delivery::hang_up;
    return response;
  });
  EXPECT_TRUE(client_->fetch(request()).ok());
  EXPECT_TRUE(client_->fetch(request()).ok());
  EXPECT_EQ(static_cast<std::int64_t>(arrivals_.size()), sent());
}

TEST_F(ClientTest, AllowsPlainHttpToAnotherMachineWhereARequestSaysSo) {
  Request allowed = request();
  allowed.url = "http://storage.example.org/bucket/key";
  EXPECT_THROW(checked_target(allowed), Error);
  allowed.allow_plain_http = true;
  EXPECT_FALSE(checked_target(allowed).link_local);
  allowed.url = "http://169.254.169.254/latest";
  EXPECT_TRUE(checked_target(allowed).link_local);
  allowed.url = "http://169.254.example.org/latest";
  EXPECT_FALSE(checked_target(allowed).link_local);
}

TEST_F(ClientTest, RefusesPlainHttpToAnotherMachine) {
  for (const std::string url :
       {"http://api.example/v1/me", "http://127.0.0.1@api.example/", "http://127.0.0.1.example/",
        "http://localhost.example/", "http://[2001:db8::1]/", "HTTP://10.0.0.1/"}) {
    Request plain = request();
    plain.url = url;
    try {
      client_->send(plain, {});
      ADD_FAILURE() << url;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::config);
      EXPECT_THAT(error.message(), HasSubstr("without encryption"));
      EXPECT_THAT(error.hint(), HasSubstr("https"));
    }
  }
  for (const std::string url : {"http://127.0.0.1:1/", "http://localhost:1/", "http://[::1]:1/",
                                "http://127.1:1/", "https://api.example/"}) {
    Request fine = request();
    fine.url = url;
    EXPECT_NO_THROW(client_->send(fine, {})) << url;
  }
}

TEST_F(ClientTest, RefusesWhatIsNoHttpUrlOrNoKnownService) {
  for (const std::string url :
       {"ftp://127.0.0.1/", "file:///etc/passwd", "", "http://", "http://a b/"}) {
    Request odd = request();
    odd.url = url;
    EXPECT_THROW(client_->send(odd, {}), Error) << url;
  }
  Request unknown = request();
  unknown.service = "nobody";
  EXPECT_THROW(client_->send(unknown, {}), Error);
}

TEST_F(ClientTest, RefusesHeadersWithLineBreaksWithoutRepeatingThem) {
  const auto refused = [&](const Request& odd) {
    try {
      client_->send(odd, {});
      ADD_FAILURE();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::config);
      EXPECT_THAT(error.message() + error.hint(), Not(HasSubstr("s3cret")));
    }
  };
  Request odd = request();
  odd.bearer = base::Secret("s3cret\r\nX: y");
  refused(odd);
  odd = request();
  odd.headers = {{"X", "s3cret\n"}};
  refused(odd);
  odd.headers = {{"X\r\ns3cret", "y"}};
  refused(odd);
}

TEST_F(ClientTest, UsesNoProxyForThisMachine) {
  serve([&](const ServerRequest&) { return answer(200); });
  ::setenv("http_proxy", "http://127.0.0.1:1", 1);
  ::setenv("all_proxy", "http://127.0.0.1:1", 1);
  const Response response = client_->fetch(request());
  ::unsetenv("http_proxy");
  ::unsetenv("all_proxy");
  EXPECT_TRUE(response.ok()) << response.problem;
}

TEST_F(ClientTest, TalksToTheLoopbackAddressOfIpv6) {
  try {
    server_ = std::make_unique<HttpServer>(HttpServer::Options{.ipv6 = true},
                                           [](const ServerRequest&) { return answer(200); });
  } catch (const Error& error) {
    GTEST_SKIP() << error.message();
  }
  server_->start();
  EXPECT_THAT(request().url, testing::StartsWith("http://[::1]:"));
  EXPECT_TRUE(client_->fetch(request()).ok());
}

TEST_F(ClientTest, FollowsNoRedirect) {
  serve([&](const ServerRequest&) { return answer(302, "", {{"Location", "/elsewhere"}}); });
  EXPECT_EQ(client_->fetch(request()).status, 302);
  EXPECT_THAT(arrivals_, ElementsAre("/v1/me"));
}

using ClientDeathTest = ClientTest;

TEST_F(ClientDeathTest, EndsAsCancelledWhenStoppedInTheMiddleOfATransfer) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  const auto stopped_in_a_transfer = [&] {
    base::install_stop_signals();
    serve([&](const ServerRequest&) {
      std::raise(SIGINT);
      ServerResponse response = answer(200);
      response.delay = 1h;
      return response;
    });
    try {
      client_->fetch(request());
    } catch (const Error& error) {
      std::_Exit(error.kind() == ErrorKind::cancelled ? 42 : 1);
    }
    std::_Exit(2);
  };
  EXPECT_EXIT(stopped_in_a_transfer(), testing::ExitedWithCode(42), "");
}

}  // namespace
}  // namespace soundlake::net
