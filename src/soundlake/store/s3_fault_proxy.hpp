// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/files.hpp"
#include "soundlake/base/json.hpp"
#include "soundlake/store/s3_servers.hpp"
#include "soundlake/store/scratch_folder.hpp"

#include <stdexcept>
#include <string>
#include <vector>

/// Test support: tests/s3/fault_proxy.py in front of an S3 server.
namespace soundlake::store {

class FaultProxy {
 public:
  explicit FaultProxy(const S3Server& behind)
      : log_(folder_.path() / "proxy.log"), server_(behind) {
    server_.url = "http://127.0.0.1:" + std::to_string(port_);
    process_ = std::make_unique<ChildProcess>(
        std::vector<std::string>{SOUNDLAKE_PYTHON, SOUNDLAKE_FAULT_PROXY, "--upstream", behind.url,
                                 "--port", std::to_string(port_)},
        std::vector<std::string>{
            "PATH=/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE=1",
            "AWS_ACCESS_KEY_ID=" + behind.credentials.access_key_id,
            "AWS_SECRET_ACCESS_KEY=" + behind.credentials.secret_access_key.reveal()},
        log_);
    if (!wait_for_port(port_, *process_)) {
      throw std::runtime_error("the proxy does not start: " + base::read_file(log_).value_or(""));
    }
    net_.client.add_service("proxy", {.requests_per_second = 1000, .burst = 1000});
  }

  /// The server as seen through the proxy.
  const S3Server& server() const { return server_; }
  /// The rules from now on, as JSON.
  void faults(const std::string& rules) { ask("PUT", "faults", rules); }
  /// What was asked since the last call.
  std::vector<std::string> requests() {
    const auto told = base::JsonDocument::parse(ask("GET", "requests", ""), "the proxy's answer");
    std::vector<std::string> seen;
    for (const auto& item : told.root().items()) seen.push_back(item.text().value_or(""));
    ask("DELETE", "requests", "");
    return seen;
  }

 private:
  std::string ask(const std::string& method, const std::string& what, const std::string& body) {
    net::Request request;
    request.service = "proxy";
    request.method = method;
    request.url = server_.url + "/_proxy/" + what;
    request.body = body;
    const auto response = net_.client.fetch(std::move(request));
    if (!response.ok()) throw std::runtime_error("the proxy refuses: " + response.problem);
    return response.body;
  }

  ScratchFolder folder_;
  std::string log_;
  int port_ = free_port();
  S3Server server_;
  std::unique_ptr<ChildProcess> process_;
  S3Net net_;
};

}  // namespace soundlake::store
