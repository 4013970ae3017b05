// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/files.hpp"
#include "soundlake/net/client_fixture.hpp"

#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>

#include <thread>

namespace soundlake::net {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using Delivery = ServerResponse::Delivery;

ServerResponse delivered(Delivery delivery) {
  ServerResponse response;
  response.body = "0123456789";
  response.delivery = delivery;
  return response;
}

TEST_F(ClientTest, RetriesWhatMayGoBetterNextTime) {
  for (const int status : {408, 429, 500, 502, 503, 504}) {
    serve_in_turn({answer(status), answer(200, "ok")});
    const auto before = sent();
    const Response response = client_->fetch(request());
    EXPECT_TRUE(response.ok()) << status;
    EXPECT_EQ(response.body, "ok");
    EXPECT_EQ(sent() - before, 2) << status;
  }
}

TEST_F(ClientTest, RetriesLostConnections) {
  for (const Delivery delivery : {Delivery::cut_body, Delivery::hang_up}) {
    serve_in_turn({delivered(delivery), answer(200, "ok")});
    const Response response = client_->fetch(request());
    EXPECT_TRUE(response.ok()) << response.problem;
    EXPECT_EQ(response.body, "ok");
    EXPECT_EQ(arrivals_.size(), 2u);
    arrivals_.clear();
  }
}

TEST_F(ClientTest, TakesOtherStatusesAsTheAnswer) {
  for (const int status : {201, 304, 400, 401, 403, 404, 409, 501}) {
    serve_in_turn({answer(status)});
    const Response response = client_->fetch(request());
    EXPECT_EQ(response.outcome, Outcome::answered);
    EXPECT_EQ(response.status, status);
  }
  EXPECT_EQ(sent(), 8);
}

TEST_F(ClientTest, FailsAfterAllTriesWithAProblemAndTheStatus) {
  serve_in_turn({answer(502, "<html>")});
  const Response response = client_->fetch(request("/v1/me?market=US"));
  EXPECT_EQ(response.outcome, Outcome::failed);
  EXPECT_EQ(response.status, 502);
  EXPECT_EQ(response.problem,
            "spotify answered HTTP 502 (GET " + server_->address() + "/v1/me, tried 4 times)");
  EXPECT_EQ(sent(), 4);
  EXPECT_GT(time_.passed(), 0s);
  EXPECT_LE(time_.passed(), 200ms + 400ms + 800ms);
}

TEST_F(ClientTest, SaysHowAConnectionWasLost) {
  client_->add_service("spotify", {.tries = 1});
  serve_in_turn({delivered(Delivery::cut_body)});
  EXPECT_THAT(client_->fetch(request()).problem,
              StartsWith("spotify ended the connection within its answer ("));
  serve_in_turn({delivered(Delivery::hang_up)});
  EXPECT_THAT(client_->fetch(request()).problem,
              StartsWith("spotify ended the connection without an answer ("));
}

TEST_F(ClientTest, SaysThatNobodyWasThereAndCountsNothing) {
  serve_in_turn({answer(200)});
  const Request nobody = request();
  server_.reset();
  const Response response = client_->fetch(nobody);
  EXPECT_EQ(response.outcome, Outcome::failed);
  EXPECT_EQ(response.status, 0);
  EXPECT_THAT(response.problem, StartsWith("spotify could not be reached ("));
  EXPECT_EQ(sent(), 0);
}

TEST_F(ClientTest, WaitsForAnAnswerOnlySoLong) {
  client_->add_service("spotify", {.tries = 1});
  ServerResponse late = answer(200);
  late.delay = 1h;
  serve_in_turn({late});
  Request impatient = request();
  impatient.timeout = 40ms;
  EXPECT_THAT(client_->fetch(impatient).problem,
              StartsWith("spotify did not answer within 40 ms ("));
}

TEST_F(ClientTest, EndsAnswersThatAreTooLongAtOnce) {
  serve([&](const ServerRequest& seen) {
    return answer(200, std::string(seen.path == "/just" ? 2048 : 2049, 'x'));
  });
  Request bounded = request("/more");
  bounded.max_body = 2048;
  const Response response = client_->fetch(bounded);
  EXPECT_EQ(response.outcome, Outcome::failed);
  EXPECT_THAT(response.problem, StartsWith("spotify sent more than 2 KiB ("));
  EXPECT_THAT(response.body, testing::IsEmpty());
  EXPECT_EQ(sent(), 1);

  bounded.url = request("/just").url;
  EXPECT_EQ(client_->fetch(bounded).body.size(), 2048u);
}

TEST_F(ClientTest, RepeatsWhatMustNotBeRepeatedOnlyWhenItNeverLeft) {
  Request once = request();
  once.method = "POST";
  once.repeatable = false;
  // A pooled connection invites libcurl to repeat by itself.
  serve_in_turn({answer(200), delivered(Delivery::hang_up), delivered(Delivery::cut_body),
                 answer(500), answer(503), answer(200)});
  once.url = request().url;
  EXPECT_TRUE(client_->fetch(once).ok());
  for (int i = 0; i < 4; ++i) EXPECT_EQ(client_->fetch(once).outcome, Outcome::failed);
  EXPECT_EQ(arrivals_.size(), 5u);
  EXPECT_TRUE(client_->fetch(once).ok());

  server_.reset();
  const Response nobody = client_->fetch(once);
  EXPECT_THAT(nobody.problem, HasSubstr("tried 4 times"));
}

TEST_F(ClientTest, StopsRetryingWhenTheBudgetIsSpent) {
  serve_in_turn({answer(500)});
  client_->add_service("spotify", {.requests_per_second = 10000, .burst = 10000});
  int failed = 0;
  for (int i = 0; i < 150; ++i) {
    client_->send(request(), [&](Response response) {
      failed += response.outcome == Outcome::failed ? 1 : 0;
    });
  }
  client_->run();
  EXPECT_EQ(failed, 150);
  EXPECT_EQ(sent(), 150 + 100);  // 500 tokens, 5 each
}

TEST_F(ClientTest, TellsNoSecretInAProblem) {
  Request secret = request("/2.0/?api_key=s3cret&token=s3cret#code=s3cret");
  secret.url = "http://me:s3cret@127.0.0.1:1/2.0/?api_key=s3cret&token=s3cret";
  secret.bearer = base::Secret("s3cret");
  secret.headers = {{"X-Api-Key", "s3cret"}};
  secret.body = "code=s3cret";
  const std::string problem = client_->fetch(secret).problem;
  EXPECT_THAT(problem, AllOf(HasSubstr("127.0.0.1:1/2.0/"), Not(HasSubstr("s3cret"))));
}

/// Speaks TLS with a certificate that nobody has signed but itself, for one handshake.
class SelfSignedPeer {
 public:
  SelfSignedPeer() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    ::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), length);
    ::listen(listener_.get(), 1);
    ::getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { shake_hands(); });
  }
  ~SelfSignedPeer() {
    ::shutdown(listener_.get(), SHUT_RDWR);
    thread_.join();
  }
  std::uint16_t port() const { return port_; }

 private:
  void shake_hands() {
    const base::FileDescriptor peer(::accept(listener_.get(), nullptr, nullptr));
    if (!peer.open()) return;
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"),
                                                                  EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
    X509_set_version(certificate.get(), 2);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("127.0.0.1"), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(
        SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    SSL_CTX_use_certificate(context.get(), certificate.get());
    SSL_CTX_use_PrivateKey(context.get(), key.get());
    const std::unique_ptr<SSL, decltype(&SSL_free)> session(SSL_new(context.get()), SSL_free);
    SSL_set_fd(session.get(), peer.get());
    SSL_accept(session.get());
  }

  base::FileDescriptor listener_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

TEST_F(ClientTest, RefusesACertificateThatNobodyTrusts) {
  const SelfSignedPeer peer;
  Request request;
  request.service = "spotify";
  request.url = "https://127.0.0.1:" + std::to_string(peer.port()) + "/v1/me";
  const Response response = client_->fetch(request);
  EXPECT_EQ(response.outcome, Outcome::failed);
  EXPECT_THAT(response.problem, StartsWith("the certificate of spotify is not trusted ("));
  EXPECT_EQ(sent(), 0);
}

}  // namespace
}  // namespace soundlake::net
