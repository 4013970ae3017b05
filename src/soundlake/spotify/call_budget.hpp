// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/database.hpp"
#include "soundlake/base/time.hpp"

#include <string>

namespace soundlake::spotify {

/// Our own allowance of calls within any 24 hours, below the service's unpublished quota, counted
/// in state.db. It is counted for all apps together, since Spotify counts per developer account.
class CallBudget {
 public:
  /// The database must outlive this.
  CallBudget(base::Database& state, std::string bucket, int calls_per_day, base::Clock clock);
  /// How many calls are left now.
  int left() const;
  /// Counts `calls` before they are sent, so that a killed run has them counted.
  void spend(int calls);
  /// So many counted calls were never sent.
  void give_back(int calls);
  /// When the next call comes free; now when some are left.
  base::Instant next_free() const;

 private:
  base::Database& state_;
  std::string bucket_;
  int calls_per_day_;
  base::Clock clock_;
};

}  // namespace soundlake::spotify
