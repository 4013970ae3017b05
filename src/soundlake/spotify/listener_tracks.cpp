// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/listener_tracks.hpp"

#include "soundlake/base/text.hpp"
#include "soundlake/spotify/me_endpoints.hpp"
#include "soundlake/spotify/top_tracks_fetch.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

namespace soundlake::spotify {
namespace {

constexpr std::int64_t kListenedMs = 30'000;
constexpr std::string_view kTrackUri = "spotify:track:";

/// The rows of the newest list of a range, by rank.
template <class Row>
std::vector<const Row*> newest_list(const std::vector<Row>& rows, const std::string& time_range) {
  std::vector<const Row*> list;
  for (const Row& row : rows) {
    if (row.time_range != time_range) continue;
    if (!list.empty() && row.snapshot_date > list.front()->snapshot_date) list.clear();
    if (list.empty() || row.snapshot_date == list.front()->snapshot_date) list.push_back(&row);
  }
  std::sort(list.begin(), list.end(), [](const Row* a, const Row* b) { return a->rank < b->rank; });
  return list;
}

/// The lists while they grow.
class Lists {
 public:
  void open(const std::string& artist_id) { lists_.try_emplace(artist_id, Growing{}); }

  void add(const std::string& artist_id, const std::string& track_id, const lake::Text& name,
           std::optional<std::int64_t> duration_ms) {
    const auto found = lists_.find(artist_id);
    if (found == lists_.end()) return;
    Growing& list = found->second;
    if (list.rows.size() >= kTopTracksShown) return;
    // One song has several ids (single, album, remaster), and is one song.
    if (!list.titles.insert(name ? base::fold(*name) : track_id).second) return;
    list.rows.push_back({.artist_key = artist_id,
                         .rank = static_cast<std::int32_t>(list.rows.size()) + 1,
                         .track_key = track_id,
                         .track_id = track_id,
                         .name = name,
                         .duration_ms = duration_ms,
                         .ranking_source = "listener"});
  }

  std::vector<TrackList> filled() && {
    std::vector<TrackList> result;
    for (auto& [artist_id, list] : lists_) {
      if (!list.rows.empty()) result.push_back({artist_id, std::move(list.rows)});
    }
    return result;
  }

 private:
  struct Growing {
    std::vector<lake::ArtistTopTrack> rows;
    std::set<std::string> titles;
  };
  std::map<std::string, Growing> lists_;
};

struct Listened {
  std::int64_t plays = 0;
  base::Instant last;
};

std::map<std::string, Listened> listened(const std::vector<lake::Play>& plays) {
  std::map<std::string, Listened> by_track;
  for (const lake::Play& play : plays) {
    if (play.ms_played < kListenedMs || !play.spotify_uri ||
        !play.spotify_uri->starts_with(kTrackUri))
      continue;
    Listened& track = by_track[play.spotify_uri->substr(kTrackUri.size())];
    ++track.plays;
    track.last = std::max(track.last, play.played_at);
  }
  return by_track;
}

}  // namespace

std::vector<TrackList> listener_tracks(const std::vector<lake::TopArtist>& top_artists,
                                       const std::vector<lake::TopTrack>& top_tracks,
                                       const std::vector<lake::Play>& plays,
                                       const std::vector<lake::Track>& tracks) {
  Lists lists;
  for (const char* range : kTimeRanges) {
    for (const lake::TopArtist* artist : newest_list(top_artists, range)) lists.open(artist->id);
  }
  for (const char* range : kTimeRanges) {
    for (const lake::TopTrack* track : newest_list(top_tracks, range)) {
      if (track->artist_id)
        lists.add(*track->artist_id, track->id, track->name, track->duration_ms);
    }
  }
  std::map<std::string, const lake::Track*> track_of_id;
  for (const lake::Track& track : tracks) {
    if (track.id && track.artist_key) track_of_id.emplace(*track.id, &track);
  }
  std::vector<std::tuple<std::int64_t, base::Instant, const lake::Track*>> played;
  for (const auto& [id, counted] : listened(plays)) {
    const auto track = track_of_id.find(id);
    if (track != track_of_id.end()) played.emplace_back(counted.plays, counted.last, track->second);
  }
  // Ids come in order, so equal ones stay in the order of their ids.
  std::stable_sort(played.begin(), played.end(), [](const auto& a, const auto& b) {
    return std::tie(std::get<0>(a), std::get<1>(a)) > std::tie(std::get<0>(b), std::get<1>(b));
  });
  for (const auto& [count, last, track] : played) {
    lists.add(*track->artist_key, *track->id, track->name, track->duration_ms.value);
  }
  return std::move(lists).filled();
}

}  // namespace soundlake::spotify
