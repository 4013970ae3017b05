// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace soundlake::sim {

struct CatalogueArtist {
  std::string id;  ///< 22 characters of base62, as Spotify's
  std::string name;
  std::vector<std::string> genres;  ///< may be empty
  int popularity = 0;               ///< 0…100
  std::int64_t followers = 0;
  std::string image;
  std::vector<std::size_t> albums;      ///< its own, newest first
  std::vector<std::size_t> appears_on;  ///< others' albums that it plays on, newest first
  std::vector<std::size_t> tracks;      ///< on its own albums
};

struct CatalogueAlbum {
  std::string id;
  std::string name;
  std::string type;  ///< album | single | compilation
  std::size_t artist = 0;
  base::Day released;
  std::string precision;  ///< day | month | year
  std::string label;
  std::string upc;
  std::string image;
  int popularity = 0;
  std::vector<std::size_t> tracks;

  /// At its precision: "2019", "2019-05", "2019-05-31".
  std::string release_date() const;
};

struct CatalogueTrack {
  std::string id;
  std::string name;
  std::size_t album = 0;
  std::vector<std::size_t> artists;  ///< the main artist first, then guests
  std::string isrc;                  ///< the same for one recording on several albums
  int number = 1;
  int duration_ms = 0;
  int popularity = 0;
  bool explicit_words = false;
  bool analysed = true;  ///< audio features exist
  double tempo = 0;      ///< BPM; 0 when the analysis failed
  int key = -1;          ///< 0 = C … 11 = B, -1 unknown
  int mode = 1;          ///< 1 major, 0 minor
  double energy = 0;
  double danceability = 0;
};

struct CatalogueEpisode {
  std::string id;
  std::string name;
  std::string show;
  int duration_ms = 0;
};

/// Everything there is to hear. Wholly invented; depends on seed, number of artists and the year of
/// `now` alone. Albums that come out later in that year are in it too.
struct Catalogue {
  std::vector<CatalogueArtist> artists;
  std::size_t known_artists = 0;  ///< the first so many; behind them stands "Various Artists"
  std::vector<CatalogueAlbum> albums;
  std::vector<CatalogueTrack> tracks;
  std::vector<CatalogueEpisode> episodes;
  std::map<std::string, std::size_t, std::less<>> artist_by_id, album_by_id, track_by_id;
};
Catalogue make_catalogue(std::uint64_t seed, std::size_t artists, base::Instant now);

/// 22 characters of base62.
class Random;
std::string spotify_id(Random& random);

}  // namespace soundlake::sim
