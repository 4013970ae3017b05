// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/app.hpp"

namespace soundlake::spotify {

std::string steps_to_an_app() {
  return "make an app at https://developer.spotify.com/dashboard (Web API, redirect URI "
         "http://127.0.0.1:8888/callback), set SPOTIFY_CLIENT_ID to its client ID and run "
         "`soundlake login`";
}

const std::vector<Scope>& scopes() {
  static const std::vector<Scope> all{
      {.name = "user-top-read",
       .why = "the artists and tracks you listen to most, over four weeks, six months and a year"},
      {.name = "user-read-recently-played",
       .why = "your last 50 plays, so that your history keeps growing between privacy exports"},
  };
  return all;
}

}  // namespace soundlake::spotify
