// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/net/http.hpp"
#include "soundlake/net/limiter.hpp"
#include "soundlake/net/response_cache.hpp"
#include "soundlake/net/retry_budget.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace soundlake::net {

/// A request on its way through the client.
struct Job {
  Request request;
  bool direct = false;                        ///< not through a proxy
  std::function<void(Response)> done;         ///< empty for fetch()
  std::optional<Response>* answer = nullptr;  ///< of fetch(), which waits for it
  int tries = 0;
  int last_retry_cost = 0;
  std::optional<CachedResponse> kept;  ///< an answer that is no longer fresh
};
using JobPtr = std::unique_ptr<Job>;

/// What waits to leave for one service, and when it may.
class ServiceQueue {
 public:
  /// `departures` is counted up for each request that leaves. Throws as Limiter does.
  ServiceQueue(const ServiceLimits& limits, Ticks now, std::int64_t& departures);

  void change(const ServiceLimits& limits);
  void push(JobPtr job);
  /// Queues a job again that may leave at `when`.
  void push_later(JobPtr job, Ticks when);
  /// The next job that may leave at `now`; nothing when none may.
  JobPtr take_due(Ticks now);
  /// When take_due() may give something; nothing when it is empty or has to wait for one under way.
  std::optional<Ticks> next_start(Ticks now) const;
  /// Takes out every job of a quota bucket.
  std::vector<JobPtr> take_bucket(const std::string& bucket);
  bool empty() const { return ready_.empty() && delayed_.empty(); }
  void clear();

  int tries() const { return limits_.tries; }
  Limiter& limiter() { return limiter_; }
  RetryBudget& budget() { return budget_; }
  std::int64_t& departures() { return *departures_; }

 private:
  ServiceLimits limits_;
  Limiter limiter_;
  RetryBudget budget_;
  std::deque<JobPtr> ready_;
  std::multimap<Ticks, JobPtr> delayed_;  ///< by the moment they may leave
  std::int64_t* departures_;
};

}  // namespace soundlake::net
