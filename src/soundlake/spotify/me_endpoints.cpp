// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/me_endpoints.hpp"

#include "soundlake/base/hash.hpp"
#include "soundlake/base/time.hpp"

#include <charconv>

namespace soundlake::spotify {
namespace {

const char* noun(TopKind kind) {
  return kind == TopKind::artists ? "artists" : "tracks";
}

std::string top_key(const Call& call, const std::string& keeping) {
  return keeping + call.path + "?" + net::url_query(call.query);
}

std::optional<RecentObject> read_recent_item(const base::JsonValue& json) {
  auto track = read_track(json["track"]);
  const auto played_at = filled_text(json["played_at"]);
  if (!track || !played_at) return std::nullopt;
  const auto at = base::parse_utc(*played_at);
  if (!at) return std::nullopt;
  return RecentObject{std::move(*track), *played_at, *at};
}

}  // namespace

Call me_call() {
  Call call;
  call.name = "GET /me";
  call.bucket = "me";
  call.path = "/me";
  call.personal = true;
  return call;
}

std::optional<std::string> read_account_id(const base::JsonValue& json) {
  if (auto id = filled_text(json["account_id"])) return id;
  return filled_text(json["id"]);
}

std::string top_keeping(const std::string& account_id, base::Day today) {
  // The hash keeps the person's id out of the keys.
  return "account/" + base::short_hash(account_id) + "/" + base::format_day(today);
}

Call top_call(TopKind kind, const std::string& time_range, const std::string& keeping) {
  Call call;
  call.path = std::string("/me/top/") + noun(kind);
  call.name = "GET " + call.path;
  call.bucket = "me-top";
  call.query = {{"time_range", time_range}, {"limit", std::to_string(kTopPageSize)}};
  call.fresh_for = std::chrono::hours(1);
  call.cache_key = top_key(call, keeping);
  return call;
}

std::optional<Call> next_top_call(const Call& call, const std::string& next, int offset_so_far,
                                  const std::string& keeping) {
  auto query = query_of_next(next, call);
  if (!query) return std::nullopt;
  for (const auto& [name, value] : *query) {
    int offset = 0;
    if (name != "offset") continue;
    std::from_chars(value.data(), value.data() + value.size(), offset);
    // A link that leads back would never end.
    if (offset <= offset_so_far) return std::nullopt;
  }
  Call further = call;
  further.query = std::move(*query);
  further.cache_key = top_key(further, keeping);
  return further;
}

std::optional<Page<ArtistObject>> read_top_artists(const base::JsonValue& json) {
  return read_page(json, read_artist);
}

std::optional<Page<TrackObject>> read_top_tracks(const base::JsonValue& json) {
  return read_page(json, [](const base::JsonValue& item) {
    auto track = read_track(item);
    // A list entry without an id cannot be told from another.
    if (track && !track->id) track.reset();
    return track;
  });
}

Call recent_call(std::optional<std::int64_t> after_ms) {
  Call call;
  call.path = "/me/player/recently-played";
  call.name = "GET " + call.path;
  call.bucket = "recently-played";
  call.query = {{"limit", std::to_string(kRecentPageSize)}};
  if (after_ms) call.query.emplace_back("after", std::to_string(*after_ms));
  return call;
}

std::optional<Page<RecentObject>> read_recent(const base::JsonValue& json) {
  return read_page(json, read_recent_item);
}

}  // namespace soundlake::spotify
