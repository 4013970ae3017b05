// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// MusicBrainz WS/2: who a Spotify artist is, and its genres.
namespace soundlake::enrich::musicbrainz {

inline constexpr const char* kService = "musicbrainz";
/// More `resource` parameters of one question are silently cut.
inline constexpr std::size_t kUrlsPerQuestion = 100;
inline constexpr const char* kGenreLicence = "CC BY-NC-SA 3.0";

struct Linked {
  std::string id;
  std::string name;
};

/// The question for the artists linked to Spotify artists.
std::string url_question(const std::string& root, const std::vector<std::string>& spotify_ids);
/// Artists by Spotify id, in both shapes (one resource, several); what MusicBrainz does not know is
/// absent. Nothing when the body is no such answer.
std::optional<std::map<std::string, std::vector<Linked>>> read_urls(std::string_view body);
/// The artist meant: the only one linked, or the only one of that name among several; nothing when
/// that decides nothing.
std::optional<Linked> pick(const std::vector<Linked>& linked, std::string_view name);

struct About {
  std::vector<std::string> genres;  ///< best first, 5 at most
  std::string deezer_id;            ///< empty: none, or several that differ
};
std::string artist_question(const std::string& root, const std::string& id);
/// Nothing when the body is not about this artist.
std::optional<About> read_artist(std::string_view body, std::string_view id);

}  // namespace soundlake::enrich::musicbrainz
