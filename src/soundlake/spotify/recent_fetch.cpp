// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/recent_fetch.hpp"

#include "soundlake/spotify/me_endpoints.hpp"

namespace soundlake::spotify {
namespace {

lake::Play play_of(const RecentObject& recent) {
  const TrackObject& track = recent.track;
  lake::Play play;
  play.played_at = recent.at;
  play.ms_played = track.duration_ms.value_or(0);
  play.started_at = recent.at - std::chrono::milliseconds(play.ms_played);
  play.reported_at = recent.played_at;
  play.ms_estimated = true;
  play.kind = "track";
  play.spotify_uri = track.uri ? track.uri : lake::Text("spotify:track:" + *track.id);
  play.track_name = track.name;
  if (!track.artists.empty()) play.artist_name = track.artists.front().name;
  if (track.album) play.album_name = track.album->name;
  play.source = "recent";
  return play;
}

}  // namespace

void ask_recent(Asking& asking, std::optional<std::int64_t> after_ms) {
  const Call call = recent_call(after_ms);
  asking.api.get(call, [&asking, call](const Answer& answer) {
    if (answer.kind == Answer::Kind::refused) asking.api.unexpected(call, answer.refusal);
    if (!answer.ok()) return;
    const auto page = read_recent(answer.root);
    if (!page) {
      asking.api.unusable(call, "has no list of plays");
      return;
    }
    asking.found.recent_poll = RecentPoll{answer.received_at, page->places, kRecentPageSize};
    asking.found.counts.skipped += page->skipped();
    for (const auto& [place, recent] : page->items) {
      asking.collector.add(recent.track, {answer.received_at, call.name});
      asking.found.plays.push_back(play_of(recent));
    }
    asking.found.counts.plays = static_cast<std::int64_t>(asking.found.plays.size());
  });
}

}  // namespace soundlake::spotify
