// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace soundlake::stats {

/// A yes-or-no that may be unknown, as two bits.
enum class Tri : std::uint8_t { unknown = 0, no = 1, yes = 2 };

/// What was played, in the order of the bits in `facts`.
enum class Kind : std::uint8_t { track, episode, chapter, video, unknown };
constexpr std::size_t kKinds = 5;
std::string_view name_of(Kind kind);

/// Where a row came from.
enum class Source : std::uint8_t { extended, account, recent, other };
std::string_view name_of(Source source);

/// The rules by which a row counts as a play (docs/statistics.md).
enum class Rule : std::uint8_t { all, seconds30, trackdone, half };
std::string_view name_of(Rule rule);

/// Bits of `facts`: kind 0–2, source 3–4, rules 5–7, estimated 8.
constexpr std::size_t kFactsValues = 512;
constexpr Kind kind_of(std::uint16_t facts) {
  return static_cast<Kind>(facts & 7U);
}
constexpr Source source_of(std::uint16_t facts) {
  return static_cast<Source>((facts >> 3U) & 3U);
}
constexpr bool counts_under(std::uint16_t facts, Rule rule) {
  return rule == Rule::all || ((facts >> (4U + static_cast<unsigned>(rule))) & 1U) != 0;
}
constexpr bool is_estimated(std::uint16_t facts) {
  return ((facts >> 8U) & 1U) != 0;
}
constexpr std::uint16_t facts_of(Kind kind, Source source, bool seconds30, bool trackdone,
                                 bool half, bool estimated) {
  return static_cast<std::uint16_t>(
      static_cast<unsigned>(kind) | static_cast<unsigned>(source) << 3U |
      static_cast<unsigned>(seconds30) << 5U | static_cast<unsigned>(trackdone) << 6U |
      static_cast<unsigned>(half) << 7U | static_cast<unsigned>(estimated) << 8U);
}

/// Fields of `states`, two bits each.
enum class State : std::uint8_t { shuffle, skipped, offline, incognito };
constexpr Tri state_of(std::uint8_t states, State state) {
  return static_cast<Tri>((states >> (2U * static_cast<unsigned>(state))) & 3U);
}

/// Every play of a lake as columns of small codes: 45 bytes a play. Sorted by local day, then
/// start. A code numbers an entity or word of the dataset; −1 (kNoWord in the narrow ones) is null.
struct PlayColumns {
  static constexpr std::uint16_t kNoWord = 0xFFFF;
  static constexpr std::uint8_t kNoShortWord = 0xFF;

  std::vector<std::int64_t> start;         ///< µs since 1970 UTC
  std::vector<std::uint32_t> ms;           ///< played, milliseconds
  std::vector<std::int32_t> day;           ///< local date of the start, days since 1970
  std::vector<std::uint8_t> hour_of_week;  ///< local, 0 = Monday 0 h … 167
  std::vector<std::int32_t> artist;
  std::vector<std::int32_t> album;
  std::vector<std::int32_t> track;
  std::vector<std::int32_t> show;     ///< podcast or audiobook
  std::vector<std::int32_t> episode;  ///< of a podcast, or chapter of an audiobook
  std::vector<std::uint16_t> country;
  std::vector<std::uint8_t> platform;  ///< family
  std::vector<std::uint8_t> reason_start;
  std::vector<std::uint8_t> reason_end;
  std::vector<std::uint8_t> states;
  std::vector<std::uint16_t> facts;

  std::size_t size() const { return start.size(); }
  /// End of a play, µs since 1970 UTC: a play ends as long after its start as it lasted.
  std::int64_t end_of(std::size_t row) const { return start[row] + std::int64_t{ms[row]} * 1000; }
};

}  // namespace soundlake::stats
