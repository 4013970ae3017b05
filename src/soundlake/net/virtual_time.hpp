// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/net/client.hpp"

#include <memory>

namespace soundlake::net {

/// Time for tests: it stands still until a client would wait, then jumps to the end of that wait.
/// Copies are the same time.
class VirtualTime {
 public:
  explicit VirtualTime(base::Instant start) : start_(start) {}

  base::Instant now() const {
    return start_ + std::chrono::duration_cast<base::Instant::duration>(*passed_);
  }
  base::Clock clock() const {
    return [self = *this] { return self.now(); };
  }
  void advance(Ticks::duration by) const { *passed_ += by; }
  /// All the time that went by.
  Ticks::duration passed() const { return *passed_; }
  /// Makes a client live in this time.
  void apply_to(Client::Options& options) const {
    options.clock = clock();
    options.ticks = [passed = passed_] { return Ticks(*passed); };
    options.pause = [passed = passed_](Ticks::duration by) { *passed += by; };
  }

 private:
  base::Instant start_;
  std::shared_ptr<Ticks::duration> passed_ = std::make_shared<Ticks::duration>(0);
};

}  // namespace soundlake::net
