// SPDX-License-Identifier: Apache-2.0
#include "soundlake/net/http_server.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/files.hpp"
#include "soundlake/base/log.hpp"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <future>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

namespace soundlake::net {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

/// A client that says exactly what a test wants said.
class RawPeer {
 public:
  explicit RawPeer(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // Far beyond any wait of a test: it only keeps a broken server from hanging the suite.
    const timeval patience{.tv_sec = 60, .tv_usec = 0};
    ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (::connect(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      throw std::runtime_error("no connection");
    }
  }
  RawPeer& say(std::string_view text) {
    while (!text.empty()) {
      const auto put = ::send(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL);
      if (put <= 0) {
        said_all_ = false;
        break;
      }
      text.remove_prefix(static_cast<std::size_t>(put));
    }
    return *this;
  }
  bool said_all() const { return said_all_; }
  void end_sending() { ::shutdown(socket_.get(), SHUT_WR); }
  /// Everything up to the end of the connection.
  std::string hear_all() {
    while (hear_some()) {
    }
    return std::exchange(heard_, {});
  }
  /// Everything up to and with `mark`.
  std::string hear_until(std::string_view mark) {
    while (heard_.find(mark) == std::string::npos && hear_some()) {
    }
    const auto end =
        std::min(heard_.find(mark), heard_.size() - std::min(mark.size(), heard_.size()));
    std::string text = heard_.substr(0, end + mark.size());
    heard_.erase(0, text.size());
    return text;
  }

 private:
  bool hear_some() {
    std::vector<char> bytes(64u << 10);
    const auto got = ::recv(socket_.get(), bytes.data(), bytes.size(), 0);
    if (got <= 0) return false;
    heard_.append(bytes.data(), static_cast<std::size_t>(got));
    return true;
  }

  base::FileDescriptor socket_;
  std::string heard_;
  bool said_all_ = true;
};

ServerResponse text(std::string body) {
  ServerResponse response;
  response.body = std::move(body);
  response.content_type = "text/plain";
  return response;
}

/// Answers with the path.
ServerResponse echo(const ServerRequest& request) {
  return text("path " + request.path + ".");
}

std::string get(const std::string& path, const std::string& headers = "") {
  return "GET " + path + " HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n";
}

class HttpServerTest : public testing::Test {
 protected:
  void SetUp() override { base::set_log_level(base::LogLevel::off); }
  void TearDown() override { base::set_log_level(base::LogLevel::info); }

  HttpServer& serve(HttpServer::Handler handler, HttpServer::Options options = {}) {
    server_ = std::make_unique<HttpServer>(options, std::move(handler));
    server_->start();
    return *server_;
  }
  std::string answer_to(const std::string& request) {
    RawPeer peer(server_->port());
    peer.say(request).end_sending();
    return peer.hear_all();
  }

  std::unique_ptr<HttpServer> server_;
};

TEST_F(HttpServerTest, HandsOverTheRequestDecoded) {
  ServerRequest seen;
  serve([&](const ServerRequest& request) {
    seen = request;
    return text("ok");
  });
  answer_to(
      "POST /a%20b+c/%C3%B6?x=1+2&y=%26&x=3 HTTP/1.1\r\nHost: h\r\nX-One: 1\r\nContent-Length: "
      "4\r\n\r\nbody");
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.path, "/a b+c/ö");
  EXPECT_EQ(seen.raw_query, "x=1+2&y=%26&x=3");
  EXPECT_EQ(seen.query, (std::map<std::string, std::string>{{"x", "1 2"}, {"y", "&"}}));
  EXPECT_EQ(find_header(seen.headers, "x-one"), "1");
  EXPECT_EQ(seen.body, "body");
}

TEST_F(HttpServerTest, ReadsChunkedBodies) {
  serve([](const ServerRequest& request) { return text("[" + request.body + "]"); });
  EXPECT_THAT(answer_to("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                        "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"),
              EndsWith("[abcde]"));
}

TEST_F(HttpServerTest, SendsStatusHeadersAndBody) {
  serve([](const ServerRequest&) {
    ServerResponse response = text("moved");
    response.status = 302;
    response.headers = {{"Location", "/x"}, {"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}};
    return response;
  });
  EXPECT_EQ(answer_to(get("/", "Connection: close\r\n")),
            "HTTP/1.1 302 Found\r\nLocation: /x\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n"
            "Content-Type: text/plain\r\nContent-Length: 5\r\nConnection: close\r\n\r\nmoved");
}

TEST_F(HttpServerTest, KeepsTheConnectionForTheNextRequest) {
  serve(echo);
  RawPeer peer(server_->port());
  EXPECT_THAT(peer.say(get("/1")).hear_until("path /1."), StartsWith("HTTP/1.1 200 OK"));
  EXPECT_THAT(peer.say(get("/2") + get("/3")).hear_until("path /3."), HasSubstr("path /2."));
}

TEST_F(HttpServerTest, SendsNoBodyToHeadAndWith304) {
  serve([](const ServerRequest& request) {
    ServerResponse response = text("body");
    if (request.path == "/same") response.status = 304;
    return response;
  });
  EXPECT_THAT(answer_to("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n"),
              AllOf(HasSubstr("Content-Length: 4\r\n"), EndsWith("\r\n\r\n")));
  EXPECT_THAT(answer_to(get("/same")), AllOf(Not(HasSubstr("Length")), EndsWith("\r\n\r\n")));
}

TEST_F(HttpServerTest, AnswersAnExceptionWith500WithoutItsText) {
  serve([](const ServerRequest& request) -> ServerResponse {
    if (request.path == "/other") throw 5;
    throw std::runtime_error("the secret");
  });
  EXPECT_THAT(answer_to(get("/")), AllOf(StartsWith("HTTP/1.1 500"), Not(HasSubstr("secret"))));
  EXPECT_THAT(answer_to(get("/other")), StartsWith("HTTP/1.1 500"));
}

TEST_F(HttpServerTest, RefusesToSendHeadersThatSmuggle) {
  ServerResponse response;
  serve([&](const ServerRequest&) { return response; });
  for (const auto& [name, value] : Headers{{"X", "a\r\nSet-Cookie: b"},
                                           {"X", "a\nb"},
                                           {"X", std::string("a\0b", 3)},
                                           {"X Y", "a"},
                                           {"X:", "a"},
                                           {"", "a"}}) {
    response.headers = {{name, value}};
    EXPECT_THAT(answer_to(get("/")),
                AllOf(StartsWith("HTTP/1.1 500"), Not(HasSubstr("Set-Cookie"))));
  }
  response = text("a");
  response.content_type = "text/plain\r\nX: y";
  EXPECT_THAT(answer_to(get("/")), StartsWith("HTTP/1.1 500"));
}

TEST_F(HttpServerTest, RefusesWhatIsTooLongBeforeTheHandlerSeesIt) {
  int handled = 0;
  serve(
      [&](const ServerRequest&) {
        ++handled;
        return text("ok");
      },
      {.max_body = 1000, .max_header = 2000});
  const std::string post = "POST / HTTP/1.1\r\nHost: h\r\n";
  EXPECT_THAT(answer_to(post + "Content-Length: 1001\r\n\r\n" + std::string(1001, 'x')),
              StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(
      answer_to(post + "Transfer-Encoding: chunked\r\n\r\n7d0\r\n" + std::string(2000, 'x')),
      StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(answer_to(get("/", "X: " + std::string(2000, 'x') + "\r\n")),
              StartsWith("HTTP/1.1 431"));
  EXPECT_EQ(handled, 0);
  EXPECT_THAT(answer_to(post + "Content-Length: 1000\r\n\r\n" + std::string(1000, 'x')),
              StartsWith("HTTP/1.1 200"));
}

TEST_F(HttpServerTest, LetsALongRefusedBodyStillHearTheRefusal) {
  serve(echo, {.max_body = 1000});
  RawPeer peer(server_->port());
  peer.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4000000\r\n\r\n" +
           std::string(4'000'000, 'x'));
  EXPECT_TRUE(peer.said_all());  // many clients do not listen when they cannot speak
  EXPECT_THAT(peer.hear_all(), StartsWith("HTTP/1.1 413"));
}

TEST_F(HttpServerTest, RefusesWhatIsNoHttp) {
  serve(echo);
  EXPECT_THAT(answer_to("what is this\r\n\r\n"), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(answer_to("GET http://evil/ HTTP/1.1\r\nHost: h\r\n\r\n"),
              StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(answer_to("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
              StartsWith("HTTP/1.1 400"));
}

TEST_F(HttpServerTest, HandlesOnlyCompleteRequests) {
  int handled = 0;
  serve([&](const ServerRequest&) {
    ++handled;
    return text("ok");
  });
  EXPECT_THAT(answer_to("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nhalf"), IsEmpty());
  EXPECT_THAT(answer_to("GET / HTTP/1.1\r\nHo"), IsEmpty());
  EXPECT_EQ(handled, 0);
}

TEST_F(HttpServerTest, CutsClientsThatTrickle) {
  serve(echo, {.idle = 30ms});
  RawPeer silent(server_->port());
  RawPeer half(server_->port());
  half.say("GET / HTTP/1.1\r\nHo");
  EXPECT_THAT(silent.hear_all(), IsEmpty());
  EXPECT_THAT(half.hear_all(), IsEmpty());
}

TEST_F(HttpServerTest, EndsTheIdlestConnectionForANewcomer) {
  serve(echo, {.max_connections = 2});
  RawPeer first(server_->port());
  first.say(get("/1")).hear_until("path /1.");
  RawPeer second(server_->port());
  second.say(get("/2")).hear_until("path /2.");
  first.say(get("/1b")).hear_until("path /1b.");
  RawPeer third(server_->port());
  EXPECT_THAT(third.say(get("/3")).hear_until("path /3."), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(second.hear_all(), IsEmpty());
  EXPECT_THAT(first.say(get("/1c")).hear_until("path /1c."), EndsWith("path /1c."));
}

TEST_F(HttpServerTest, NeverEndsAConnectionThatIsBeingAnswered) {
  std::promise<void> arrived;
  serve(
      [&](const ServerRequest& request) {
        ServerResponse response = echo(request);
        if (request.path == "/slow") {
          response.delay = 100ms;
          arrived.set_value();
        }
        return response;
      },
      {.max_connections = 1});
  RawPeer busy(server_->port());
  busy.say(get("/slow"));
  arrived.get_future().wait();
  RawPeer newcomer(server_->port());
  newcomer.say(get("/new")).hear_all();
  EXPECT_THAT(busy.hear_until("path /slow."), EndsWith("path /slow."));
}

TEST_F(HttpServerTest, CutsBodiesAndHangsUpWhenToldTo) {
  serve([](const ServerRequest& request) {
    ServerResponse response = text("0123456789");
    response.delivery = request.path == "/cut" ? ServerResponse::Delivery::cut_body
                                               : ServerResponse::Delivery::hang_up;
    return response;
  });
  EXPECT_THAT(answer_to(get("/cut")),
              AllOf(HasSubstr("Content-Length: 10\r\n"), EndsWith("\r\n01234")));
  EXPECT_THAT(answer_to(get("/gone")), IsEmpty());
}

TEST_F(HttpServerTest, GoesOnWithOthersWhileAnAnswerIsDelayed) {
  serve([](const ServerRequest& request) {
    ServerResponse response = echo(request);
    // Long enough that the test would hit its guard if the other had to wait.
    if (request.path == "/slow") response.delay = 1h;
    return response;
  });
  RawPeer slow(server_->port());
  slow.say(get("/slow"));
  EXPECT_THAT(answer_to(get("/fast")), EndsWith("path /fast."));
  server_->stop();
  EXPECT_THAT(slow.hear_all(), IsEmpty());
}

TEST_F(HttpServerTest, ReturnsFromRunAfterTheAnswerOfTheHandlerThatStopped) {
  HttpServer* running = nullptr;
  HttpServer server({}, [&](const ServerRequest& request) {
    if (request.path == "/stop") running->stop();
    return echo(request);
  });
  running = &server;
  std::string heard;
  std::thread client([&] {
    RawPeer idle(server.port());
    RawPeer peer(server.port());
    peer.say(get("/a")).hear_until("path /a.");
    heard = peer.say(get("/stop")).hear_all();
    idle.hear_all();
  });
  server.run();
  client.join();
  EXPECT_THAT(heard, AllOf(HasSubstr("Connection: close"), EndsWith("path /stop.")));
}

TEST_F(HttpServerTest, SendsALongAnswerToItsEndWhenTheHandlerStops) {
  const std::string body(16u << 20, 'x');  // more than the sockets hold
  HttpServer* running = nullptr;
  HttpServer server({.grace = 1h}, [&](const ServerRequest&) {
    running->stop();
    return text(body);
  });
  running = &server;
  std::size_t heard = 0;
  std::thread client([&] {
    RawPeer peer(server.port());
    heard = peer.say(get("/")).hear_all().size();
  });
  server.run();
  client.join();
  EXPECT_GT(heard, body.size());
}

TEST_F(HttpServerTest, ReturnsFromRunWhenAnotherThreadStopsIt) {
  HttpServer server({}, echo);
  std::thread other([&] {
    RawPeer peer(server.port());
    peer.say(get("/a")).hear_until("path /a.");
    server.stop();
  });
  server.run();
  other.join();
  server.run();  // it stays stopped
}

TEST_F(HttpServerTest, GoesOnWhereItWasWhenRunAgainAfterItsTime) {
  HttpServer server({}, echo);
  RawPeer peer(server.port());
  peer.say("GET /half HTTP/1.1\r\n");
  server.run(std::chrono::steady_clock::now() + 5ms);
  peer.say("Host: h\r\nConnection: close\r\n\r\n");
  std::string heard;
  std::thread client([&] {
    heard = peer.hear_all();
    server.stop();
  });
  server.run();
  client.join();
  EXPECT_THAT(heard, EndsWith("path /half."));
}

TEST_F(HttpServerTest, NamesAPortThatIsTaken) {
  serve(echo);
  try {
    HttpServer second({.port = server_->port()}, echo);
    FAIL() << "two servers on one port";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::io);
    EXPECT_EQ(error.message(), "the port " + std::to_string(server_->port()) + " is taken");
    EXPECT_THAT(error.hint(), HasSubstr("another port"));
  }
}

TEST_F(HttpServerTest, CanHaveThePortOfAServerThatEnded) {
  const std::uint16_t port = serve(echo).port();
  answer_to(get("/"));
  server_.reset();
  serve(echo, {.port = port});
  EXPECT_EQ(server_->address(), "http://127.0.0.1:" + std::to_string(port));
  EXPECT_THAT(answer_to(get("/")), StartsWith("HTTP/1.1 200"));
}

TEST_F(HttpServerTest, EndsWithRequestsOfAnyKindUnderWay) {
  serve([](const ServerRequest& request) {
    ServerResponse response = echo(request);
    response.delay = request.path == "/slow" ? 1h : 0h;
    return response;
  });
  RawPeer idle(server_->port());
  RawPeer half(server_->port());
  half.say("GET / HT");
  RawPeer slow(server_->port());
  slow.say(get("/slow"));
  RawPeer used(server_->port());
  used.say(get("/x")).hear_until("path /x.");
  server_.reset();
  EXPECT_THAT(idle.hear_all() + half.hear_all() + slow.hear_all() + used.hear_all(), IsEmpty());
}

}  // namespace
}  // namespace soundlake::net
