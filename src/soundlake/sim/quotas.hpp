// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"

#include <deque>
#include <map>
#include <optional>
#include <string>

namespace soundlake::sim {

/// Counts requests as Spotify does: each bucket of endpoints over a rolling day, and everything
/// together over a rolling half minute.
class Quotas {
 public:
  /// Requests in any 24 hours by bucket; a bucket that is not named has no limit, nor has one with
  /// a negative number.
  void set_ceilings(std::map<std::string, int> ceilings);
  /// Requests in any 30 seconds; 0 = no limit.
  void set_window(int ceiling);
  void forget();

  struct Refused {
    int retry_after_s = 0;
    bool for_the_day = false;
  };
  /// Counts the request, or says why it is refused; what is refused is not counted.
  std::optional<Refused> admit(const std::string& bucket, base::Instant now);

  const std::map<std::string, int>& ceilings() const { return ceilings_; }
  int window() const { return window_; }
  /// Counted in the 24 hours before `now`.
  std::size_t used(const std::string& bucket, base::Instant now) const;

 private:
  std::map<std::string, int> ceilings_;
  int window_ = 0;
  std::map<std::string, std::deque<base::Instant>> day_;
  std::deque<base::Instant> half_minute_;
};

}  // namespace soundlake::sim
