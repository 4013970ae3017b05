// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/top_tracks_fetch.hpp"

#include "soundlake/spotify/catalogue_endpoints.hpp"

namespace soundlake::spotify {

TopTracksFetch::TopTracksFetch(Asking& asking,
                               std::function<void(const std::vector<std::string>&)> tracks_known)
    : asking_(asking), tracks_known_(std::move(tracks_known)), questions_(asking.changed) {}

void TopTracksFetch::ask(const std::vector<std::string>& artist_ids) {
  const auto known = asking_.capabilities.find(Feature::artist_top_tracks);
  if (known && !known->allowed()) return;
  for (const std::string& id : artist_ids) {
    if (asking_.fresh(artist_top_tracks_key(id, asking_.options.market))) {
      ++open_;
      get(id, true, [this](ProbeFirst::Showed) {
        --open_;
        asking_.changed();
      });
    } else {
      questions_.add(
          [this, id](const ProbeFirst::Answered& answered) { get(id, false, answered); });
    }
  }
}

void TopTracksFetch::get(const std::string& artist_id, bool kept,
                         const ProbeFirst::Answered& answered) {
  const Call call = artist_top_tracks_call(artist_id, asking_.options.market);
  asking_.api.get(call, [this, artist_id, kept, call, answered](const Answer& answer) {
    answered(take(artist_id, kept, call, answer));
  });
}

ProbeFirst::Showed TopTracksFetch::take(const std::string& artist_id, bool kept, const Call& call,
                                        const Answer& answer) {
  if (answer.kind == Answer::Kind::closed) return ProbeFirst::Showed::stop;
  if (answer.kind == Answer::Kind::failed) return ProbeFirst::Showed::nothing;
  if (answer.kind == Answer::Kind::refused) {
    if (answer.refusal.kind != RefusalKind::forbidden) {
      asking_.api.unexpected(call, answer.refusal);
      return ProbeFirst::Showed::nothing;
    }
    asking_.capabilities.learn(
        {.feature = Feature::artist_top_tracks,
         .value = 0,
         .learnt_at = asking_.now,
         .learnt_from = call.name + " answered " + describe(answer.refusal)});
    return ProbeFirst::Showed::stop;
  }
  const auto tracks = read_artist_top_tracks(answer.root);
  if (!tracks) {
    asking_.api.unusable(call, "has no list of tracks");
    return ProbeFirst::Showed::nothing;
  }
  if (!kept) {
    asking_.capabilities.learn({.feature = Feature::artist_top_tracks,
                                .value = 1,
                                .learnt_at = asking_.now,
                                .learnt_from = call.name + " answered"});
  }
  TrackList list;
  list.artist_key = artist_id;
  std::vector<std::string> ids;
  for (const TrackObject& track : *tracks) {
    asking_.collector.add(track, {answer.received_at, call.name});
    if (list.rows.size() == kTopTracksShown) continue;
    list.rows.push_back({.artist_key = artist_id,
                         .rank = static_cast<std::int32_t>(list.rows.size()) + 1,
                         .track_key = *track.id,
                         .track_id = track.id,
                         .name = track.name,
                         .duration_ms = track.duration_ms,
                         .ranking_source = kService});
    ids.push_back(*track.id);
  }
  asking_.found.artist_top_tracks.push_back(std::move(list));
  tracks_known_(ids);
  return ProbeFirst::Showed::allowed;
}

}  // namespace soundlake::spotify
