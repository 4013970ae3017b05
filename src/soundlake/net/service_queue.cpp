// SPDX-License-Identifier: Apache-2.0
#include "soundlake/net/service_queue.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace soundlake::net {

ServiceQueue::ServiceQueue(const ServiceLimits& limits, Ticks now, std::int64_t& departures)
    : limits_(limits), limiter_(limits, now), departures_(&departures) {}

void ServiceQueue::change(const ServiceLimits& limits) {
  limiter_.change(limits);
  limits_ = limits;
}

void ServiceQueue::push(JobPtr job) {
  ready_.push_back(std::move(job));
}

void ServiceQueue::push_later(JobPtr job, Ticks when) {
  delayed_.emplace(when, std::move(job));
}

JobPtr ServiceQueue::take_due(Ticks now) {
  // What has waited for its retry goes before what has not been tried at all.
  while (!delayed_.empty() && delayed_.begin()->first <= now) {
    ready_.push_front(std::move(delayed_.begin()->second));
    delayed_.erase(delayed_.begin());
  }
  const auto when = limiter_.next_start(now);
  if (ready_.empty() || !when || *when > now) return nullptr;
  JobPtr job = std::move(ready_.front());
  ready_.pop_front();
  return job;
}

std::optional<Ticks> ServiceQueue::next_start(Ticks now) const {
  if (empty()) return std::nullopt;
  const auto when = limiter_.next_start(now);
  if (!when || !ready_.empty()) return when;
  return std::max(*when, delayed_.begin()->first);
}

std::vector<JobPtr> ServiceQueue::take_bucket(const std::string& bucket) {
  std::vector<JobPtr> taken;
  const auto take = [&](JobPtr& job) {
    if (job->request.bucket != bucket) return false;
    taken.push_back(std::move(job));
    return true;
  };
  std::deque<JobPtr> others;
  for (JobPtr& job : ready_) {
    if (!take(job)) others.push_back(std::move(job));
  }
  ready_ = std::move(others);
  for (auto at = delayed_.begin(); at != delayed_.end();) {
    at = take(at->second) ? delayed_.erase(at) : std::next(at);
  }
  return taken;
}

void ServiceQueue::clear() {
  ready_.clear();
  delayed_.clear();
}

}  // namespace soundlake::net
