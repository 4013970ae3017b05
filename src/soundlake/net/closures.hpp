// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/database.hpp"
#include "soundlake/base/time.hpp"

#include <optional>
#include <string>
#include <vector>

namespace soundlake::net {

/// A quota bucket of a service that takes no requests until a moment.
struct Closure {
  std::string service;
  std::string bucket;
  base::Instant until;
  friend bool operator==(const Closure&, const Closure&) = default;
};

/// Remembers closed quota buckets in state.db, across restarts.
class Closures {
 public:
  /// The database must outlive this.
  explicit Closures(base::Database& database);
  /// Closes the bucket; an end already known is extended, never shortened.
  void close(const std::string& service, const std::string& bucket, base::Instant until);
  /// Until when the bucket is closed, when that lies after `now`.
  std::optional<base::Instant> closed_until(const std::string& service, const std::string& bucket,
                                            base::Instant now) const;
  /// All that are closed at `now`, by service and bucket.
  std::vector<Closure> open_closures(base::Instant now) const;
  /// Forgets a service's closures (its account was changed).
  void forget(const std::string& service);

 private:
  base::Database& database_;
};

}  // namespace soundlake::net
