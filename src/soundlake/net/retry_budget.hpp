// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>

namespace soundlake::net {

/// Keeps retries to a service that is down from becoming a storm: each costs tokens, successes give
/// them back, and without tokens a failure is final at once. The numbers are those of the standard
/// retry mode of the AWS SDKs.
class RetryBudget {
 public:
  static constexpr int kCapacity = 500;
  static constexpr int kRetryCost = 5;
  static constexpr int kTimeoutCost = 10;
  static constexpr int kFirstTryRefund = 1;  ///< for a request that succeeded without a retry

  /// Pays for one retry; false, and nothing is taken, when too little is left.
  bool take(int cost) {
    if (cost > tokens_) return false;
    tokens_ -= cost;
    return true;
  }
  /// Gives back what the last retry of a request that succeeded has cost.
  void refund(int cost) { tokens_ = std::min(kCapacity, tokens_ + cost); }
  int tokens() const { return tokens_; }

 private:
  int tokens_ = kCapacity;
};

}  // namespace soundlake::net
