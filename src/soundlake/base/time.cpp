// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/time.hpp"

#include <fmt/format.h>

#include <charconv>

namespace soundlake::base {
namespace chr = std::chrono;

Clock system_clock() {
  return [] { return chr::time_point_cast<chr::microseconds>(chr::system_clock::now()); };
}

Clock fixed_clock(Instant now) {
  return [now] { return now; };
}

std::string format_day(Day day) {
  const chr::year_month_day ymd{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()),
                     static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
}

std::string format_utc(Instant at) {
  const Day day = chr::floor<chr::days>(at);
  const auto of_day = at - day;
  const auto seconds = chr::duration_cast<chr::seconds>(of_day).count();
  const auto micros = (of_day - chr::seconds(seconds)).count();
  std::string text = fmt::format("{}T{:02}:{:02}:{:02}", format_day(day), seconds / 3600,
                                 seconds / 60 % 60, seconds % 60);
  if (micros != 0) {
    text +=
        micros % 1000 == 0 ? fmt::format(".{:03}", micros / 1000) : fmt::format(".{:06}", micros);
  }
  return text + "Z";
}

namespace {

/// Takes exactly `width` digits from the front of `text`; false when they are not there.
bool take_number(std::string_view& text, std::size_t width, int& value) {
  if (text.size() < width) return false;
  for (std::size_t i = 0; i < width; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
  }
  std::from_chars(text.data(), text.data() + width, value);
  text.remove_prefix(width);
  return true;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Day> take_day(std::string_view& text) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (!take_number(text, 4, year) || !take(text, '-') || !take_number(text, 2, month) ||
      !take(text, '-') || !take_number(text, 2, day)) {
    return std::nullopt;
  }
  const chr::year_month_day ymd{chr::year{year}, chr::month{static_cast<unsigned>(month)},
                                chr::day{static_cast<unsigned>(day)}};
  if (!ymd.ok()) return std::nullopt;
  return Day{ymd};
}

}  // namespace

std::optional<Day> parse_day(std::string_view text) {
  const auto day = take_day(text);
  return text.empty() ? day : std::nullopt;
}

std::optional<Instant> parse_utc(std::string_view text) {
  const auto day = take_day(text);
  if (!day || (!take(text, 'T') && !take(text, ' '))) return std::nullopt;
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (!take_number(text, 2, hour) || !take(text, ':') || !take_number(text, 2, minute)) {
    return std::nullopt;
  }
  std::int64_t micros = 0;
  if (take(text, ':')) {
    if (!take_number(text, 2, second)) return std::nullopt;
    if (take(text, '.')) {
      int digits = 0;
      while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        if (digits < 6) micros = micros * 10 + (text.front() - '0');
        ++digits;
        text.remove_prefix(1);
      }
      if (digits == 0) return std::nullopt;
      for (; digits < 6; ++digits) micros *= 10;
    }
  }
  take(text, 'Z');
  if (!text.empty() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return Instant{*day} + chr::hours(hour) + chr::minutes(minute) + chr::seconds(second) +
         chr::microseconds(micros);
}

Day utc_day(Instant at) {
  return chr::floor<chr::days>(at);
}

int utc_year(Instant at) {
  return static_cast<int>(chr::year_month_day{utc_day(at)}.year());
}

std::int64_t to_unix_ms(Instant at) {
  return chr::floor<chr::milliseconds>(at.time_since_epoch()).count();
}
Instant from_unix_ms(std::int64_t ms) {
  return Instant{chr::milliseconds(ms)};
}
std::int64_t to_unix_us(Instant at) {
  return at.time_since_epoch().count();
}
Instant from_unix_us(std::int64_t us) {
  return Instant{chr::microseconds(us)};
}

std::string format_duration(chr::milliseconds duration) {
  if (duration < chr::seconds(1)) return fmt::format("{} ms", duration.count());
  const auto seconds = chr::round<chr::seconds>(duration).count();
  if (seconds < 90) return fmt::format("{} s", seconds);
  const auto minutes = (seconds + 30) / 60;
  if (minutes < 90) return fmt::format("{} min", minutes);
  const auto hours = minutes / 60;
  if (hours < 48) {
    return minutes % 60 == 0 ? fmt::format("{} h", hours)
                             : fmt::format("{} h {} min", hours, minutes % 60);
  }
  return fmt::format("{} days", (hours + 12) / 24);
}

}  // namespace soundlake::base
