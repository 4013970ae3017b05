// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"
#include "soundlake/net/closures.hpp"
#include "soundlake/net/http.hpp"
#include "soundlake/net/limiter.hpp"
#include "soundlake/net/response_cache.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>

namespace soundlake::net {

/// Sends requests to outside services: one libcurl-multi loop on the calling thread.
///
/// Per service it holds back to the limits; a Retry-After of at most a minute holds the whole
/// service back and is waited out; a longer one closes the request's quota bucket in `Closures`
/// (kept across restarts), ends the request as `closed`, and every further request of that bucket
/// ends so without being sent. Network errors, 429 and 5xx are retried with full jitter when the
/// request is repeatable, within a retry budget per service. Plain http goes only to loopback.
///
/// A 429 that names no time, or is still there after all tries, closes its bucket for the longest
/// wait: going on would only lengthen the lockout. A request that is not repeatable is sent again
/// only when it surely never reached the service; a 429 ends it as `closed` until the time named.
class Client {
 public:
  struct Options {
    std::string user_agent = {};
    base::Clock clock = base::system_clock();
    std::uint64_t seed = std::random_device{}();  ///< of the jitter
    std::chrono::seconds longest_wait{60};        ///< a longer wait is recorded, not slept
    /// Monotonic time of limits and delays.
    std::function<Ticks()> ticks = [] { return std::chrono::steady_clock::now(); };
    /// Called instead of waiting while nothing is under way and the next request may leave only
    /// later; it has to move `ticks` on by that much. Empty: really wait. (VirtualTime for tests.)
    std::function<void(Ticks::duration)> pause = {};
  };
  using Done = std::function<void(Response)>;

  /// Closures and cache must outlive the client.
  Client(Options options, Closures& closures, ResponseCache& cache);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Of a service added before, the limits are changed. Throws Error{config} for limits that would
  /// never let a request leave.
  void add_service(const std::string& name, ServiceLimits limits);

  /// Queues a request; `done` is called from run(), exactly once, and may send more or fetch().
  /// Throws Error{config} for a service that was not added, a URL that is plain http to another
  /// machine, or a header that holds a line break.
  void send(Request request, Done done);
  /// Drives until nothing is queued or under way. Throws Error{cancelled} when a stop was
  /// requested. When it throws, or a `done` does, all that is queued or under way is dropped
  /// without its `done`.
  void run();
  /// Sends one request and drives until its answer is there. Others that are queued or under way go
  /// on meanwhile; their `done` waits for run(). Throws as run() does.
  Response fetch(Request request);

  /// Requests that left this process, retries included, by service.
  const std::map<std::string, std::int64_t>& requests_sent() const;

 private:
  struct Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace soundlake::net
