// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/exports/export_input.hpp"
#include "soundlake/lake/sourced.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace soundlake::exports {

struct CompiledAlbum {
  lake::Text id;  ///< Spotify id
  lake::Text name;
  lake::Sourced<std::string> release_date;  ///< at the precision given
  lake::Sourced<std::int32_t> total_tracks;
  friend bool operator==(const CompiledAlbum&, const CompiledAlbum&) = default;
};

struct CompiledTrack {
  lake::Text id;  ///< Spotify id
  lake::Text name;
  lake::Sourced<std::int64_t> duration_ms;
  lake::Sourced<double> bpm;        ///< never 0, which means unknown
  lake::Sourced<std::string> mode;  ///< major | minor
  friend bool operator==(const CompiledTrack&, const CompiledTrack&) = default;
};

/// One artist of the compiled list with what is shown about it.
struct CompiledArtist {
  std::int32_t rank = 0;  ///< from 1
  std::string key;
  lake::Text id;  ///< Spotify id
  lake::Text name;
  std::string ranking_source;  ///< who says these are the top artists: spotify | listener
  lake::Sourced<std::vector<std::string>> genres;
  lake::Sourced<std::int32_t> popularity;
  std::vector<CompiledAlbum> top_albums;  ///< at most 5
  lake::Text top_albums_source;           ///< null: nobody told any album
  std::vector<CompiledTrack> top_tracks;  ///< at most 10
  lake::Text top_tracks_source;           ///< null: nobody told any track
  friend bool operator==(const CompiledArtist&, const CompiledArtist&) = default;
};

/// The top artists of the lake: the first 50 of the latest short_term snapshot, in rank order, with
/// the current best values. Without any such snapshot the 50 artists with most time in the last 28
/// days of plays (counted back from the newest play's local date), with their albums and tracks
/// from those plays, source `listener`.
std::vector<CompiledArtist> compile_artists(const ExportInput& input);

/// `exports/top_artists_info.json`, the shape people know: a list of objects `id, name, genres,
/// popularity, top_albums, top_tracks`, 2-space JSON. Unknown is null, also a list nobody gave.
/// With `provenance` each of genres, popularity, top_albums, top_tracks, BPM and mode is followed
/// by its `_source` and `_confidence`.
std::string compiled_json(const std::vector<CompiledArtist>& artists, bool provenance);

/// `04:20`; floored to seconds, minutes count on beyond 59 (`62:00`). Nothing for 0 and less.
std::optional<std::string> minutes_seconds(std::optional<std::int64_t> ms);

}  // namespace soundlake::exports
