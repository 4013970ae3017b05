// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"
#include "soundlake/lake/sourced.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The row of each table. Names, order, units and meaning of the columns stand in schemas.hpp, one
/// list for the Parquet files, docs/lake.md and the SQL views. Keys are as design §5 says: the
/// Spotify id when known, else `n-` + 16 hex digits of the name's hash (see keys.hpp).
namespace soundlake::lake {

using Text = std::optional<std::string>;

/// An artist the lake knows, with the current best value of each field.
struct Artist {
  std::string key;
  Text id;  ///< Spotify id
  Text name;
  Sourced<std::vector<std::string>> genres;
  Sourced<std::int32_t> popularity;  ///< 0 … 100
  Sourced<std::int64_t> followers;
  Text image_url;
  std::vector<std::string> aliases;  ///< other keys this artist was issued under
  friend bool operator==(const Artist&, const Artist&) = default;
};

struct Album {
  std::string key;
  Text id;
  Text name;
  Text artist_key;
  Text artist_name;
  Text album_type;                    ///< album | single | compilation
  Sourced<std::string> release_date;  ///< at the precision given: 2019, 2019-05, 2019-05-17
  Sourced<std::int32_t> total_tracks;
  Text image_url;
  std::vector<std::string> aliases;
  friend bool operator==(const Album&, const Album&) = default;
};

struct Track {
  std::string key;
  Text id;
  Text name;
  Text artist_key;  ///< the first artist
  Text artist_name;
  Text album_key;
  Text album_name;
  Sourced<std::int64_t> duration_ms;
  Sourced<std::string> isrc;
  Sourced<double> bpm;
  Sourced<std::string> mode;    ///< major | minor
  Sourced<std::int32_t> tonic;  ///< 0 = C … 11 = B
  Sourced<std::int32_t> popularity;
  std::vector<std::string> aliases;
  friend bool operator==(const Track&, const Track&) = default;
};

/// One line of a dated top list.
struct TopArtist {
  base::Day snapshot_date;  ///< local date of the lake's zone
  std::string time_range;   ///< short_term | medium_term | long_term
  std::int32_t rank = 0;    ///< from 1
  std::string id;
  Text name;
  std::optional<std::int32_t> popularity;
  Text popularity_source;
  std::optional<std::vector<std::string>> genres;
  Text genres_source;
  friend bool operator==(const TopArtist&, const TopArtist&) = default;
};

struct TopTrack {
  base::Day snapshot_date;
  std::string time_range;
  std::int32_t rank = 0;
  std::string id;
  Text name;
  Text artist_id;
  Text artist_name;
  Text album_id;
  Text album_name;
  std::optional<std::int64_t> duration_ms;
  std::optional<std::int32_t> popularity;
  Text popularity_source;
  friend bool operator==(const TopTrack&, const TopTrack&) = default;
};

/// One of the at most five albums shown for an artist.
struct ArtistAlbum {
  std::string artist_key;
  std::int32_t rank = 0;  ///< 1 … 5
  std::string album_key;
  Text album_id;
  Text name;
  Text release_date;
  std::optional<std::int32_t> total_tracks;
  std::string ranking_source;  ///< who put them in this order, e.g. spotify (newest first)
  friend bool operator==(const ArtistAlbum&, const ArtistAlbum&) = default;
};

/// One of the at most ten top tracks of an artist.
struct ArtistTopTrack {
  std::string artist_key;
  std::int32_t rank = 0;  ///< 1 … 10
  std::string track_key;
  Text track_id;
  Text name;
  std::optional<std::int64_t> duration_ms;
  std::string ranking_source;  ///< spotify, listener, …
  friend bool operator==(const ArtistTopTrack&, const ArtistTopTrack&) = default;
};

/// One value one source gave about one thing. A changed value is a new row.
struct Fact {
  std::string entity;  ///< `artist:<key>`, `album:<key>`, `track:<key>`
  std::string field;   ///< genres, popularity, followers, duration_ms, isrc, bpm, mode, tonic, …
  Text value;  ///< as text: a number in decimal, a list as JSON array; null = the source knows none
  Text unit;   ///< bpm, ms, 0-100, count, …
  std::string source;     ///< service in lower case
  std::string status;     ///< chosen | alternate | disputed | rejected | unknown
  double confidence = 0;  ///< 0 … 1
  std::string method;     ///< how the value was got: endpoint or rule
  base::Instant fetched_at;
  std::optional<base::Instant> expires_at;
  Text licence;
  friend bool operator==(const Fact&, const Fact&) = default;
};

/// One play. See docs/lake.md and design §5 for the clock and the identity.
struct Play {
  std::string play_id;      ///< 16 hex digits of SHA-256 of the identity
  base::Instant played_at;  ///< end of play, UTC
  base::Instant started_at;
  Text reported_at;                 ///< the time as the source gave it
  base::Day local_date;             ///< of started_at, in the lake's zone
  std::int32_t utc_offset_min = 0;  ///< of started_at, in the lake's zone
  std::int64_t ms_played = 0;
  bool ms_estimated = false;
  std::string kind;  ///< track | episode | chapter | video | unknown
  Text spotify_uri;
  Text track_name;
  Text artist_name;
  Text album_name;
  Text show_name;
  Text episode_name;
  Text audiobook_name;
  Text chapter_name;
  Text platform;
  Text country;
  Text reason_start;
  Text reason_end;
  std::optional<bool> shuffle;
  std::optional<bool> skipped;
  std::optional<bool> offline;
  std::optional<bool> incognito;
  std::string source;  ///< extended | account | recent
  std::optional<std::int64_t>
      length_ms;  ///< how long what was played is, when the source told it (recent)
  friend bool operator==(const Play&, const Play&) = default;
};

/// A stretch of time in which plays may be missing.
struct Gap {
  base::Instant from;  ///< the last play known before it
  base::Instant to;    ///< the first play known after it
  base::Instant found_at;
  std::string reason;  ///< why plays may be missing, e.g. a poll that brought 50
  friend bool operator==(const Gap&, const Gap&) = default;
};

/// One run that changed something in the lake.
struct Run {
  std::string run_id;
  std::string command;
  base::Instant started_at;
  base::Instant finished_at;
  std::string version;   ///< of soundlake
  std::string changed;   ///< the tables it changed, by name, separated by blanks
  std::string counts;    ///< the report's counts as JSON
  std::string requests;  ///< the report's requests as JSON
  friend bool operator==(const Run&, const Run&) = default;
};

}  // namespace soundlake::lake
