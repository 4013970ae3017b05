// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace soundlake::lake {

/// Days that payloads are kept, counted from the day in their key.
inline constexpr int kRawDays = 30;

/// `raw/<service>/<day>.ndjson.zst`. Throws Error{internal} when the service is not a lower-case
/// word.
std::string raw_key(std::string_view service, base::Day day);
/// The day of such a key; nothing for any other key.
std::optional<base::Day> raw_day(std::string_view key);

/// `existing` (zstd frames, or nothing) with one more frame that holds the lines, each ended by a
/// newline. Line breaks inside a JSON text (they can only stand between its parts) become blanks. A
/// frame that is in `existing` already is not added again, so that a commit that begins again keeps
/// each payload once.
std::string append_raw(std::string existing, const std::vector<std::string>& lines);

/// The lines of such an object. Throws Error{data} naming `what`.
std::vector<std::string> read_raw(std::string_view bytes, const std::string& what);

}  // namespace soundlake::lake
