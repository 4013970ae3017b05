// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/quotas.hpp"

#include <algorithm>
#include <utility>

namespace soundlake::sim {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

/// Seconds until one more request fits under the ceiling; nothing when it fits now.
std::optional<int> wait(std::deque<base::Instant>& counted, int ceiling, seconds span,
                        base::Instant now) {
  while (!counted.empty() && counted.front() + span <= now) counted.pop_front();
  if (ceiling < 0 || counted.size() < static_cast<std::size_t>(ceiling)) return std::nullopt;
  if (ceiling == 0) return static_cast<int>(span.count());
  const auto leaving = counted[counted.size() - static_cast<std::size_t>(ceiling)] + span;
  return std::max(1, static_cast<int>(std::chrono::ceil<seconds>(leaving - now).count()));
}

}  // namespace

void Quotas::set_ceilings(std::map<std::string, int> ceilings) {
  ceilings_ = std::move(ceilings);
}
void Quotas::set_window(int ceiling) {
  window_ = ceiling;
}

void Quotas::forget() {
  day_.clear();
  half_minute_.clear();
}

std::optional<Quotas::Refused> Quotas::admit(const std::string& bucket, base::Instant now) {
  if (window_ > 0)
    if (const auto seconds_left = wait(half_minute_, window_, seconds(30), now))
      return Refused{*seconds_left, false};
  const auto ceiling = ceilings_.find(bucket);
  auto& counted = day_[bucket];
  if (const auto seconds_left =
          wait(counted, ceiling == ceilings_.end() ? -1 : ceiling->second, hours(24), now))
    return Refused{*seconds_left, true};
  counted.push_back(now);
  if (window_ > 0) half_minute_.push_back(now);
  return std::nullopt;
}

std::size_t Quotas::used(const std::string& bucket, base::Instant now) const {
  const auto counted = day_.find(bucket);
  if (counted == day_.end()) return 0;
  return static_cast<std::size_t>(
      std::count_if(counted->second.begin(), counted->second.end(),
                    [now](base::Instant at) { return at + hours(24) > now; }));
}

}  // namespace soundlake::sim
