// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/database.hpp"
#include "soundlake/base/log.hpp"
#include "soundlake/net/http_server.hpp"
#include "soundlake/net/virtual_time.hpp"

#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <vector>

namespace soundlake::net {

/// A client in virtual time and a server on loopback that it talks to.
class ClientTest : public testing::Test {
 protected:
  void SetUp() override {
    base::set_log_level(base::LogLevel::off);
    restart_client();
  }
  void TearDown() override { base::set_log_level(base::LogLevel::info); }

  /// A new client over the same state, as after a restart.
  void restart_client() {
    Client::Options options{.user_agent = "soundlake/test", .seed = 1};
    time_.apply_to(options);
    client_.reset();
    cache_.reset();
    closures_ = std::make_unique<Closures>(database_);
    cache_ = std::make_unique<ResponseCache>(database_);
    client_ = std::make_unique<Client>(options, *closures_, *cache_);
    client_->add_service("spotify", {});
  }
  void serve(HttpServer::Handler handler) {
    server_ = std::make_unique<HttpServer>(HttpServer::Options{},
                                           [this, handler](const ServerRequest& request) {
                                             arrivals_.push_back(request.path);
                                             return handler(request);
                                           });
    server_->start();
  }
  /// Answers the n-th request with the n-th answer, all further ones with the last.
  void serve_in_turn(std::vector<ServerResponse> answers) {
    serve([answers = std::move(answers), next = std::size_t{0}](const ServerRequest&) mutable {
      const auto& answer = answers[std::min(next, answers.size() - 1)];
      ++next;
      return answer;
    });
  }
  static ServerResponse answer(int status, std::string body = "", Headers headers = {}) {
    ServerResponse response;
    response.status = status;
    response.body = std::move(body);
    response.headers = std::move(headers);
    return response;
  }
  Request request(const std::string& path = "/v1/me", const std::string& bucket = "all") const {
    Request request;
    request.service = "spotify";
    request.bucket = bucket;
    request.url = (server_ ? server_->address() : "http://127.0.0.1:1") + path;
    return request;
  }
  std::int64_t sent() const { return client_->requests_sent().at("spotify"); }

  base::Database database_ = base::Database::in_memory();
  VirtualTime time_{*base::parse_utc("2026-11-23T03:44:04Z")};
  std::unique_ptr<Closures> closures_;
  std::unique_ptr<ResponseCache> cache_;
  std::unique_ptr<Client> client_;
  std::vector<std::string> arrivals_;  ///< paths, in the order in which the server saw them
  std::unique_ptr<HttpServer> server_;
};

}  // namespace soundlake::net
