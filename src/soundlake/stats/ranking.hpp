// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/stats/statistics.hpp"

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace soundlake::stats {

/// What was counted of an entity, and when.
struct Tally {
  std::int64_t ms = 0;
  std::int64_t first = std::numeric_limits<std::int64_t>::max();  ///< earliest start, µs
  std::int64_t last = std::numeric_limits<std::int64_t>::min();   ///< latest start, µs
  std::int64_t plays = 0;

  void add(std::uint32_t ms_played, std::int64_t start) {
    ms += ms_played;
    ++plays;
    if (start < first) first = start;
    if (start > last) last = start;
  }
  void add(const Tally& other) {
    ms += other.ms;
    plays += other.plays;
    if (other.first < first) first = other.first;
    if (other.last > last) last = other.last;
  }
};

/// The tallies of a column of codes: number 0 holds plays without one, number `code + 1` the
/// entity's.
std::vector<Tally> tally(const Selection& counted, const std::vector<std::int32_t>& column,
                         std::size_t entities);

inline std::int64_t measure_of(std::int64_t ms, std::int64_t plays, Measure by) {
  return by == Measure::time ? ms : plays;
}

/// Who comes before whom in every list: by the measure, then the other one, then name, then artist,
/// in byte order. A nameless entity (−1) comes last.
class Order {
 public:
  Order(const Dataset& data, const Entities& entities, Measure by)
      : data_(data), entities_(entities), by_(by) {}

  template <class Counted>
  bool operator()(const Counted& a, std::int32_t code_a, const Counted& b,
                  std::int32_t code_b) const {
    if ((code_a < 0) != (code_b < 0)) return code_b < 0;
    const auto first_a = measure_of(a.ms, a.plays, by_);
    const auto first_b = measure_of(b.ms, b.plays, by_);
    if (first_a != first_b) return first_a > first_b;
    const auto other = by_ == Measure::time ? Measure::plays : Measure::time;
    const auto second_a = measure_of(a.ms, a.plays, other);
    const auto second_b = measure_of(b.ms, b.plays, other);
    if (second_a != second_b) return second_a > second_b;
    return name_before(code_a, code_b);
  }

 private:
  bool name_before(std::int32_t a, std::int32_t b) const;

  const Dataset& data_;
  const Entities& entities_;
  Measure by_;
};

/// The codes (−1 for nameless) of tallies that have plays, in order, as far as `needed`.
std::vector<std::int32_t> ranked(const std::vector<Tally>& tallies, const Order& order,
                                 std::size_t needed);

/// Which rows of a list are asked for: [first, last) of `total`.
struct Page {
  std::size_t first = 0;
  std::size_t last = 0;
};
constexpr std::size_t kDefaultLimit = 100;
Page page_of(const Query& query, std::size_t total, std::size_t default_limit = kDefaultLimit);

/// Key, name and artist of an entity as cells; nothing for −1.
Cell key_cell(const Dataset& data, const Entities& entities, std::int32_t code);
Cell name_cell(const Entities& entities, std::int32_t code);
Cell by_cell(const Dataset& data, const Entities& entities, std::int32_t code);
Cell moment_cell(std::int64_t us);
/// `part / whole`; nothing when there is no whole.
Cell share_cell(std::int64_t part, std::int64_t whole);

/// The entities a field name (artist, album, track, …) means, and their column.
struct Named {
  const Entities& entities;
  const std::vector<std::int32_t>& codes;
};
Named named(const Dataset& data, const std::string& field);

}  // namespace soundlake::stats
