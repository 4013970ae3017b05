// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>

#include "soundlake/base/time.hpp"
#include "soundlake/net/closures.hpp"
#include "soundlake/net/http.hpp"
#include "soundlake/net/response_cache.hpp"

namespace soundlake::net {

/// What we allow ourselves towards one service. Limits are keyed by the service's name, never by
/// host: in tests all services stand on one host.
struct ServiceLimits {
  double requests_per_second = 4;
  double burst = 16;      ///< so many may leave at once before the rate applies
  int in_flight = 16;     ///< concurrent requests
  int tries = 4;          ///< per request, the first included
};

/// Sends requests to outside services: one libcurl-multi loop on the calling thread.
///
/// Per service it holds back to the limits; a Retry-After of at most a minute holds the whole
/// service back and is waited out; a longer one closes the request's quota bucket in `Closures`
/// (kept across restarts), ends the request as `closed`, and every further request of that bucket
/// ends so without being sent. Network errors, 429 and 5xx are retried with full jitter when the
/// request is repeatable, within a retry budget per service. Plain http goes only to loopback.
class Client {
 public:
  struct Options {
    std::string user_agent;
    base::Clock clock = base::system_clock();
    std::uint64_t seed = std::random_device{}();       ///< of the jitter
    std::chrono::seconds longest_wait{60};             ///< a longer wait is recorded, not slept
  };
  using Done = std::function<void(Response)>;

  /// Closures and cache must outlive the client.
  Client(Options options, Closures& closures, ResponseCache& cache);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void add_service(const std::string& name, ServiceLimits limits);

  /// Queues a request; `done` is called from run(), exactly once, and may send more.
  /// Throws Error{config} for a service that was not added or a URL that is plain http to another
  /// machine.
  void send(Request request, Done done);
  /// Drives until nothing is queued or under way. Throws Error{cancelled} when a stop was requested.
  void run();
  /// send() and run() for one request.
  Response fetch(Request request);

  /// Requests that left this process, retries included, by service.
  const std::map<std::string, std::int64_t>& requests_sent() const;

 private:
  struct Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace soundlake::net
