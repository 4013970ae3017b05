// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/database.hpp"
#include "soundlake/base/progress.hpp"
#include "soundlake/base/time.hpp"
#include "soundlake/facts/facts.hpp"
#include "soundlake/lake/lake.hpp"
#include "soundlake/lake/rows.hpp"
#include "soundlake/net/client.hpp"
#include "soundlake/net/closures.hpp"
#include "soundlake/spotify/capability.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace soundlake::spotify {

class TokenSource;

/// The name under which the Web API is known to net::Client, Closures, the response cache and raw/.
inline constexpr const char* kService = "spotify";
/// The bucket under which a wait is listed that our own daily budget of album calls causes.
inline constexpr const char* kAlbumBudgetBucket = "artist-albums (own daily budget)";
/// How many artists the compiled output holds; these come first everywhere.
inline constexpr std::size_t kExportedArtists = 50;

/// What we allow ourselves towards the Web API: a first run leaves as one burst (about 120
/// requests, 16 under way), further ones settle to a slow pace, since the window Spotify counts in
/// is 30 s.
net::ServiceLimits web_api_limits();

struct ExtractOptions {
  std::string api_url = "https://api.spotify.com/v1";  ///< without a slash at the end
  std::string client_id;  ///< what an app may do is remembered under it
  std::optional<std::string>
      account_id;  ///< known from an earlier run with this sign-in: saves asking /me
  std::string market = "US";
  bool recent_only = false;      ///< recent plays and nothing else: one request
  bool all_depth = false;        ///< every page of the top lists, not only the first 50
  int album_calls_per_day = 60;  ///< of GET /artists/{id}/albums in any 24 hours
  base::Clock clock = base::system_clock();
};

/// One top list as Spotify gave it.
template <class Row>
struct TopList {
  base::Day date;          ///< local date of the answer in the lake's zone
  std::string time_range;  ///< short_term | medium_term | long_term
  bool whole = false;      ///< Spotify has no further ranks
  std::vector<Row> rows;
};

/// The at most five albums of one artist, newest first.
struct AlbumList {
  std::string artist_key;
  bool whole = true;  ///< false: a further page that belongs to it could not be had
  std::vector<lake::ArtistAlbum> rows;
};

/// The at most ten top tracks of one artist that Spotify names.
struct TrackList {
  std::string artist_key;
  std::vector<lake::ArtistTopTrack> rows;
};

/// Something that went wrong without ending the work; the fields are those of a report's
/// `problems`.
struct Problem {
  std::string kind;  ///< as ErrorKind: network, service, data
  std::string message;
  std::string hint;
  std::string where;  ///< the endpoint, e.g. "GET /me/top/artists"
};

/// The question for recent plays, for the gap rule of history/.
struct RecentPoll {
  base::Instant at;  ///< when the answer came
  int items = 0;     ///< in the answer, unusable ones included
  int limit = 50;    ///< asked for
};

struct ExtractCounts {
  std::int64_t artists = 0;  ///< different ones seen in the answers
  std::int64_t albums = 0;
  std::int64_t tracks = 0;
  std::int64_t plays = 0;    ///< recent plays in the answer; what of it is new, history/ tells
  std::int64_t skipped = 0;  ///< items without content (null, no id), dropped
  std::int64_t refused = 0;  ///< questions the app may not ask (4xx)
};

/// Everything one extraction brought, ready to be merged into a lake.
struct Extraction {
  std::string account_id;  ///< to be kept with the sign-in; the person's name is not kept
  std::vector<TopList<lake::TopArtist>> top_artists;
  std::vector<TopList<lake::TopTrack>> top_tracks;
  std::vector<lake::Artist> artists;  ///< identity only: no Sourced<> field is set
  std::vector<lake::Album> albums;
  std::vector<lake::Track> tracks;
  std::vector<facts::Answer> answers;
  std::vector<AlbumList> artist_albums;
  std::vector<TrackList> artist_top_tracks;
  /// ms_played is the track's length (an upper bound, ms_estimated); history/ settles it and sets
  /// play_id, local_date and utc_offset_min.
  std::vector<lake::Play> plays;
  std::optional<RecentPoll> recent_poll;  ///< nothing when the question got no answer
  std::vector<std::string> raw;           ///< lines for raw/spotify; never /me
  std::vector<Capability> capabilities;
  std::vector<net::Closure> waits;
  /// Something a run should bring is missing (failed, or waits for a closed service): exit code 3.
  /// Work beyond the exported artists that only our own budget defers is in `waits` and does not
  /// count.
  bool partial = false;
  std::vector<Problem> problems;
  ExtractCounts counts;
  std::vector<std::string> unknown;  ///< what is unknown and why, one sentence each
};

/// Asks Spotify for what the lake lacks, with as few questions as possible: answers that are still
/// fresh come from the response cache in `state`, refusals are learnt once a week and app, and
/// album calls stay within their daily budget. Whatever can be asked at once is asked at once.
///
/// @param client knows the services kService (see web_api_limits) and shares `state` for its cache
/// @param known  the lake as it stands: its time zone, its newest recent play, its last top list
/// Throws Error{sign_in} when the sign-in lacks a scope or is no longer accepted, Error{service}
/// when the person is not registered for the app or its owner lacks Premium, Error{network} when
/// not even the first question was answered, Error{cancelled}. All else is in `problems` and
/// `waits`.
Extraction extract(net::Client& client, TokenSource& token, base::Database& state,
                   const lake::View& known, const ExtractOptions& options,
                   base::Progress& progress);

/// Merges everything but plays and raw payloads into the lake and claims it for the account.
/// Idempotent: a pure function of the edit's state and the extraction. Call it after history/
/// merged the plays, since where Spotify names no top tracks of an artist the listener's own are
/// taken from the top lists and plays as they then stand (ranking_source `listener`). A list is
/// never replaced by a worse one. Throws Error{refused} when the lake belongs to another account.
void apply(const Extraction& extraction, lake::Edit& edit);

/// The part of apply that ranks the top tracks of artists by the person's own plays. Once more when
/// tracks have found their artists since: names that only plays told have no id before.
void rank_heard(const Extraction& extraction, lake::Edit& edit);

}  // namespace soundlake::spotify
