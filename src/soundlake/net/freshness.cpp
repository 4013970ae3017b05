// SPDX-License-Identifier: Apache-2.0
#include "soundlake/net/freshness.hpp"

#include "soundlake/base/text.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace soundlake::net {
namespace {

constexpr std::chrono::seconds kLongestMaxAge = std::chrono::hours(24 * 30);

/// Seconds as digits, perhaps quoted; nothing for anything else. As long as it likes, at most 30
/// days.
std::chrono::seconds parse_max_age(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
    text = text.substr(1, text.size() - 2);
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (end != text.data() + text.size()) return std::chrono::seconds(0);
  if (error == std::errc::result_out_of_range) return kLongestMaxAge;
  return std::chrono::seconds(std::clamp<std::int64_t>(seconds, 0, kLongestMaxAge.count()));
}

}  // namespace

bool wants_keeping(const Request& request) {
  return request.method == "GET" && request.fresh_for > std::chrono::seconds(0) &&
         !request.cache_key.empty();
}

std::optional<base::Instant> fresh_until(const Request& request, const Headers& headers,
                                         base::Instant now) {
  std::chrono::seconds longest = request.fresh_for;
  for (const auto& [name, value] : headers) {
    if (base::to_lower_ascii(name) != "cache-control") continue;
    for (const std::string& part : base::split(value, ',')) {
      const std::string directive = base::to_lower_ascii(base::trim(part));
      if (directive == "no-store") return std::nullopt;
      if (directive.starts_with("max-age="))
        longest = std::max(longest, parse_max_age(directive.substr(8)));
    }
  }
  return now + longest;
}

bool worth_keeping(int status, const Headers& headers) {
  const std::string type = base::to_lower_ascii(find_header(headers, "Content-Type").value_or(""));
  return status == 200 && !type.starts_with("text/html");
}

}  // namespace soundlake::net
