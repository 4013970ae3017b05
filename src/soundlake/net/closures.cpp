// SPDX-License-Identifier: Apache-2.0
#include "soundlake/net/closures.hpp"

namespace soundlake::net {

Closures::Closures(base::Database& database) : database_(database) {
  database_.execute(
      "CREATE TABLE IF NOT EXISTS closures (service TEXT NOT NULL, bucket TEXT NOT NULL, "
      "until_us INTEGER NOT NULL, PRIMARY KEY (service, bucket))");
}

void Closures::close(const std::string& service, const std::string& bucket, base::Instant until) {
  database_
      .prepare(
          "INSERT INTO closures (service, bucket, until_us) VALUES (?, ?, ?) ON CONFLICT (service, "
          "bucket) DO UPDATE SET until_us = max(until_us, excluded.until_us)")
      .bind(0, service)
      .bind(1, bucket)
      .bind(2, base::to_unix_us(until))
      .run();
}

std::optional<base::Instant> Closures::closed_until(const std::string& service,
                                                    const std::string& bucket,
                                                    base::Instant now) const {
  auto query = database_.prepare(
      "SELECT until_us FROM closures WHERE service = ? AND bucket = ? AND until_us > ?");
  query.bind(0, service).bind(1, bucket).bind(2, base::to_unix_us(now));
  if (!query.step()) return std::nullopt;
  return base::from_unix_us(query.integer(0));
}

std::vector<Closure> Closures::open_closures(base::Instant now) const {
  auto query = database_.prepare(
      "SELECT service, bucket, until_us FROM closures WHERE until_us > ? ORDER BY service, bucket");
  query.bind(0, base::to_unix_us(now));
  std::vector<Closure> closures;
  while (query.step()) {
    closures.push_back({query.text(0), query.text(1), base::from_unix_us(query.integer(2))});
  }
  return closures;
}

void Closures::forget(const std::string& service) {
  database_.prepare("DELETE FROM closures WHERE service = ?").bind(0, service).run();
}

}  // namespace soundlake::net
