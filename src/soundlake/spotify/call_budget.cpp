// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/call_budget.hpp"

#include <algorithm>
#include <chrono>

namespace soundlake::spotify {
namespace {
constexpr std::chrono::hours kWindow{24};
}

CallBudget::CallBudget(base::Database& state, std::string bucket, int calls_per_day,
                       base::Clock clock)
    : state_(state),
      bucket_(std::move(bucket)),
      calls_per_day_(calls_per_day),
      clock_(std::move(clock)) {
  state_.execute(
      "CREATE TABLE IF NOT EXISTS spotify_calls (bucket TEXT NOT NULL, at INTEGER NOT NULL)");
  state_.prepare("DELETE FROM spotify_calls WHERE bucket = ? AND at <= ?")
      .bind(0, bucket_)
      .bind(1, base::to_unix_us(clock_() - kWindow))
      .run();
}

int CallBudget::left() const {
  auto query = state_.prepare("SELECT COUNT(*) FROM spotify_calls WHERE bucket = ? AND at > ?");
  query.bind(0, bucket_).bind(1, base::to_unix_us(clock_() - kWindow));
  query.step();
  return std::max(0, calls_per_day_ - static_cast<int>(query.integer(0)));
}

void CallBudget::spend(int calls) {
  base::DatabaseTransaction together(state_);
  for (int call = 0; call < calls; ++call) {
    state_.prepare("INSERT INTO spotify_calls VALUES (?, ?)")
        .bind(0, bucket_)
        .bind(1, base::to_unix_us(clock_()))
        .run();
  }
  together.commit();
}

void CallBudget::give_back(int calls) {
  state_
      .prepare(
          "DELETE FROM spotify_calls WHERE rowid IN (SELECT rowid FROM spotify_calls WHERE bucket "
          "= ? "
          "ORDER BY at DESC LIMIT ?)")
      .bind(0, bucket_)
      .bind(1, std::int64_t{std::max(0, calls)})
      .run();
}

base::Instant CallBudget::next_free() const {
  if (left() > 0) return clock_();
  if (calls_per_day_ <= 0) return clock_() + kWindow;
  // The budget may have been made smaller since: the call whose end leaves fewer than allowed.
  auto query = state_.prepare(
      "SELECT at FROM spotify_calls WHERE bucket = ? ORDER BY at DESC LIMIT 1 OFFSET ?");
  query.bind(0, bucket_).bind(1, std::int64_t{calls_per_day_ - 1});
  if (!query.step()) return clock_();
  return base::from_unix_us(query.integer(0)) + kWindow;
}

}  // namespace soundlake::spotify
