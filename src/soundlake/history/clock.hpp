// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/history/told_plays.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

/// When a play happened, from what a row of an export tells (docs/plays.md). All times are
/// milliseconds since 1970 UTC.
namespace soundlake::history {

/// A time as a source gave it.
struct ReportedTime {
  std::int64_t at = 0;
  TimeForm form = TimeForm::utc_seconds;
  friend bool operator==(const ReportedTime&, const ReportedTime&) = default;
};

/// Reads every form that exports were seen with, and what base::parse_utc reads besides.
std::optional<ReportedTime> read_time(std::string_view text);

/// The end of an extended play. Where `offline_timestamp` is in milliseconds it is the start of an
/// offline play and `ts` the time of its upload; in seconds (since October 2022), 0 or absent, the
/// play ended at `ts`. A start before there was Spotify or an end more than a day behind the upload
/// comes from a clock set wrong, and `ts` is the better guess.
std::int64_t end_of_play(std::int64_t ts, std::int64_t ms_played,
                         std::optional<std::int64_t> offline_timestamp);

/// Whether a `skipped` of false says anything: until 16 October 2022 Spotify wrote false on every
/// row.
bool skipped_is_known(std::int64_t ts);

}  // namespace soundlake::history
