// SPDX-License-Identifier: Apache-2.0
#pragma once
// Every table of the lake with its columns, in the order they have in the files. This list is the
// only place: the Parquet files, docs/lake.md and the SQL views follow it. A column is added at the
// end, may be null, and is never renamed, moved or given another type afterwards.
#include "soundlake/lake/columns.hpp"
#include "soundlake/lake/rows.hpp"

namespace soundlake::lake {

template <>
struct Schema<Artist> {
  static constexpr const char* kName = "artists";
  static constexpr const char* kKey = "artists/artists.parquet";
  static constexpr const char* kDoc =
      "An artist the lake knows, with the best value known today of each field.";
  static auto sorted_by() { return std::tuple{&Artist::key}; }
  static auto columns() {
    return std::tuple{
        Column{"key", &Artist::key, "Key of the artist (see Keys)"},
        Column{"id", &Artist::id, "Spotify id"},
        Column{"name", &Artist::name, "Name as the artist is credited"},
        Column{"genres", &Artist::genres,
               "Genres in lower case; an empty list says that there is none"},
        Column{"popularity", &Artist::popularity, "Popularity, 0 … 100"},
        Column{"followers", &Artist::followers, "Followers on the source's service, a count"},
        Column{"image_url", &Artist::image_url, "Address of a picture at Spotify"},
        Column{"aliases", &Artist::aliases,
               "Other keys this artist was issued under; still valid"}};
  }
};

template <>
struct Schema<Album> {
  static constexpr const char* kName = "albums";
  static constexpr const char* kKey = "albums/albums.parquet";
  static constexpr const char* kDoc =
      "An album the lake knows, with the best value known today of each field.";
  static auto sorted_by() { return std::tuple{&Album::key}; }
  static auto columns() {
    return std::tuple{
        Column{"key", &Album::key, "Key of the album (see Keys)"},
        Column{"id", &Album::id, "Spotify id"},
        Column{"name", &Album::name, "Title"},
        Column{"artist_key", &Album::artist_key, "Key of the first artist"},
        Column{"artist_name", &Album::artist_name, "Name of the first artist"},
        Column{"album_type", &Album::album_type, "`album`, `single` or `compilation`"},
        Column{"release_date", &Album::release_date,
               "Day of release at the precision given: `2019`, `2019-05` or `2019-05-17`"},
        Column{"total_tracks", &Album::total_tracks, "Tracks on the album, a count"},
        Column{"image_url", &Album::image_url, "Address of the cover at Spotify"},
        Column{"aliases", &Album::aliases, "Other keys this album was issued under; still valid"}};
  }
};

template <>
struct Schema<Track> {
  static constexpr const char* kName = "tracks";
  static constexpr const char* kKey = "tracks/tracks.parquet";
  static constexpr const char* kDoc =
      "A track the lake knows, with the best value known today of each field.";
  static auto sorted_by() { return std::tuple{&Track::key}; }
  static auto columns() {
    return std::tuple{
        Column{"key", &Track::key, "Key of the track (see Keys)"},
        Column{"id", &Track::id, "Spotify id"},
        Column{"name", &Track::name, "Title"},
        Column{"artist_key", &Track::artist_key, "Key of the first artist"},
        Column{"artist_name", &Track::artist_name, "Name of the first artist"},
        Column{"album_key", &Track::album_key, "Key of the album"},
        Column{"album_name", &Track::album_name, "Title of the album"},
        Column{"duration_ms", &Track::duration_ms, "Length in milliseconds"},
        Column{"isrc", &Track::isrc, "International Standard Recording Code"},
        Column{"bpm", &Track::bpm, "Tempo in beats per minute"},
        Column{"mode", &Track::mode, "`major` or `minor`"},
        Column{"tonic", &Track::tonic, "Keynote in semitones above C: 0 = C … 11 = B"},
        Column{"popularity", &Track::popularity, "Popularity, 0 … 100"},
        Column{"aliases", &Track::aliases, "Other keys this track was issued under; still valid"}};
  }
};

template <>
struct Schema<TopArtist> {
  static constexpr const char* kName = "top_artists";
  static constexpr const char* kKey = "top_artists/top_artists.parquet";
  static constexpr const char* kDoc =
      "One line of a dated list of top artists, with what was known of the artist that day.";
  static auto sorted_by() {
    return std::tuple{&TopArtist::snapshot_date, &TopArtist::time_range, &TopArtist::rank};
  }
  static auto columns() {
    return std::tuple{
        Column{"snapshot_date", &TopArtist::snapshot_date,
               "Local date of the list, in the lake's zone"},
        Column{"time_range", &TopArtist::time_range,
               "`short_term` (about 4 weeks), `medium_term` (about 6 months) or `long_term` (about "
               "a year)"},
        Column{"rank", &TopArtist::rank, "Place in the list, from 1"},
        Column{"id", &TopArtist::id, "Spotify id of the artist"},
        Column{"name", &TopArtist::name, "Name of the artist"},
        Column{"popularity", &TopArtist::popularity, "Popularity that day, 0 … 100"},
        Column{"popularity_source", &TopArtist::popularity_source, "Who gave `popularity`"},
        Column{"genres", &TopArtist::genres, "Genres known that day"},
        Column{"genres_source", &TopArtist::genres_source, "Who gave `genres`"}};
  }
};

template <>
struct Schema<TopTrack> {
  static constexpr const char* kName = "top_tracks";
  static constexpr const char* kKey = "top_tracks/top_tracks.parquet";
  static constexpr const char* kDoc =
      "One line of a dated list of top tracks, with what was known of the track that day.";
  static auto sorted_by() {
    return std::tuple{&TopTrack::snapshot_date, &TopTrack::time_range, &TopTrack::rank};
  }
  static auto columns() {
    return std::tuple{
        Column{"snapshot_date", &TopTrack::snapshot_date,
               "Local date of the list, in the lake's zone"},
        Column{"time_range", &TopTrack::time_range,
               "`short_term` (about 4 weeks), `medium_term` (about 6 months) or `long_term` (about "
               "a year)"},
        Column{"rank", &TopTrack::rank, "Place in the list, from 1"},
        Column{"id", &TopTrack::id, "Spotify id of the track"},
        Column{"name", &TopTrack::name, "Title"},
        Column{"artist_id", &TopTrack::artist_id, "Spotify id of the first artist"},
        Column{"artist_name", &TopTrack::artist_name, "Name of the first artist"},
        Column{"album_id", &TopTrack::album_id, "Spotify id of the album"},
        Column{"album_name", &TopTrack::album_name, "Title of the album"},
        Column{"duration_ms", &TopTrack::duration_ms, "Length in milliseconds"},
        Column{"popularity", &TopTrack::popularity, "Popularity that day, 0 … 100"},
        Column{"popularity_source", &TopTrack::popularity_source, "Who gave `popularity`"}};
  }
};

template <>
struct Schema<ArtistAlbum> {
  static constexpr const char* kName = "artist_albums";
  static constexpr const char* kKey = "artist_albums/artist_albums.parquet";
  static constexpr const char* kDoc = "One of the at most five albums shown for an artist.";
  static auto sorted_by() { return std::tuple{&ArtistAlbum::artist_key, &ArtistAlbum::rank}; }
  static auto columns() {
    return std::tuple{
        Column{"artist_key", &ArtistAlbum::artist_key, "Key of the artist"},
        Column{"rank", &ArtistAlbum::rank, "Place among the artist's albums, 1 … 5"},
        Column{"album_key", &ArtistAlbum::album_key, "Key of the album"},
        Column{"album_id", &ArtistAlbum::album_id, "Spotify id of the album"},
        Column{"name", &ArtistAlbum::name, "Title"},
        Column{"release_date", &ArtistAlbum::release_date,
               "Day of release at the precision given: `2019`, `2019-05` or `2019-05-17`"},
        Column{"total_tracks", &ArtistAlbum::total_tracks, "Tracks on the album, a count"},
        Column{"ranking_source", &ArtistAlbum::ranking_source,
               "Who put the albums into this order"}};
  }
};

template <>
struct Schema<ArtistTopTrack> {
  static constexpr const char* kName = "artist_top_tracks";
  static constexpr const char* kKey = "artist_top_tracks/artist_top_tracks.parquet";
  static constexpr const char* kDoc = "One of the at most ten top tracks of an artist.";
  static auto sorted_by() { return std::tuple{&ArtistTopTrack::artist_key, &ArtistTopTrack::rank}; }
  static auto columns() {
    return std::tuple{
        Column{"artist_key", &ArtistTopTrack::artist_key, "Key of the artist"},
        Column{"rank", &ArtistTopTrack::rank, "Place among the artist's tracks, 1 … 10"},
        Column{"track_key", &ArtistTopTrack::track_key, "Key of the track"},
        Column{"track_id", &ArtistTopTrack::track_id, "Spotify id of the track"},
        Column{"name", &ArtistTopTrack::name, "Title"},
        Column{"duration_ms", &ArtistTopTrack::duration_ms, "Length in milliseconds"},
        Column{"ranking_source", &ArtistTopTrack::ranking_source,
               "Who put the tracks into this order; `listener` is the person's own listening"}};
  }
};

template <>
struct Schema<Fact> {
  static constexpr const char* kName = "facts";
  static constexpr const char* kKey = "facts/facts.parquet";
  static constexpr const char* kDoc =
      "One value one source gave about one thing. A changed value is a new row, so the history "
      "stays.";
  static auto sorted_by() {
    return std::tuple{&Fact::entity, &Fact::field, &Fact::source, &Fact::fetched_at};
  }
  static auto columns() {
    return std::tuple{
        Column{"entity", &Fact::entity,
               "What it is about: `artist:<key>`, `album:<key>` or `track:<key>`"},
        Column{"field", &Fact::field, "Which field: `genres`, `popularity`, `bpm`, `isrc`, …"},
        Column{"value", &Fact::value,
               "The value as text: a number in decimal, a list as JSON; null says that the source "
               "has none"},
        Column{"unit", &Fact::unit, "Unit of the value: `bpm`, `ms`, `0-100`, `count`, …"},
        Column{"source", &Fact::source, "Service in lower case, `listener` or `override`"},
        Column{"status", &Fact::status,
               "`chosen` (stands in the tables), `alternate`, `disputed`, `rejected` (failed the "
               "check of identity) "
               "or `unknown` (the source has none)"},
        Column{"confidence", &Fact::confidence, "How sure the value is, 0 … 1"},
        Column{"method", &Fact::method, "How the value was got: endpoint or rule"},
        Column{"fetched_at", &Fact::fetched_at, "When the source first gave this value"},
        Column{"expires_at", &Fact::expires_at,
               "When the source is worth asking again; null is never"},
        Column{"licence", &Fact::licence, "Licence the source gives the value under"}};
  }
};

template <>
struct Schema<Play> {
  static constexpr const char* kName = "plays";
  static constexpr const char* kKey = "plays/year={year}/plays.parquet";
  static constexpr const char* kDoc =
      "One play. The year in the path is the UTC year of `played_at`.";
  static auto sorted_by() { return std::tuple{&Play::played_at, &Play::play_id}; }
  static auto columns() {
    return std::tuple{
        Column{"play_id", &Play::play_id,
               "16 hex digits of SHA-256 of what makes the play this play"},
        Column{"played_at", &Play::played_at, "End of the play"},
        Column{"started_at", &Play::started_at, "Start of the play"},
        Column{"reported_at", &Play::reported_at, "The time exactly as the source wrote it"},
        Column{"local_date", &Play::local_date, "Date of `started_at` in the lake's zone"},
        Column{"utc_offset_min", &Play::utc_offset_min,
               "What local time was ahead of UTC at `started_at`, in minutes"},
        Column{"ms_played", &Play::ms_played, "How long it played, in milliseconds"},
        Column{"ms_estimated", &Play::ms_estimated,
               "Whether `ms_played` is an estimate (the Web API does not tell it)"},
        Column{"kind", &Play::kind, "`track`, `episode`, `chapter`, `video` or `unknown`"},
        Column{"spotify_uri", &Play::spotify_uri, "Spotify URI of what was played"},
        Column{"track_name", &Play::track_name, "Title of the track"},
        Column{"artist_name", &Play::artist_name, "Name of the track's first artist"},
        Column{"album_name", &Play::album_name, "Title of the track's album"},
        Column{"show_name", &Play::show_name, "Name of the podcast"},
        Column{"episode_name", &Play::episode_name, "Title of the podcast's episode"},
        Column{"audiobook_name", &Play::audiobook_name, "Title of the audiobook"},
        Column{"chapter_name", &Play::chapter_name, "Title of the audiobook's chapter"},
        Column{"platform", &Play::platform,
               "Device family, e.g. android, web, console (docs/plays.md lists them); no device is "
               "told"},
        Column{"country", &Play::country, "Country of the connection, ISO 3166-1 alpha-2"},
        Column{"reason_start", &Play::reason_start, "Why it started, e.g. `clickrow`, `trackdone`"},
        Column{"reason_end", &Play::reason_end, "Why it ended, e.g. `trackdone`, `fwdbtn`"},
        Column{"shuffle", &Play::shuffle, "Whether shuffle was on"},
        Column{"skipped", &Play::skipped, "Whether the source calls it skipped"},
        Column{"offline", &Play::offline, "Whether it was played without a connection"},
        Column{"incognito", &Play::incognito, "Whether it was played in a private session"},
        Column{"source", &Play::source,
               "Where the row came from: `extended` or `account` (privacy exports) or `recent` "
               "(Web API)"},
        Column{
            "length_ms", &Play::length_ms,
            "How long what was played is, in milliseconds, where the source told it (`recent`)"}};
  }
};

template <>
struct Schema<Gap> {
  static constexpr const char* kName = "gaps";
  static constexpr const char* kKey = "gaps/gaps.parquet";
  static constexpr const char* kDoc = "A stretch of time in which plays may be missing.";
  static auto sorted_by() { return std::tuple{&Gap::from, &Gap::to}; }
  static auto columns() {
    return std::tuple{Column{"from", &Gap::from, "End of the last play known before it"},
                      Column{"to", &Gap::to, "End of the first play known after it"},
                      Column{"found_at", &Gap::found_at, "When soundlake noticed it"},
                      Column{"reason", &Gap::reason, "Why plays may be missing"}};
  }
};

template <>
struct Schema<Run> {
  static constexpr const char* kName = "runs";
  static constexpr const char* kKey = "runs/runs.parquet";
  static constexpr const char* kDoc = "One run of soundlake that changed something in the lake.";
  static auto sorted_by() { return std::tuple{&Run::started_at, &Run::run_id}; }
  static auto columns() {
    return std::tuple{
        Column{"run_id", &Run::run_id, "Identity of the run"},
        Column{"command", &Run::command, "The command's name, without arguments"},
        Column{"started_at", &Run::started_at, "Start of the run"},
        Column{"finished_at", &Run::finished_at, "End of the run"},
        Column{"version", &Run::version, "Version of soundlake"},
        Column{"changed", &Run::changed, "Tables it changed, by name, separated by blanks"},
        Column{"counts", &Run::counts, "What it counted, a JSON object as in its `--json` report"},
        Column{"requests", &Run::requests, "Requests it sent by service, a JSON object"}};
  }
};

}  // namespace soundlake::lake
