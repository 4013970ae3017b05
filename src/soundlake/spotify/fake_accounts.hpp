// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/database.hpp"
#include "soundlake/base/files.hpp"
#include "soundlake/base/hash.hpp"
#include "soundlake/net/client.hpp"
#include "soundlake/net/http_server.hpp"
#include "soundlake/net/virtual_time.hpp"
#include "soundlake/spotify/app.hpp"
#include "soundlake/spotify/token_endpoint.hpp"
#include "soundlake/spotify/token_store.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace soundlake::spotify {

/// Plays Spotify's accounts service for tests: answers what it was told to, and remembers what it
/// was asked.
class FakeAccounts {
 public:
  struct Call {
    std::string path;
    std::map<std::string, std::string> form;
    std::string authorization;  ///< the header; empty when there was none
  };

  FakeAccounts() : server_({}, [this](const auto& request) { return handle(request); }) {
    server_.start();
  }

  /// The next answer; the last one given is repeated.
  void answer(int status, std::string body, net::Headers headers = {}) {
    net::ServerResponse response;
    response.status = status;
    response.headers = std::move(headers);
    response.body = std::move(body);
    answer(std::move(response));
  }
  void answer(net::ServerResponse response) {
    const std::lock_guard lock(mutex_);
    answers_.push_back(std::move(response));
  }
  void tokens(const std::string& access, const std::string& refresh = {}) {
    answer(200, R"({"access_token":")" + access + R"(","token_type":"Bearer","expires_in":3600)" +
                    (refresh.empty() ? "" : R"(,"refresh_token":")" + refresh + "\"") +
                    R"(,"scope":"user-top-read user-read-recently-played"})");
  }
  /// Drops the answers given so far.
  void clear() {
    const std::lock_guard lock(mutex_);
    answers_.clear();
    next_ = 0;
  }
  std::vector<Call> calls() const {
    const std::lock_guard lock(mutex_);
    return calls_;
  }
  /// An app of this service.
  App app() const {
    App app;
    app.client_id = "app-one";
    app.redirect_uri = "http://127.0.0.1/callback";
    app.accounts_url = server_.address();
    return app;
  }

 private:
  net::ServerResponse handle(const net::ServerRequest& request) {
    const std::lock_guard lock(mutex_);
    calls_.push_back({request.path, net::parse_query(request.body),
                      net::find_header(request.headers, "Authorization").value_or("")});
    if (answers_.empty()) {
      net::ServerResponse none;
      none.status = 500;
      return none;
    }
    const auto& response = answers_[std::min(next_, answers_.size() - 1)];
    ++next_;
    return response;
  }

  mutable std::mutex mutex_;
  std::vector<net::ServerResponse> answers_;
  std::size_t next_ = 0;
  std::vector<Call> calls_;
  net::HttpServer server_;
};

/// A home folder with what a process keeps open in it, in a time that stands still. Several on one
/// folder are several processes.
class FakeHome {
 public:
  static base::Instant start() { return *base::parse_utc("2026-11-23T10:00:00Z"); }

  explicit FakeHome(const std::filesystem::path& folder)
      : database(quick_database(folder / "state.db")),
        closures(database),
        cache(database),
        store(database, folder / "token.lock"),
        client(options(), closures, cache) {
    client.add_service(kAccountsService, accounts_limits());
  }

  net::VirtualTime time{start()};
  base::Database database;
  net::Closures closures;
  net::ResponseCache cache;
  TokenStore store;
  net::Client client;

 private:
  /// No test cuts the power, so none needs to wait for the disk.
  static base::Database quick_database(const std::filesystem::path& path) {
    auto opened = base::Database::open(path);
    opened.execute("PRAGMA synchronous=OFF");
    return opened;
  }
  net::Client::Options options() const {
    net::Client::Options options;
    options.user_agent = "soundlake-test";
    options.seed = 1;
    time.apply_to(options);
    return options;
  }
};

/// A folder of its own that goes with the test.
class TestFolder {
 public:
  explicit TestFolder(const std::string& parent)
      : path_(std::filesystem::path(parent) /
              ("soundlake-sign-in-" + base::to_hex(base::random_bytes(6)))) {
    base::make_private_folder(path_);
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  ~TestFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace soundlake::spotify
