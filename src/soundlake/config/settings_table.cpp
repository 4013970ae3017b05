// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/error.hpp"
#include "soundlake/config/settings.hpp"

#include <algorithm>

namespace soundlake::config {

const std::vector<Setting>& all_settings() {
  using enum SettingType;
  static const std::vector<Setting> settings{
      {.name = "lake",
       .type = lake_uri,
       .default_text = "$XDG_DATA_HOME/soundlake/lake",
       .help = "Where the lake lies: a folder (path or file://…) or s3://bucket/prefix",
       .environment = {"SOUNDLAKE_LAKE"}},
      {.name = "single_writer",
       .type = yes_no,
       .default_text = "no",
       .help = "Promise to be the only writer of a new lake, for S3 stores without conditional "
               "writes",
       .environment = {"SOUNDLAKE_SINGLE_WRITER"}},
      {.name = "load_to",
       .type = lake_uri,
       .default_text = "",
       .help =
           "Where `run` copies the lake when it is done, and `load` without a place: a folder or "
           "s3://bucket/prefix",
       .environment = {"SOUNDLAKE_LOAD_TO"}},
      {.name = "home",
       .type = path,
       .default_text = "$XDG_STATE_HOME/soundlake",
       .help = "Where sign-in and state are kept (state.db, readable by you alone)",
       .environment = {"SOUNDLAKE_HOME"}},
      {.name = "spotify_client_id",
       .type = text,
       .default_text = "",
       .help = "Client ID of your Spotify app (developer.spotify.com/dashboard)",
       .environment = {"SPOTIFY_CLIENT_ID", "SPOTIPY_CLIENT_ID"}},
      {.name = "spotify_client_secret",
       .type = secret,
       .default_text = "",
       .help = "Client secret of your Spotify app; not needed, the sign-in uses PKCE",
       .environment = {"SPOTIFY_CLIENT_SECRET", "SPOTIPY_CLIENT_SECRET"}},
      {.name = "spotify_redirect_uri",
       .type = redirect,
       .default_text = "http://127.0.0.1:8888/callback",
       .help = "Redirect URI registered in your Spotify app",
       .environment = {"SPOTIFY_REDIRECT_URI", "SPOTIPY_REDIRECT_URI"}},
      {.name = "spotify_refresh_token",
       .type = secret,
       .default_text = "",
       .help = "Refresh token for machines where nobody can sign in",
       .environment = {"SPOTIFY_REFRESH_TOKEN"}},
      {.name = "market",
       .type = country,
       .default_text = "US",
       .help = "Country whose catalogue Spotify is asked about",
       .environment = {"SOUNDLAKE_MARKET"}},
      {.name = "timezone",
       .type = text,
       .default_text = "the lake's own",
       .help =
           "Time zone for days, weeks and hours; a new lake takes it from here or from the system",
       .environment = {"SOUNDLAKE_TIMEZONE"}},
      {.name = "album_calls_per_day",
       .type = number,
       .default_text = "60",
       .help = "How many album lists are asked of Spotify in 24 hours (it closes at about 100)",
       .environment = {"SOUNDLAKE_ALBUM_CALLS_PER_DAY"}},
      {.name = "contact",
       .type = text,
       .default_text = "",
       .help = "An address under which operators of services may reach you; sent in the User-Agent "
               "only",
       .environment = {"SOUNDLAKE_CONTACT"}},
      {.name = "sources",
       .type = text,
       .default_text = "all",
       .help = "Open services that may be asked by `enrich`: all, none, or names separated by "
               "commas (musicbrainz, deezer, reccobeats)",
       .environment = {"SOUNDLAKE_SOURCES"}},
      {.name = "spotify_api_url",
       .type = url,
       .default_text = "https://api.spotify.com/v1",
       .help = "Root of Spotify's Web API (tests, proxies)",
       .environment = {"SOUNDLAKE_SPOTIFY_API_URL"}},
      {.name = "spotify_accounts_url",
       .type = url,
       .default_text = "https://accounts.spotify.com",
       .help = "Root of Spotify's sign-in service (tests, proxies)",
       .environment = {"SOUNDLAKE_SPOTIFY_ACCOUNTS_URL"}},
      {.name = "musicbrainz_url",
       .type = url,
       .default_text = "https://musicbrainz.org/ws/2",
       .help = "Root of MusicBrainz (tests, proxies)",
       .environment = {"SOUNDLAKE_MUSICBRAINZ_URL"}},
      {.name = "deezer_url",
       .type = url,
       .default_text = "https://api.deezer.com",
       .help = "Root of Deezer's API (tests, proxies)",
       .environment = {"SOUNDLAKE_DEEZER_URL"}},
      {.name = "reccobeats_url",
       .type = url,
       .default_text = "https://api.reccobeats.com/v1",
       .help = "Root of ReccoBeats (tests, proxies)",
       .environment = {"SOUNDLAKE_RECCOBEATS_URL"}},
      {.name = "now",
       .type = instant,
       .default_text = "",
       .help = "Take this moment (UTC) as the present, for tests and the simulated listener",
       .environment = {"SOUNDLAKE_NOW"}},
  };
  return settings;
}

std::string Setting::flag() const {
  std::string flag = "--" + name;
  std::replace(flag.begin(), flag.end(), '_', '-');
  return flag;
}

const Setting& setting_named(const std::string& name) {
  const auto& settings = all_settings();
  const auto found = std::find_if(settings.begin(), settings.end(),
                                  [&](const Setting& setting) { return setting.name == name; });
  if (found == settings.end())
    throw Error(ErrorKind::internal, "there is no setting '" + name + "'");
  return *found;
}

}  // namespace soundlake::config
