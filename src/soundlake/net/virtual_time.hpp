// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/net/client.hpp"

#include <atomic>
#include <memory>

namespace soundlake::net {

/// Time for tests: it stands still until a client would wait, then jumps to the end of that wait.
/// Copies are the same time.
class VirtualTime {
 public:
  explicit VirtualTime(base::Instant start) : start_(start) {}

  base::Instant now() const {
    return start_ + std::chrono::duration_cast<base::Instant::duration>(passed());
  }
  base::Clock clock() const {
    return [self = *this] { return self.now(); };
  }
  /// All the time that went by.
  Ticks::duration passed() const { return Ticks::duration(passed_->load()); }
  void advance(Ticks::duration by) const { passed_->fetch_add(by.count()); }
  /// Makes a client live in this time.
  void apply_to(Client::Options& options) const {
    options.clock = clock();
    options.ticks = [self = *this] { return Ticks(self.passed()); };
    options.pause = [self = *this](Ticks::duration by) { self.advance(by); };
  }

 private:
  base::Instant start_;
  // Atomic, since the handlers of a server read it on its thread.
  std::shared_ptr<std::atomic<Ticks::rep>> passed_ = std::make_shared<std::atomic<Ticks::rep>>(0);
};

}  // namespace soundlake::net
