// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/database.hpp"
#include "soundlake/base/time.hpp"
#include "soundlake/net/http.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>

namespace soundlake::net {

struct CachedResponse {
  std::string body;
  std::string etag;  ///< empty when the service gave none
  base::Instant received_at;
  base::Instant fresh_until;
};

/// Answers kept in state.db so that a question is not asked twice. New ones are gathered and
/// written a few at a time, since each write waits for the disk; what is gathered is found all the
/// same.
class ResponseCache {
 public:
  /// The database must outlive this.
  explicit ResponseCache(base::Database& database);
  ~ResponseCache();  ///< flushes
  ResponseCache(const ResponseCache&) = delete;
  ResponseCache& operator=(const ResponseCache&) = delete;

  std::optional<CachedResponse> find(const std::string& service, const std::string& key) const;
  void keep(const std::string& service, const std::string& key, const CachedResponse& response);
  /// The service said the kept answer still holds (304).
  void prolong(const std::string& service, const std::string& key, base::Instant fresh_until);
  /// Forgets all answers of a service.
  void forget(const std::string& service);
  /// Drops what ended before `before`.
  void sweep(base::Instant before);
  /// Writes what was gathered; the client does so whenever nothing is under way.
  void flush();

 private:
  base::Database& database_;
  std::map<std::pair<std::string, std::string>, CachedResponse> gathered_;  ///< by service and key
};

}  // namespace soundlake::net
