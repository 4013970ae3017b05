// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/clock.hpp"

#include "soundlake/base/time.hpp"

#include <chrono>

namespace soundlake::history {
namespace {

namespace chr = std::chrono;

constexpr std::int64_t ms_of(chr::sys_days day) {
  return chr::duration_cast<chr::milliseconds>(day.time_since_epoch()).count();
}

constexpr std::int64_t kDay = 86'400'000;
/// Seconds stay below this for three thousand years, milliseconds are above it since 1973.
constexpr std::int64_t kLeastMilliseconds = 100'000'000'000;
constexpr std::int64_t kNoSpotifyBefore = ms_of(chr::year{2006} / 1 / 1);
constexpr std::int64_t kSkippedKnownFrom = ms_of(chr::year{2022} / 10 / 16);

/// The number that two digits stand for; negative when they are none.
int two_digits(std::string_view text, std::size_t at) {
  const int tens = text[at] - '0';
  const int ones = text[at + 1] - '0';
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : 10 * tens + ones;
}

/// The usual form, `2023-01-01T20:00:00Z`, without a detour: a long history has a million of them.
std::optional<std::int64_t> usual_form(std::string_view text) {
  if (text.size() != 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' ||
      text[16] != ':' || text[19] != 'Z') {
    return std::nullopt;
  }
  const int century = two_digits(text, 0);
  const int year = two_digits(text, 2);
  const int month = two_digits(text, 5);
  const int day = two_digits(text, 8);
  const int hour = two_digits(text, 11);
  const int minute = two_digits(text, 14);
  const int second = two_digits(text, 17);
  if (century < 0 || year < 0 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
      second > 59) {
    return std::nullopt;
  }
  const chr::year_month_day date{chr::year{100 * century + year},
                                 chr::month{static_cast<unsigned>(month)},
                                 chr::day{static_cast<unsigned>(day)}};
  if (month < 0 || day < 0 || !date.ok()) return std::nullopt;
  return ms_of(chr::sys_days{date}) + ((hour * 60 + minute) * 60 + second) * std::int64_t{1000};
}

}  // namespace

std::optional<ReportedTime> read_time(std::string_view text) {
  if (const auto at = usual_form(text)) return ReportedTime{*at, TimeForm::utc_seconds};
  const auto at = base::parse_utc(text);
  if (!at) return std::nullopt;
  auto form = TimeForm::utc_seconds;
  if (text[10] == ' ' && text.size() == 19) form = TimeForm::blank_seconds;
  if (text[10] == ' ' && text.size() == 16) form = TimeForm::blank_minutes;
  return ReportedTime{base::to_unix_ms(*at), form};
}

std::int64_t end_of_play(std::int64_t ts, std::int64_t ms_played,
                         std::optional<std::int64_t> offline_timestamp) {
  if (!offline_timestamp || *offline_timestamp <= kLeastMilliseconds) return ts;
  if (*offline_timestamp < kNoSpotifyBefore || *offline_timestamp > ts + kDay - ms_played) {
    return ts;
  }
  return *offline_timestamp + ms_played;
}

bool skipped_is_known(std::int64_t ts) {
  return ts >= kSkippedKnownFrom;
}

}  // namespace soundlake::history
