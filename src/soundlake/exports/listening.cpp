// SPDX-License-Identifier: Apache-2.0
#include "soundlake/exports/listening.hpp"

#include "soundlake/lake/keys.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace soundlake::exports {
namespace {

bool is_music(const lake::Play& play) {
  return (play.kind == "track" || play.kind == "video") && play.artist_name;
}

/// The most heard first: by time, then plays, then name in byte order.
bool heard_more(const Heard& a, const Heard& b) {
  return std::tie(b.ms, b.plays, a.name, a.artist_name) <
         std::tie(a.ms, a.plays, b.name, b.artist_name);
}

void count(Heard& heard, const lake::Play& play) {
  heard.ms += play.ms_played;
  ++heard.plays;
}

using HeardByKey = std::map<std::string, Heard>;

void count(HeardByKey& all, std::string key, const std::string& name, const lake::Play& play) {
  auto& heard = all[key];
  if (heard.key.empty()) {
    heard.key = std::move(key);
    heard.name = name;
    heard.artist_name = *play.artist_name;
  }
  count(heard, play);
}

std::vector<Heard> ranked(HeardByKey all) {
  std::vector<Heard> list;
  list.reserve(all.size());
  for (auto& [key, heard] : all) list.push_back(std::move(heard));
  std::sort(list.begin(), list.end(), heard_more);
  return list;
}

lake::Text track_id_of(const lake::Play& play) {
  constexpr std::string_view kPrefix = "spotify:track:";
  if (!play.spotify_uri || !play.spotify_uri->starts_with(kPrefix)) return std::nullopt;
  return play.spotify_uri->substr(kPrefix.size());
}

struct Counted {
  Heard artist;
  HeardByKey albums;
  HeardByKey tracks;
};

}  // namespace

RecentListening recent_listening(const std::vector<lake::Play>& plays) {
  RecentListening listening;
  for (const auto& play : plays) listening.until = std::max(listening.until, play.local_date);

  std::map<std::string, Counted> artists;
  std::map<std::string, std::map<std::string, std::int64_t>> ms_of_id;  // by track key, then id
  for (const auto& play : plays) {
    if (!is_music(play) || play.local_date <= listening.until - std::chrono::days(kListeningDays))
      continue;
    const auto key = lake::artist_key_of_name(*play.artist_name);
    auto& counted = artists[key];
    counted.artist.key = key;
    counted.artist.name = *play.artist_name;
    count(counted.artist, play);
    if (play.album_name) {
      count(counted.albums, lake::album_key_of_name(*play.album_name, *play.artist_name),
            *play.album_name, play);
    }
    if (!play.track_name) continue;
    const auto track_key = lake::track_key_of_name(*play.track_name, *play.artist_name);
    count(counted.tracks, track_key, *play.track_name, play);
    if (const auto id = track_id_of(play)) ms_of_id[track_key][*id] += play.ms_played;
  }

  for (auto& [key, counted] : artists) {
    HeardArtist heard{std::move(counted.artist), ranked(std::move(counted.albums)),
                      ranked(std::move(counted.tracks))};
    for (auto& track : heard.tracks) {
      const auto ids = ms_of_id.find(track.key);
      if (ids == ms_of_id.end()) continue;
      const auto most =
          std::max_element(ids->second.begin(), ids->second.end(),
                           [](const auto& a, const auto& b) { return a.second < b.second; });
      track.track_id = most->first;
    }
    listening.tracks.insert(listening.tracks.end(), heard.tracks.begin(), heard.tracks.end());
    listening.artists.push_back(std::move(heard));
  }
  std::sort(listening.tracks.begin(), listening.tracks.end(), heard_more);
  std::sort(listening.artists.begin(), listening.artists.end(),
            [](const auto& a, const auto& b) { return heard_more(a.artist, b.artist); });
  return listening;
}

}  // namespace soundlake::exports
