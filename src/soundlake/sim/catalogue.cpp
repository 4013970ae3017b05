// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/catalogue.hpp"

#include "soundlake/sim/names.hpp"
#include "soundlake/sim/random.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace soundlake::sim {
namespace {

using std::chrono::days;

constexpr const char* kHex = "0123456789abcdef";

/// Builds the parts of the catalogue that refer to each other.
class Maker {
 public:
  Maker(std::uint64_t seed, base::Instant now) : seed_(seed) {
    const int year = base::utc_year(now);
    last_day_ = base::Day(std::chrono::year(year) / 12 / 31);
  }

  Catalogue make(std::size_t artists) {
    names_ = artist_names(seed_, artists);
    all_.known_artists = artists;
    for (std::size_t i = 0; i < artists; ++i) add_artist(i);
    add_various(artists);
    for (std::size_t i = 0; i < artists; ++i) add_albums(i);
    add_samplers();
    add_episodes();
    index();
    return std::move(all_);
  }

 private:
  void add_artist(std::size_t i) {
    Random random(seed_, 10'000 + i);
    CatalogueArtist artist;
    artist.id = spotify_id(random);
    artist.name = names_[i].name;
    artist.image = "https://i.scdn.co/image/ab6761610000e5eb" + random.text(24, kHex);
    // Some artists carry no genre even where the app is shown genres.
    if (i % 29 != 7) {
      const auto& own = scenes()[names_[i].scene].genres;
      for (std::size_t g = 0; g < own.size(); ++g) {
        if (g == 0 ? random.chance(0.8) : random.chance(0.35)) artist.genres.push_back(own[g]);
      }
      if (random.chance(0.3))
        artist.genres.push_back(random.pick(scenes()[random.index(scenes().size())].genres));
      if (artist.genres.empty()) artist.genres.push_back(own.back());
    }
    const double fame = random.unit();
    artist.popularity = i == 10 ? 0 : 4 + static_cast<int>(88 * fame * (0.4 + 0.6 * fame));
    const double cubed =
        static_cast<double>(artist.popularity) * artist.popularity * artist.popularity;
    artist.followers = static_cast<std::int64_t>(random.between(0.6, 1.6) * cubed * 14);
    artist.followers += random.between(3, 90);
    all_.artists.push_back(std::move(artist));
  }

  void add_various(std::size_t artists) {
    Random random(seed_, 9'999);
    CatalogueArtist various;
    various.id = spotify_id(random);
    various.name = "Various Artists";
    various.image = "https://i.scdn.co/image/ab6761610000e5eb" + random.text(24, kHex);
    various_ = artists;
    all_.artists.push_back(std::move(various));
  }

  CatalogueAlbum new_album(Random& random, std::size_t artist, base::Day released) {
    CatalogueAlbum album;
    album.id = spotify_id(random);
    album.artist = artist;
    album.released = released;
    album.name = album_title(random);
    album.type = "album";
    const int year = int(std::chrono::year_month_day(released).year());
    album.precision = "day";
    if (year < 1992 || random.chance(0.04))
      album.precision = "year";
    else if (random.chance(0.07))
      album.precision = "month";
    static const std::vector<std::string> kLabels = {"Wintergarten", "Second Sleep", "Tidal Mill",
                                                     "Kontor Nord", "Paper Ferry"};
    album.label = random.pick(kLabels) + " Recordings";
    album.upc = "2" + random.text(12, "0123456789");
    album.image = "https://i.scdn.co/image/ab67616d0000b273" + random.text(24, kHex);
    const int fame = all_.artists[artist].popularity;
    album.popularity = std::max(0, fame - random.between(0, 25));
    return album;
  }

  CatalogueTrack new_track(Random& random, std::size_t artist) {
    const auto& scene = scenes()[artist < names_.size() ? names_[artist].scene : 0];
    CatalogueTrack track;
    track.id = spotify_id(random);
    track.name = track_title(random);
    track.artists = {artist};
    track.duration_ms = static_cast<int>(1000 * random.around(scene.seconds, scene.seconds * 0.6));
    track.duration_ms += random.between(0, 999);
    track.explicit_words = random.chance(0.08);
    track.analysed = !random.chance(0.02);
    track.tempo =
        random.chance(0.01)
            ? 0
            : static_cast<int>(
                  1000 * std::clamp(random.around(scene.tempo, scene.tempo_spread), 44.0, 214.0)) /
                  1000.0;
    track.key = random.chance(0.01) ? -1 : random.between(0, 11);
    track.mode = random.chance(scene.minor) ? 0 : 1;
    track.energy = random.between(700, 1000) * scene.energy / 1000.0;
    track.danceability = random.between(200, 950) / 1000.0;
    return track;
  }

  /// Puts the album into the catalogue and its tracks onto it.
  void publish(Random& random, CatalogueAlbum album, std::vector<CatalogueTrack> tracks) {
    const std::size_t place = all_.albums.size();
    const int year = int(std::chrono::year_month_day(album.released).year());
    for (auto& track : tracks) {
      track.album = place;
      track.number = static_cast<int>(album.tracks.size()) + 1;
      track.popularity = std::max(0, album.popularity - random.between(0, 30));
      if (track.isrc.empty()) {
        // ZZ is no country of the ISRC register, so no real recording bears such a code.
        std::array<char, 16> code{};
        std::snprintf(code.data(), code.size(), "ZZSL%u%02u%05u", unsigned(seed_ % 10),
                      unsigned(year % 100), unsigned(next_isrc_++ % 100'000));
        track.isrc = code.data();
      }
      album.tracks.push_back(all_.tracks.size());
      if (album.artist != various_) all_.artists[album.artist].tracks.push_back(all_.tracks.size());
      all_.tracks.push_back(std::move(track));
    }
    if (album.artist != various_) all_.artists[album.artist].albums.push_back(place);
    all_.albums.push_back(std::move(album));
  }

  void add_albums(std::size_t artist) {
    Random random(seed_, 20'000'000 + artist);
    const int count = random.between(3, 14);
    // The first artist has been there since 1970, so that a long history finds something to play.
    const int years = artist == 0 ? int(std::chrono::year_month_day(last_day_).year()) - 1970
                                  : 2 + static_cast<int>(52 * random.unit() * random.unit());
    const int span = years * 365;
    // Some are busy, others have been silent for years.
    const int silence =
        random.chance(0.65) ? random.between(0, 330) : random.between(300, span / 2 + 300);
    std::size_t earlier_album = 0;
    for (int k = 0; k < count; ++k) {
      // Spread over the career with the youngest near the end of the present year.
      int back = span - span * k / (count - 1);
      back = std::max(0, back - random.between(0, span / count));
      back = back * (span - silence) / span + silence + random.between(0, 60);
      const auto released = last_day_ - days(back);
      CatalogueAlbum album = new_album(random, artist, released);
      std::vector<CatalogueTrack> tracks;
      const double kind = k < 2 ? 0 : random.unit();
      if (kind < 0.5) {
        const int n = random.between(8, 14);
        for (int t = 0; t < n; ++t) tracks.push_back(new_track(random, artist));
        add_guests(random, artist, tracks);
        earlier_album = all_.albums.size();
      } else if (kind < 0.78) {
        album.type = "single";
        const int n = random.between(1, 3);
        for (int t = 0; t < n; ++t) tracks.push_back(new_track(random, artist));
        add_guests(random, artist, tracks);
        album.name = tracks[0].name + (random.chance(0.2) ? " - EP" : "");
      } else if (kind < 0.86) {
        album.type = "compilation";
        album.name = "Best of " + all_.artists[artist].name;
        tracks = reissue(random, all_.albums[earlier_album].tracks, "");
      } else {
        const bool deluxe = kind < 0.94;
        static const std::vector<std::string> kDeluxe = {" (Deluxe Edition)", " (Deluxe)",
                                                         " [Expanded Edition]"};
        const int year = int(std::chrono::year_month_day(released).year());
        album.name = all_.albums[earlier_album].name +
                     (deluxe ? random.pick(kDeluxe) : " (" + std::to_string(year) + " Remaster)");
        tracks = reissue(random, all_.albums[earlier_album].tracks,
                         deluxe ? "" : " - " + std::to_string(year) + " Remaster");
        if (deluxe) {
          const int bonus = random.between(2, 4);
          for (int t = 0; t < bonus; ++t) tracks.push_back(new_track(random, artist));
        }
      }
      if (artist == 1 && k == 1) tracks.back().duration_ms = 62 * 60 * 1000 + 412;
      publish(random, std::move(album), std::move(tracks));
    }
  }

  /// The same recordings once more under new ids; a remaster is a recording of its own.
  std::vector<CatalogueTrack> reissue(Random& random, const std::vector<std::size_t>& from,
                                      const std::string& suffix) {
    std::vector<CatalogueTrack> tracks;
    for (const auto index : from) {
      CatalogueTrack track = all_.tracks[index];
      track.id = spotify_id(random);
      track.name += suffix;
      if (!suffix.empty()) track.isrc.clear();
      tracks.push_back(std::move(track));
    }
    return tracks;
  }

  void add_guests(Random& random, std::size_t artist, std::vector<CatalogueTrack>& tracks) {
    if (names_.size() < 3) return;
    for (auto& track : tracks) {
      if (!random.chance(0.05)) continue;
      const auto guest = random.index(names_.size());
      if (guest == artist) continue;
      track.artists.push_back(guest);
      track.name += " (feat. " + names_[guest].name + ")";
    }
  }

  void add_samplers() {
    Random random(seed_, 30'000);
    for (int s = 0; s < 4; ++s) {
      auto album = new_album(random, various_, last_day_ - days(random.between(400, 4'000)));
      album.type = "compilation";
      album.name = "Night Shift Sampler " + std::to_string(s + 1);
      std::vector<CatalogueTrack> tracks;
      for (int t = 0; t < 12; ++t) {
        const auto& artist = all_.artists[random.index(names_.size())];
        const auto& original = all_.tracks[random.pick(artist.tracks)];
        if (all_.albums[original.album].released > album.released) continue;
        auto copies = reissue(random, {random.pick(artist.tracks)}, "");
        tracks.push_back(std::move(copies[0]));
      }
      if (!tracks.empty()) publish(random, std::move(album), std::move(tracks));
    }
  }

  void add_episodes() {
    Random random(seed_, 40'000);
    for (const auto& show : show_names()) {
      for (int number = 1; number <= 60; ++number) {
        CatalogueEpisode episode;
        episode.id = spotify_id(random);
        episode.show = show.name;
        episode.name =
            show.episode_prefix + " " + std::to_string(number) + ": " + track_title(random);
        episode.duration_ms = 1000 * random.between(22 * 60, 74 * 60);
        all_.episodes.push_back(std::move(episode));
      }
    }
  }

  void index() {
    for (std::size_t i = 0; i < all_.artists.size(); ++i) all_.artist_by_id[all_.artists[i].id] = i;
    for (std::size_t i = 0; i < all_.albums.size(); ++i) all_.album_by_id[all_.albums[i].id] = i;
    for (std::size_t i = 0; i < all_.tracks.size(); ++i) {
      const auto& track = all_.tracks[i];
      all_.track_by_id[track.id] = i;
      for (const auto artist : track.artists) {
        auto& list = all_.artists[artist].appears_on;
        if (all_.albums[track.album].artist != artist &&
            (list.empty() || list.back() != track.album))
          list.push_back(track.album);
      }
    }
    const auto newest_first = [this](std::size_t a, std::size_t b) {
      const auto& x = all_.albums[a];
      const auto& y = all_.albums[b];
      return x.released != y.released ? x.released > y.released : x.id < y.id;
    };
    for (auto& artist : all_.artists) {
      std::sort(artist.albums.begin(), artist.albums.end(), newest_first);
      std::sort(artist.appears_on.begin(), artist.appears_on.end(), newest_first);
    }
  }

  std::uint64_t seed_;
  base::Day last_day_;
  std::vector<ArtistName> names_;
  std::size_t various_ = 0;
  unsigned next_isrc_ = 1;
  Catalogue all_;
};

}  // namespace

std::string spotify_id(Random& random) {
  static const std::string kBase62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  // 62^22 exceeds 2^128, the range of Spotify's ids: a first digit up to 7 stays within.
  std::string id = random.text(1, "01234567");
  id += random.text(21, kBase62);
  return id;
}

std::string CatalogueAlbum::release_date() const {
  const std::string whole = base::format_day(released);
  return whole.substr(0, precision == "year" ? 4 : precision == "month" ? 7 : 10);
}

Catalogue make_catalogue(std::uint64_t seed, std::size_t artists, base::Instant now) {
  return Maker(seed, now).make(artists);
}

}  // namespace soundlake::sim
