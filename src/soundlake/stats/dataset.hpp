// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/lake/lake.hpp"
#include "soundlake/lake/play_batch.hpp"
#include "soundlake/lake/rows.hpp"
#include "soundlake/stats/families.hpp"
#include "soundlake/stats/play_columns.hpp"
#include "soundlake/stats/taste.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace soundlake::stats {

/// The artists, albums, tracks, shows or episodes that plays name; each has a number, its code.
struct Entities {
  /// How the key of a name that no table knows is made.
  using NameKey = std::string (*)(std::string_view name, std::string_view artist);

  lake::TextColumn names;              ///< distinct names in NFC; the column has no rows
  std::vector<std::int32_t> name;      ///< per entity the number of its name
  std::vector<std::int32_t> by;        ///< per entity the artist's (show's) code; −1 is nobody
  std::vector<std::string> table_key;  ///< per entity its key in the lake's table; empty without
  /// Keys that also stand for an entity: earlier ones, and those of rows of the same name.
  std::vector<std::pair<std::string, std::int32_t>> also_known_as;
  NameKey name_key = nullptr;

  std::size_t size() const { return name.size(); }
  std::string_view name_of(std::int32_t code) const { return names.value(name[at(code)]); }
  static std::size_t at(std::int32_t code) { return static_cast<std::size_t>(code); }
};

/// What is known of an artist beside its plays.
struct ArtistValues {
  std::vector<std::int32_t> genres;  ///< numbers in Dataset::genres, ascending
  bool genres_known = false;
  std::int16_t popularity = -1;  ///< 0 … 100; −1 is unknown
  std::string genres_source;
  std::string popularity_source;
};

/// The same of an artist of a top list, found by its id: two artists may bear one name.
struct ListedArtist {
  std::string key;
  lake::Text name;
  ArtistValues values;
};

struct TrackValues {
  double bpm = 0;         ///< 0 is unknown
  std::int8_t mode = -1;  ///< 1 major, 0 minor, −1 unknown
};

/// How many values of a field a source gave.
struct FieldCoverage {
  std::string field;                  ///< `artists.genres`
  std::optional<std::string> source;  ///< nothing: nobody knows the value
  std::int64_t values = 0;
  std::int64_t rows = 0;  ///< of the table
};

/// Everything statistics are made from: plays as columns, and the tables beside them. Immutable
/// once loaded, so any number of threads may ask at a time.
struct Dataset {
  std::string timezone;
  PlayColumns plays;
  Entities artists;
  Entities albums;    ///< `by` is the artist
  Entities tracks;    ///< `by` is the artist
  Entities shows;     ///< podcasts and audiobooks
  Entities episodes;  ///< `by` is the show
  std::vector<std::string> countries;
  std::vector<std::string> platforms;  ///< families
  std::vector<std::string> reasons_start;
  std::vector<std::string> reasons_end;

  std::vector<std::string> genres;            ///< in byte order
  std::vector<std::int32_t> family_of_genre;  ///< per genre the number of its family
  std::vector<std::string> families;          ///< names, in the order of the rules
  std::vector<ArtistValues> artist_values;    ///< per artist code
  std::vector<TrackValues> track_values;      ///< per track code
  std::vector<std::int16_t> release_year;     ///< per album code; 0 is unknown

  Taste taste;
  std::vector<ListedArtist> listed_artists;  ///< of the top lists, by key
  std::vector<FieldCoverage> coverage;
  std::vector<lake::Gap> gaps;
  /// Per gap the local dates of its ends, days since 1970.
  std::vector<std::pair<std::int32_t, std::int32_t>> gap_days;

  /// The key of an entity: that of the lake's table, else that of its name.
  std::string key_of(const Entities& entities, std::int32_t code) const;
  /// Name of the artist (of an episode the show) it is by; nothing when nobody is named.
  std::optional<std::string_view> by_name(const Entities& entities, std::int32_t code) const;
};

/// What a dataset is made from. Tables are sorted by key, as a lake gives them.
struct Sources {
  std::string timezone;
  std::size_t plays = 0;  ///< how many will come, to make room at once; 0 when nobody knows
  std::vector<lake::Artist> artists;
  std::vector<lake::Album> albums;
  std::vector<lake::Track> tracks;
  std::vector<lake::Gap> gaps;
  std::vector<lake::TopArtist> top_artists;
  std::vector<lake::ArtistTopTrack> artist_top_tracks;
  std::vector<lake::ArtistAlbum> artist_albums;
};

/// The columns of `plays` that statistics need.
const std::vector<std::string>& play_columns_needed();

/// Puts the plays into columns and resolves names to keys.
/// @param next_batch gives one batch of plays after the other, nothing at the end; with the
///   columns of `play_columns_needed()`
/// Throws Error{data} for a play longer than seven weeks or shorter than nothing.
Dataset make_dataset(const std::function<std::optional<lake::PlayBatch>()>& next_batch,
                     const Sources& sources, const FamilyRules& rules = default_family_rules());

/// Reads a lake: every year of plays, and the tables that tell keys, genres and other values.
/// Throws what reading the lake throws.
Dataset load(const lake::View& view, const FamilyRules& rules = default_family_rules());

/// `ios`, `Android`, `Windows`, …: the family a raw platform text belongs to, by the first rule of
/// docs/statistics.md that matches.
std::string platform_family(std::string_view raw);

}  // namespace soundlake::stats
