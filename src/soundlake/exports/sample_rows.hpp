// SPDX-License-Identifier: Apache-2.0
#pragma once
// Rows that the tests of this room are made of.
#include "soundlake/exports/export_input.hpp"

#include <string>
#include <utility>

namespace soundlake::exports::sample {

inline base::Day day(const std::string& text) {
  return *base::parse_day(text);
}

template <class Value>
lake::Sourced<Value> from(const std::string& source, Value value, double confidence = 1) {
  return {std::move(value), source, confidence};
}

inline lake::TopArtist top_artist(const std::string& date, std::int32_t rank, const std::string& id,
                                  const std::string& range = "short_term") {
  lake::TopArtist row;
  row.snapshot_date = day(date);
  row.time_range = range;
  row.rank = rank;
  row.id = id;
  row.name = "Listed " + id;
  return row;
}

inline lake::TopTrack top_track(const std::string& date, std::int32_t rank, const std::string& id,
                                const std::string& range = "short_term") {
  lake::TopTrack row;
  row.snapshot_date = day(date);
  row.time_range = range;
  row.rank = rank;
  row.id = id;
  row.name = "Listed " + id;
  return row;
}

inline lake::Artist artist(const std::string& key, const std::string& name) {
  lake::Artist row;
  row.key = key;
  row.id = key;
  row.name = name;
  return row;
}

inline lake::ArtistAlbum artist_album(const std::string& artist_key, std::int32_t rank,
                                      const std::string& key) {
  lake::ArtistAlbum row;
  row.artist_key = artist_key;
  row.rank = rank;
  row.album_key = key;
  row.album_id = key;
  row.name = "Album " + key;
  row.ranking_source = "spotify";
  return row;
}

inline lake::ArtistTopTrack artist_track(const std::string& artist_key, std::int32_t rank,
                                         const std::string& key) {
  lake::ArtistTopTrack row;
  row.artist_key = artist_key;
  row.rank = rank;
  row.track_key = key;
  row.track_id = key;
  row.name = "Track " + key;
  row.ranking_source = "listener";
  return row;
}

inline lake::Track track(const std::string& key) {
  lake::Track row;
  row.key = key;
  row.id = key;
  row.name = "Track " + key;
  return row;
}

inline lake::Play play(const std::string& date, const std::string& artist, const std::string& track,
                       std::int64_t ms, lake::Text album = std::nullopt) {
  lake::Play row;
  row.local_date = day(date);
  row.kind = "track";
  row.artist_name = artist;
  row.track_name = track;
  row.album_name = std::move(album);
  row.ms_played = ms;
  return row;
}

/// One artist with everything known, one with nothing known.
inline ExportInput two_artists() {
  ExportInput input;
  input.top_artists = {top_artist("2026-03-01", 1, "a"), top_artist("2026-03-01", 2, "b")};
  auto known = artist("a", "=1+1 \"日本\"\n");
  known.genres = from<std::vector<std::string>>("musicbrainz", {"rock", "art pop"}, 0.9);
  known.popularity = from<std::int32_t>("spotify", 0);
  input.artists = {known};
  input.artist_albums = {artist_album("a", 1, "al")};
  lake::Album album;
  album.key = "al";
  album.name = "Album al";
  album.release_date = from<std::string>("spotify", "2019");
  album.total_tracks = from<std::int32_t>("spotify", 7);
  input.albums = {album};
  input.artist_top_tracks = {artist_track("a", 1, "t")};
  auto hour_long = track("t");
  hour_long.duration_ms = from<std::int64_t>("spotify", 62 * 60'000 + 999);
  hour_long.bpm = from("reccobeats", 136.902, 0.8);
  hour_long.mode = from<std::string>("reccobeats", "minor", 0.8);
  input.tracks = {hour_long};
  return input;
}

}  // namespace soundlake::exports::sample
