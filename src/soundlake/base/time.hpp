// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace soundlake::base {

/// A moment in UTC, to the microsecond.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;
/// A calendar day without a zone.
using Day = std::chrono::sys_days;
/// Where "now" comes from. Everything that needs the time takes one, so tests never wait.
using Clock = std::function<Instant()>;

/// The machine's clock.
Clock system_clock();
/// A clock that stands still at `now`.
Clock fixed_clock(Instant now);

/// `2026-11-23T03:44:04Z`; with a fraction (`.497` or `.497123`) when there is one.
std::string format_utc(Instant at);
/// Reads `2026-11-23T03:44:04Z`, with fraction, with a blank for the T, without the Z, or to the
/// minute (`2026-11-23 03:44`). Nothing for anything else, calendar nonsense included.
std::optional<Instant> parse_utc(std::string_view text);

/// `2026-11-23`
std::string format_day(Day day);
std::optional<Day> parse_day(std::string_view text);
/// The UTC day of a moment.
Day utc_day(Instant at);
/// The UTC year of a moment.
int utc_year(Instant at);

std::int64_t to_unix_ms(Instant at);
Instant from_unix_ms(std::int64_t ms);
std::int64_t to_unix_us(Instant at);
Instant from_unix_us(std::int64_t us);

/// A duration for people: `45 s`, `12 min`, `3 h 20 min`, `2 days`.
std::string format_duration(std::chrono::milliseconds duration);

}  // namespace soundlake::base
