// SPDX-License-Identifier: Apache-2.0
#include "soundlake/net/limiter.hpp"

#include "soundlake/base/error.hpp"

#include <algorithm>

namespace soundlake::net {
namespace {

using Seconds = std::chrono::duration<double>;

// Sums of fractions of tokens are compared with one; rounding must not cost a request its turn.
constexpr double kRounding = 1e-9;

ServiceLimits checked(const ServiceLimits& limits) {
  if (!(limits.requests_per_second > 0) || !(limits.burst >= 1) || limits.in_flight < 1 ||
      limits.tries < 1) {
    throw Error(ErrorKind::config, "these limits would never let a request leave",
                "a rate above 0 and at least 1 for burst, requests in flight and tries are needed");
  }
  return limits;
}

}  // namespace

Limiter::Limiter(const ServiceLimits& limits, Ticks now)
    : limits_(checked(limits)), tokens_(limits.burst), counted_at_(now), held_until_(now) {}

void Limiter::change(const ServiceLimits& limits) {
  limits_ = checked(limits);
  tokens_ = std::min(tokens_, limits_.burst);
}

double Limiter::tokens_at(Ticks at) const {
  const double seconds = std::max(0.0, Seconds(at - counted_at_).count());
  return std::min(limits_.burst, tokens_ + seconds * limits_.requests_per_second);
}

std::optional<Ticks> Limiter::next_start(Ticks now) const {
  if (under_way_ >= limits_.in_flight) return std::nullopt;
  const Ticks earliest = std::max(now, held_until_);
  const double missing = 1.0 - tokens_at(earliest);
  if (missing <= kRounding) return earliest;
  return earliest +
         std::chrono::ceil<Ticks::duration>(Seconds(missing / limits_.requests_per_second));
}

void Limiter::started(Ticks now) {
  tokens_ = std::max(0.0, tokens_at(now) - 1.0);
  counted_at_ = std::max(now, counted_at_);
  ++under_way_;
}

void Limiter::ended() {
  --under_way_;
}

void Limiter::hold_until(Ticks until, Ticks now) {
  if (until <= held_until_ || until <= now) return;
  tokens_ = std::min(1.0, tokens_at(now));
  counted_at_ = until;
  held_until_ = until;
}

}  // namespace soundlake::net
