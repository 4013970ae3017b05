// SPDX-License-Identifier: Apache-2.0
#include "soundlake/exports/top_tracks.hpp"

#include "soundlake/exports/compiled_track.hpp"
#include "soundlake/lake/keys.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace soundlake::exports {
namespace {

constexpr std::size_t kTracks = 50;

/// The rows of the latest snapshot of each time range.
std::vector<const lake::TopTrack*> latest_snapshots(const std::vector<lake::TopTrack>& rows) {
  std::map<std::string, base::Day> latest;
  for (const auto& row : rows) {
    auto& day = latest.try_emplace(row.time_range, row.snapshot_date).first->second;
    day = std::max(day, row.snapshot_date);
  }
  std::vector<const lake::TopTrack*> found;
  for (const auto& row : rows) {
    if (latest[row.time_range] == row.snapshot_date) found.push_back(&row);
  }
  // From the shortest range to the longest is also the reverse order of their names.
  std::stable_sort(found.begin(), found.end(), [](const auto* a, const auto* b) {
    return std::tie(b->time_range, a->rank) < std::tie(a->time_range, b->rank);
  });
  return found;
}

CompiledTopTrack from_snapshot(const lake::TopTrack& top, const KnownMusic& music) {
  const auto* known = music.track(top.id);
  auto track = compiled_track(known);
  track.id = top.id;
  if (!track.name) track.name = top.name;
  track.duration_ms = or_as_listed(track.duration_ms, top.duration_ms, "spotify");
  return {.snapshot_date = top.snapshot_date,
          .time_range = top.time_range,
          .rank = top.rank,
          .track = std::move(track),
          .artist_id = top.artist_id,
          .artist_name = top.artist_name,
          .album_id = top.album_id,
          .album_name = top.album_name,
          .popularity = known == nullptr ? lake::Sourced<std::int32_t>{} : known->popularity,
          .ranking_source = "spotify"};
}

CompiledTopTrack from_plays(const Heard& heard, base::Day until, std::size_t rank,
                            const KnownMusic& music) {
  const auto* known = find_heard(heard, music);
  const auto* artist = music.artist(lake::artist_key_of_name(heard.artist_name));
  return {.snapshot_date = until,
          .time_range = "last_28_days",
          .rank = static_cast<std::int32_t>(rank),
          .track = heard_track(heard, music),
          .artist_id = artist == nullptr ? std::nullopt : artist->id,
          .artist_name = heard.artist_name,
          .album_id = std::nullopt,
          .album_name = known == nullptr ? std::nullopt : known->album_name,
          .popularity = known == nullptr ? lake::Sourced<std::int32_t>{} : known->popularity,
          .ranking_source = "listener"};
}

}  // namespace

std::vector<CompiledTopTrack> compile_top_tracks(const ExportInput& input) {
  const KnownMusic music(input);
  std::vector<CompiledTopTrack> list;
  for (const auto* top : latest_snapshots(input.top_tracks)) {
    list.push_back(from_snapshot(*top, music));
  }
  if (!list.empty()) return list;
  const auto listening = recent_listening(input.plays);
  for (const auto& heard : listening.tracks) {
    if (list.size() == kTracks) break;
    list.push_back(from_plays(heard, listening.until, list.size() + 1, music));
  }
  return list;
}

}  // namespace soundlake::exports
