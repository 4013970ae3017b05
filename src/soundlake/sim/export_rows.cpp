// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/export_rows.hpp"

#include <nlohmann/json.hpp>

#include <chrono>

namespace soundlake::sim {
namespace {

using nlohmann::ordered_json;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// Every so manyth track has a music video, and every so manyth episode was withdrawn.
constexpr std::uint32_t kVideos = 97;
constexpr std::int64_t kWithdrawn = 11;

base::Instant whole_second(base::Instant at) {
  return std::chrono::floor<seconds>(at);
}

/// Spotify withdrew this episode's names later. Recently played never shows episodes, so no play is
/// told once with and once without its content.
bool is_withdrawn(const SimulatedPlay& play) {
  return play.kind == SimulatedPlay::Kind::episode &&
         base::to_unix_ms(play.ended_at) / 1000 % kWithdrawn == 0;
}

/// The members of a row between braces, each on its line; `colon` stands between key and value.
std::string rows_of(const ordered_json& row, const char* colon) {
  std::string text = "  {";
  for (auto member = row.begin(); member != row.end(); ++member) {
    text += member == row.begin() ? "\n    \"" : ",\n    \"";
    text += member.key() + '"' + colon + member.value().dump();
  }
  return text + "\n  }";
}

}  // namespace

bool is_video(const SimulatedPlay& play) {
  return play.kind == SimulatedPlay::Kind::track && play.index % kVideos == 5;
}

std::string extended_row(const Catalogue& catalogue, const SimulatedPlay& play) {
  ordered_json row{{"ts", base::format_utc(whole_second(play.ended_at))},
                   {"platform", play.platform},
                   {"ms_played", play.ms_played},
                   {"conn_country", "DE"},
                   {"ip_addr", "192.0.2.17"},
                   {"master_metadata_track_name", nullptr},
                   {"master_metadata_album_artist_name", nullptr},
                   {"master_metadata_album_album_name", nullptr},
                   {"spotify_track_uri", nullptr},
                   {"episode_name", nullptr},
                   {"episode_show_name", nullptr},
                   {"spotify_episode_uri", nullptr},
                   {"audiobook_title", nullptr},
                   {"audiobook_uri", nullptr},
                   {"audiobook_chapter_uri", nullptr},
                   {"audiobook_chapter_title", nullptr},
                   {"reason_start", play.reason_start},
                   {"reason_end", play.reason_end},
                   {"shuffle", play.shuffle},
                   {"skipped", std::string_view(play.reason_end) == "fwdbtn"},
                   {"offline", play.offline},
                   {"offline_timestamp", nullptr},
                   {"incognito_mode", false}};
  if (play.kind == SimulatedPlay::Kind::track) {
    const auto& track = catalogue.tracks[play.index];
    const auto& album = catalogue.albums[track.album];
    row["master_metadata_track_name"] = track.name;
    row["master_metadata_album_artist_name"] = catalogue.artists[album.artist].name;
    row["master_metadata_album_album_name"] = album.name;
    row["spotify_track_uri"] = "spotify:track:" + track.id;
  } else if (!is_withdrawn(play)) {
    const auto& episode = catalogue.episodes[play.index];
    row["episode_name"] = episode.name;
    row["episode_show_name"] = episode.show;
    row["spotify_episode_uri"] = "spotify:episode:" + episode.id;
  }
  if (is_video(play)) {
    row["offline"] = nullptr;
  } else {
    row["offline_timestamp"] =
        base::to_unix_ms(whole_second(play.ended_at - milliseconds(play.ms_played))) / 1000;
  }
  return rows_of(row, ": ");
}

std::string account_row(const Catalogue& catalogue, const SimulatedPlay& play) {
  auto time = base::format_utc(std::chrono::floor<std::chrono::minutes>(play.ended_at));
  time = time.substr(0, 10) + " " + time.substr(11, 5);
  if (is_withdrawn(play)) return {};
  if (play.kind == SimulatedPlay::Kind::episode) {
    const auto& episode = catalogue.episodes[play.index];
    return rows_of({{"endTime", time},
                    {"podcastName", episode.show},
                    {"episodeName", episode.name},
                    {"msPlayed", play.ms_played}},
                   " : ");
  }
  const auto& track = catalogue.tracks[play.index];
  return rows_of({{"endTime", time},
                  {"artistName", catalogue.artists[catalogue.albums[track.album].artist].name},
                  {"trackName", track.name},
                  {"msPlayed", play.ms_played}},
                 " : ");
}

}  // namespace soundlake::sim
