// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/expiry.hpp"

namespace soundlake::spotify {
namespace {
namespace chr = std::chrono;

base::Instant later(base::Instant at, chr::months months) {
  const auto day = base::utc_day(at);
  auto end = chr::year_month_day{day} + months;
  // 31 August and six months is the last day of February.
  if (!end.ok()) end = end.year() / end.month() / chr::last;
  return base::Day{end} + (at - day);
}

}  // namespace

base::Instant sign_in_ends(base::Instant authorized_at) {
  return later(authorized_at, chr::months{6});
}

std::optional<std::string> expiry_warning(const TokenStore& store, base::Instant now) {
  const auto sign_in = store.load();
  if (!sign_in || sign_in->refresh_token.empty()) return std::nullopt;
  const base::Instant from = sign_in->authorized_at.value_or(sign_in->first_seen_at);
  if (now < later(from, chr::months{5})) return std::nullopt;
  const base::Instant end = sign_in_ends(from);
  const std::string day = base::format_day(base::utc_day(end));
  if (now >= end) {
    return "the sign-in to Spotify ended on " + day +
           ", six months after it was given: run `soundlake login`";
  }
  return "the sign-in to Spotify ends " +
         std::string(sign_in->authorized_at ? "on " : "at the latest on ") + day + " (in " +
         base::format_duration(chr::floor<chr::milliseconds>(end - now)) +
         "): run `soundlake login` before, nothing is lost by it";
}

}  // namespace soundlake::spotify
