// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/net/http_server.hpp"
#include "soundlake/sim/app_class.hpp"
#include "soundlake/sim/listener.hpp"
#include "soundlake/sim/shapes.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace soundlake::sim {

/// The path of an API request cut at its slashes, without "v1"; empty when it is no API path.
std::vector<std::string> api_path(std::string_view path);

/// The quota under which Spotify counts a request: "top", "recently-played", "me", "artists",
/// "artists-several", "artist-albums", "artist-top-tracks", "albums", "albums-several",
/// "album-tracks", "tracks", "tracks-several", "audio-features", "search", "other".
std::string bucket_of(const std::vector<std::string>& path);

/// A question whose token was accepted and which no limit refuses.
struct Question {
  const net::ServerRequest& request;
  std::vector<std::string> path;  ///< as api_path gives it
  const Listener& listener;
  const Rights& rights;
  std::vector<std::string> scopes;
  base::Instant now;
};

/// Any endpoint of the Web API that the simulator has; 404 for the others.
net::ServerResponse answer(const Question& question);

/// Of the person: /me, /me/top, /me/player/recently-played. Nothing for another path.
std::optional<net::ServerResponse> answer_about_listener(const Question& question);
/// Of the catalogue: artists, albums, tracks, audio features, search. Nothing for another path.
std::optional<net::ServerResponse> answer_from_catalogue(const Question& question);

/// A whole number of the query: `fallback` when it is absent, nothing when it is none or outside of
/// [least, most].
std::optional<int> number_of(const Question& question, const std::string& name, int fallback,
                             int least, int most);
/// A parameter of the query; nothing when absent.
std::optional<std::string> parameter_of(const Question& question, const std::string& name);
/// The slice of a list that a page shows, through `shape`.
template <class Index, class Shape>
auto slice(const std::vector<Index>& all, int offset, int limit, Shape shape) {
  std::vector<decltype(shape(all[0]))> part;
  for (auto i = static_cast<std::size_t>(offset);
       i < all.size() && part.size() < static_cast<std::size_t>(limit); ++i)
    part.push_back(shape(all[i]));
  return part;
}

}  // namespace soundlake::sim
