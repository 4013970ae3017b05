// SPDX-License-Identifier: Apache-2.0
#include "soundlake/net/retry_delay.hpp"

#include "soundlake/base/text.hpp"
#include "soundlake/net/http_date.hpp"

#include <algorithm>
#include <string>

namespace soundlake::net {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLongestRetryAfter = std::chrono::hours(24 * 30);

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Whole seconds, and a fraction as some services send it although RFC 9110 has none.
std::optional<milliseconds> parse_seconds(std::string_view text) {
  const auto point = std::min(text.find('.'), text.size());
  const auto whole = text.substr(0, point);
  const auto fraction = text.substr(std::min(point + 1, text.size()));
  if (whole.empty() || !std::all_of(whole.begin(), whole.end(), is_digit)) return std::nullopt;
  if (point < text.size() &&
      (fraction.empty() || !std::all_of(fraction.begin(), fraction.end(), is_digit))) {
    return std::nullopt;
  }
  milliseconds value{0};
  for (const char c : whole) {
    value = value * 10 + std::chrono::seconds(c - '0');
    // Stopping early keeps a number of any length from overflowing.
    if (value >= kLongestRetryAfter) return kLongestRetryAfter;
  }
  int weight = 100;
  for (const char c : fraction.substr(0, 3)) {
    value += milliseconds((c - '0') * weight);
    weight /= 10;
  }
  return std::min(value, kLongestRetryAfter);
}

}  // namespace

milliseconds retry_delay(const RetryDelayInput& input, std::mt19937_64& random) {
  const milliseconds ceiling = std::max(input.ceiling, milliseconds(0));
  milliseconds most = std::clamp(input.base, milliseconds(0), ceiling);
  for (int i = 1; i < input.attempt && most > milliseconds(0) && most < ceiling; ++i) {
    most = most > ceiling / 2 ? ceiling : most * 2;
  }
  std::uniform_int_distribution<milliseconds::rep> jitter(0, most.count());
  return std::max(input.retry_after.value_or(milliseconds(0)), milliseconds(0)) +
         milliseconds(jitter(random));
}

std::optional<milliseconds> parse_retry_after(std::string_view header, base::Instant now) {
  const std::string text = base::trim(header);
  if (const auto seconds = parse_seconds(text)) return seconds;
  const auto date = parse_http_date(text, now);
  if (!date) return std::nullopt;
  // Rounded up: a millisecond early is early.
  return std::clamp(std::chrono::ceil<milliseconds>(*date - now), milliseconds(0),
                    kLongestRetryAfter);
}

}  // namespace soundlake::net
