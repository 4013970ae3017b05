// SPDX-License-Identifier: Apache-2.0
#include "soundlake/net/response_cache.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/log.hpp"

namespace soundlake::net {
namespace {

// So many answers at most are asked for again after a crash.
constexpr std::size_t kGatherAtMost = 8;

}  // namespace

ResponseCache::ResponseCache(base::Database& database) : database_(database) {
  database_.execute(
      "CREATE TABLE IF NOT EXISTS responses (service TEXT NOT NULL, key TEXT NOT NULL, body BLOB "
      "NOT "
      "NULL, etag TEXT NOT NULL, received_us INTEGER NOT NULL, fresh_until_us INTEGER NOT NULL, "
      "PRIMARY KEY (service, key))");
}

ResponseCache::~ResponseCache() {
  try {
    flush();
  } catch (const Error& error) {
    base::log_warning("some answers were not kept: " + error.message());
  }
}

std::optional<CachedResponse> ResponseCache::find(const std::string& service,
                                                  const std::string& key) const {
  if (const auto gathered = gathered_.find({service, key}); gathered != gathered_.end()) {
    return gathered->second;
  }
  auto query = database_.prepare(
      "SELECT body, etag, received_us, fresh_until_us FROM responses WHERE service = ? AND key = "
      "?");
  query.bind(0, service).bind(1, key);
  if (!query.step()) return std::nullopt;
  return CachedResponse{query.text(0), query.text(1), base::from_unix_us(query.integer(2)),
                        base::from_unix_us(query.integer(3))};
}

void ResponseCache::keep(const std::string& service, const std::string& key,
                         const CachedResponse& response) {
  gathered_[{service, key}] = response;
  if (gathered_.size() >= kGatherAtMost) flush();
}

void ResponseCache::prolong(const std::string& service, const std::string& key,
                            base::Instant fresh_until) {
  auto response = find(service, key);
  if (!response) return;
  response->fresh_until = fresh_until;
  keep(service, key, *response);
}

void ResponseCache::forget(const std::string& service) {
  std::erase_if(gathered_, [&](const auto& entry) { return entry.first.first == service; });
  database_.prepare("DELETE FROM responses WHERE service = ?").bind(0, service).run();
}

void ResponseCache::sweep(base::Instant before) {
  flush();
  database_.prepare("DELETE FROM responses WHERE fresh_until_us < ?")
      .bind(0, base::to_unix_us(before))
      .run();
}

void ResponseCache::flush() {
  if (gathered_.empty()) return;
  // A savepoint, since the caller of the client may hold a transaction on the same database.
  database_.execute("SAVEPOINT keep_responses");
  try {
    for (const auto& [place, response] : gathered_) {
      database_
          .prepare(
              "INSERT OR REPLACE INTO responses (service, key, body, etag, received_us, "
              "fresh_until_us) VALUES (?, ?, ?, ?, ?, ?)")
          .bind(0, place.first)
          .bind(1, place.second)
          .bind(2, response.body)
          .bind(3, response.etag)
          .bind(4, base::to_unix_us(response.received_at))
          .bind(5, base::to_unix_us(response.fresh_until))
          .run();
    }
    database_.execute("RELEASE keep_responses");
  } catch (...) {
    // They are not tried again: a full disk would make every later answer fail as well.
    gathered_.clear();
    database_.execute("ROLLBACK TO keep_responses; RELEASE keep_responses");
    throw;
  }
  gathered_.clear();
}

}  // namespace soundlake::net
