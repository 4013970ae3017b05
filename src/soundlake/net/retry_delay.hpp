// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"

#include <chrono>
#include <optional>
#include <random>
#include <string_view>

namespace soundlake::net {

struct RetryDelayInput {
  int attempt = 1;  ///< tries made so far, from 1
  std::chrono::milliseconds base{200};
  std::chrono::milliseconds ceiling{20'000};
  std::optional<std::chrono::milliseconds> retry_after;  ///< a floor that the ceiling does not cap
};

/// Full jitter: uniform in [0, min(ceiling, base·2^(attempt-1))], put on top of `retry_after` when
/// there is one. (AWS Architecture Blog, "Exponential Backoff And Jitter".)
std::chrono::milliseconds retry_delay(const RetryDelayInput& input, std::mt19937_64& random);

/// The Retry-After header: seconds, or an HTTP date seen from `now`. Never negative; nothing when
/// it cannot be read; at most 30 days.
std::optional<std::chrono::milliseconds> parse_retry_after(std::string_view header,
                                                           base::Instant now);

}  // namespace soundlake::net
