// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/spotify/api.hpp"
#include "soundlake/spotify/objects.hpp"
#include "soundlake/spotify/page.hpp"

#include <optional>
#include <string>

/// The questions about the person: GET /me, /me/top/{artists|tracks}, /me/player/recently-played.
namespace soundlake::spotify {

inline constexpr const char* kTimeRanges[] = {"short_term", "medium_term", "long_term"};
inline constexpr int kTopPageSize = 50;
inline constexpr int kRecentPageSize = 50;

Call me_call();
/// The account: `account_id`, which never changes, else `id`. Nothing when there is neither.
std::optional<std::string> read_account_id(const base::JsonValue& json);

enum class TopKind { artists, tracks };
/// Whose list of which local day: kept answers of another account or day do not count, so that each
/// day gets its snapshot though the list be the same.
std::string top_keeping(const std::string& account_id, base::Day today);
/// The first page of a top list. Fresh for an hour.
Call top_call(TopKind kind, const std::string& time_range, const std::string& keeping);
/// The page that `next` names; nothing when there is none, or none that leads further.
std::optional<Call> next_top_call(const Call& call, const std::string& next, int offset_so_far,
                                  const std::string& keeping);
std::optional<Page<ArtistObject>> read_top_artists(const base::JsonValue& json);
std::optional<Page<TrackObject>> read_top_tracks(const base::JsonValue& json);

/// A recent play as told.
struct RecentObject {
  TrackObject track;
  std::string played_at;  ///< as given
  base::Instant at;
};
/// Plays that ended after `after_ms` (Unix time), or the latest.
Call recent_call(std::optional<std::int64_t> after_ms);
std::optional<Page<RecentObject>> read_recent(const base::JsonValue& json);

}  // namespace soundlake::spotify
