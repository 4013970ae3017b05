// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/play_batch.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/lake/play_columns.hpp"
#include "soundlake/lake/run_all.hpp"

#include <functional>
#include <limits>

namespace soundlake::lake {
namespace {

constexpr std::size_t kFirstSlots = 64;

std::uint32_t hash_of(std::string_view text) {
  const auto hash = std::hash<std::string_view>{}(text);
  return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

/// How the values of rows go into a batch's column and come out again.
void take(TextColumn& column, const std::vector<Play>& plays, Text Play::*member) {
  TextCoder coder(column);
  column.codes.reserve(plays.size());
  for (const auto& play : plays) {
    const auto& text = play.*member;
    if (text) {
      coder.append(*text);
    } else {
      coder.append_null();
    }
  }
}
void take(TextColumn& column, const std::vector<Play>& plays, std::string Play::*member) {
  TextCoder coder(column);
  column.codes.reserve(plays.size());
  for (const auto& play : plays) coder.append(play.*member);
}

std::int64_t to_number(base::Instant value) {
  return base::to_unix_us(value);
}
std::int64_t to_number(base::Day value) {
  return value.time_since_epoch().count();
}
std::int64_t to_number(std::int64_t value) {
  return value;
}
std::int64_t to_number(std::optional<std::int64_t> value) {
  return value.value_or(PlayBatch::kNoLength);
}
std::int64_t to_number(std::int32_t value) {
  return value;
}
std::int64_t to_number(bool value) {
  return value ? 1 : 0;
}
std::int64_t to_number(std::optional<bool> value) {
  return value ? to_number(*value) : -1;
}

template <class Number, class Member>
void take(std::vector<Number>& column, const std::vector<Play>& plays, Member Play::*member) {
  column.reserve(plays.size());
  for (const auto& play : plays) column.push_back(static_cast<Number>(to_number(play.*member)));
}

void put(std::int64_t number, base::Instant& value) {
  value = base::from_unix_us(number);
}
void put(std::int64_t number, base::Day& value) {
  value = base::Day{std::chrono::days{number}};
}
void put(std::int64_t number, std::int64_t& value) {
  value = number;
}
void put(std::int64_t number, std::optional<std::int64_t>& value) {
  if (number != PlayBatch::kNoLength) value = number;
}
void put(std::int64_t number, std::int32_t& value) {
  value = static_cast<std::int32_t>(number);
}
void put(std::int64_t number, bool& value) {
  value = number == 1;
}
void put(std::int64_t number, std::optional<bool>& value) {
  if (number >= 0) value = number == 1;
}

void give(const TextColumn& column, std::vector<Play>& plays, auto Play::*member) {
  for (std::size_t row = 0; row < column.codes.size(); ++row) {
    if (!column.is_null(row)) plays[row].*member = std::string(column.at(row));
  }
}
template <class Number>
void give(const std::vector<Number>& column, std::vector<Play>& plays, auto Play::*member) {
  for (std::size_t row = 0; row < column.size(); ++row) put(column[row], plays[row].*member);
}

bool same_cells(const TextColumn& a, const TextColumn& b) {
  if (a.codes.size() != b.codes.size()) return false;
  for (std::size_t row = 0; row < a.codes.size(); ++row) {
    if (a.is_null(row) != b.is_null(row) || a.at(row) != b.at(row)) return false;
  }
  return true;
}
template <class Number>
bool same_cells(const std::vector<Number>& a, const std::vector<Number>& b) {
  return a == b;
}

}  // namespace

std::int32_t TextColumn::add_value(std::string_view text) {
  if (characters.size() + text.size() > std::numeric_limits<std::int32_t>::max()) {
    throw Error(ErrorKind::data, "one column of plays holds more than 2 GiB of different texts",
                "Import the export's files in several runs.");
  }
  characters += text;
  offsets.push_back(static_cast<std::int32_t>(characters.size()));
  return values() - 1;
}

TextCoder::TextCoder(TextColumn& column) : column_(column), slots_(kFirstSlots) {
  for (std::int32_t code = 0; code < column.values(); ++code) {
    if (2 * static_cast<std::size_t>(code + 1) > slots_.size()) grow();
    const auto hash = hash_of(column.value(code));
    auto at = hash & (slots_.size() - 1);
    while (slots_[at].code >= 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {hash, code};
  }
}

std::int32_t TextCoder::code_of(std::string_view text) {
  const auto hash = hash_of(text);
  auto at = hash & (slots_.size() - 1);
  for (; slots_[at].code >= 0; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].hash == hash && column_.value(slots_[at].code) == text) return slots_[at].code;
  }
  const auto code = column_.add_value(text);
  slots_[at] = {hash, code};
  if (2 * static_cast<std::size_t>(column_.values()) > slots_.size()) grow();
  return code;
}

void TextCoder::grow() {
  std::vector<Slot> bigger(slots_.size() * 2);
  for (const auto& slot : slots_) {
    if (slot.code < 0) continue;
    auto at = slot.hash & (bigger.size() - 1);
    while (bigger[at].code >= 0) at = (at + 1) & (bigger.size() - 1);
    bigger[at] = slot;
  }
  slots_ = std::move(bigger);
}

PlayBatch to_batch(const std::vector<Play>& plays) {
  PlayBatch batch;
  batch.rows = plays.size();
  std::vector<std::function<void()>> tasks;
  for_each_play_column([&](const ColumnLabel&, auto play_member, auto batch_member) {
    tasks.emplace_back(
        [&, play_member, batch_member] { take(batch.*batch_member, plays, play_member); });
  });
  run_all(tasks, plays.size() >= kRowsWorthThreads);
  return batch;
}

bool same_rows(const PlayBatch& a, const PlayBatch& b) {
  bool same = a.rows == b.rows;
  for_each_play_column([&](const ColumnLabel&, auto, auto member) {
    same = same && same_cells(a.*member, b.*member);
  });
  return same;
}

EncodedPlays encode_year(int year, const PlayBatch& plays) {
  for (const auto at : plays.played_at) {
    if (base::utc_year(base::from_unix_us(at)) != year) {
      throw Error(ErrorKind::internal, "a play of " + base::format_utc(base::from_unix_us(at)) +
                                           " is no play of " + std::to_string(year));
    }
  }
  return {.year = year, .rows = static_cast<std::int64_t>(plays.rows), .bytes = encode(plays)};
}

std::vector<Play> to_plays(const PlayBatch& batch) {
  std::vector<Play> plays(batch.rows);
  std::vector<std::function<void()>> tasks;
  for_each_play_column([&](const ColumnLabel&, auto play_member, auto batch_member) {
    tasks.emplace_back(
        [&, play_member, batch_member] { give(batch.*batch_member, plays, play_member); });
  });
  run_all(tasks, batch.rows >= kRowsWorthThreads);
  return plays;
}

}  // namespace soundlake::lake
