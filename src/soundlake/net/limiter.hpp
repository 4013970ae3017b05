// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <optional>

namespace soundlake::net {

/// Monotonic time: a corrected wall clock neither holds requests back nor lets them loose.
using Ticks = std::chrono::steady_clock::time_point;

/// What we allow ourselves towards one service. Limits are keyed by the service's name, never by
/// host: in tests all services stand on one host.
struct ServiceLimits {
  double requests_per_second = 4;
  double burst = 16;   ///< so many may leave at once before the rate applies
  int in_flight = 16;  ///< concurrent requests
  int tries = 4;       ///< per request, the first included
};

/// Decides when the next request to one service may leave: a token bucket, a cap on those under
/// way and a moment until which the service asked for silence. Pure logic, time is handed in.
class Limiter {
 public:
  /// Begins with a full bucket. Throws Error{config} for limits that would never let anything
  /// leave.
  Limiter(const ServiceLimits& limits, Ticks now);

  /// Other limits from now on; what is under way and held stays so. Throws as the constructor does.
  void change(const ServiceLimits& limits);

  /// The earliest moment a request may leave, `now` when it may leave at once; nothing when one
  /// under way has to end first.
  std::optional<Ticks> next_start(Ticks now) const;
  void started(Ticks now);
  void ended();
  /// Lets nothing leave before `until`; an earlier, longer hold stays. Afterwards requests leave at
  /// the rate, without another burst, which is what caused the hold.
  void hold_until(Ticks until, Ticks now);
  /// Until when nothing leaves; may lie in the past.
  Ticks held_until() const { return held_until_; }

 private:
  double tokens_at(Ticks at) const;

  ServiceLimits limits_;
  double tokens_;
  Ticks counted_at_;
  Ticks held_until_;
  int under_way_ = 0;
};

}  // namespace soundlake::net
