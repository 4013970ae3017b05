// SPDX-License-Identifier: Apache-2.0
#pragma once
// Test support: rows of any table, filled by a seed with what real names and numbers hardly ever
// are.
#include "soundlake/lake/play_batch.hpp"
#include "soundlake/lake/schemas.hpp"

#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace soundlake::lake {

class RandomRows {
 public:
  explicit RandomRows(std::uint64_t seed) : random_(seed) {}

  template <class Row>
  std::vector<Row> rows(std::size_t count) {
    std::vector<Row> rows(count);
    for (auto& row : rows) {
      for_each_column<Row>([&](const ColumnLabel&, auto get) { fill(get(row)); });
      // PlayBatch has a length of its own for null; no play has that one.
      if constexpr (std::is_same_v<Row, Play>) {
        if (row.length_ms == PlayBatch::kNoLength) row.length_ms = 0;
      }
    }
    return rows;
  }

  template <class Row>
  void shuffle(std::vector<Row>& rows) {
    // Not std::shuffle, whose result differs between libraries.
    for (std::size_t i = rows.size(); i > 1; --i) std::swap(rows[i - 1], rows[below(i)]);
  }

  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

 private:
  template <class Number>
  Number number() {
    switch (below(6)) {
      case 0:
        return std::numeric_limits<Number>::min();
      case 1:
        return std::numeric_limits<Number>::max();
      case 2:
        return 0;
      default:
        return static_cast<Number>(random_());
    }
  }

  void fill(std::string& text) {
    static const std::vector<std::string> kTexts = {"",
                                                    " ",
                                                    "+44",
                                                    "=1+1",
                                                    std::string("a\0b", 3),
                                                    std::string(1, '\0'),
                                                    "Beyoncé",
                                                    "Бумбокс",
                                                    "美波",
                                                    "\U0001F3B6",
                                                    "e\u0301",
                                                    "\"quoted\"",
                                                    "line\nbreak",
                                                    "null",
                                                    "\uFFFF"};
    text = kTexts[below(kTexts.size())];
    if (below(4) == 0) text += std::to_string(random_());
    if (below(50) == 0) text += std::string(6000, 'x');
  }
  void fill(std::int32_t& value) { value = number<std::int32_t>(); }
  void fill(std::int64_t& value) { value = number<std::int64_t>(); }
  void fill(double& value) {
    value =
        below(5) == 0 ? std::numeric_limits<double>::max() : static_cast<double>(random_()) / 3.0;
  }
  void fill(bool& value) { value = below(2) == 0; }
  void fill(base::Instant& value) { value = base::from_unix_us(number<std::int64_t>()); }
  void fill(base::Day& value) { value = base::Day{std::chrono::days{number<std::int32_t>()}}; }
  void fill(std::vector<std::string>& values) {
    values.resize(below(4));
    for (auto& value : values) fill(value);
  }
  template <class Value>
  void fill(std::optional<Value>& value) {
    if (below(3) != 0) fill(value.emplace());
  }

  std::mt19937_64 random_;
};

}  // namespace soundlake::lake
