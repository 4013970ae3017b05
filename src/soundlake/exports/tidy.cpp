// SPDX-License-Identifier: Apache-2.0
#include "soundlake/exports/tidy.hpp"

#include "soundlake/base/text.hpp"
#include "soundlake/facts/values.hpp"

#include <iterator>
#include <utility>

namespace soundlake::exports {
namespace {

using Header = std::vector<std::string>;
using Row = std::vector<Cell>;

Cell text(lake::Text value) {
  return {std::move(value), false};
}
Cell text(const std::optional<std::vector<std::string>>& list) {
  return text(list ? lake::Text(base::join(*list, "; ")) : std::nullopt);
}
Cell integer(std::optional<std::int64_t> value) {
  return {value ? lake::Text(facts::integer_text(*value)) : std::nullopt, true};
}
Cell decimal(std::optional<double> value) {
  return {value ? facts::number_text(*value) : std::nullopt, true};
}

void append(Header& header, const Header& more) {
  header.insert(header.end(), more.begin(), more.end());
}
void append(Row& row, Row more) {
  row.insert(row.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

const Header kArtistIdentity{"artist_rank", "artist_key", "artist_id", "artist_name"};
Row artist_identity(const CompiledArtist& artist) {
  return {integer(artist.rank), text(artist.key), text(artist.id), text(artist.name)};
}

const Header kArtistValues{"genres", "genres_source", "popularity", "popularity_source",
                           "artist_ranking_source"};
Row artist_values(const CompiledArtist& artist) {
  return {text(artist.genres.value), text(artist.genres.source), integer(artist.popularity.value),
          text(artist.popularity.source), text(artist.ranking_source)};
}

const Header kTrackValues{"track_id",        "track_name", "duration_ms", "duration_min_sec",
                          "duration_source", "bpm",        "bpm_source",  "mode",
                          "mode_source"};
Row track_values(const CompiledTrack& track) {
  const auto& ms = track.duration_ms;
  return {text(track.id),         text(track.name),
          integer(ms.value),      text(minutes_seconds(ms.value)),
          text(ms.source),        decimal(track.bpm.value),
          text(track.bpm.source), text(track.mode.value),
          text(track.mode.source)};
}

Row artist_track(const CompiledArtist& artist, std::size_t index) {
  Row row{integer(static_cast<std::int64_t>(index) + 1)};
  append(row, track_values(artist.top_tracks[index]));
  row.push_back(text(artist.top_tracks_source));
  return row;
}

Header artist_track_header() {
  Header header{"track_rank"};
  append(header, kTrackValues);
  header.push_back("track_ranking_source");
  return header;
}

}  // namespace

CsvTable artists_table(const std::vector<CompiledArtist>& artists) {
  CsvTable table;
  table.header = kArtistIdentity;
  append(table.header, kArtistValues);
  for (const auto& artist : artists) {
    auto row = artist_identity(artist);
    append(row, artist_values(artist));
    table.rows.push_back(std::move(row));
  }
  return table;
}

CsvTable artist_albums_table(const std::vector<CompiledArtist>& artists) {
  CsvTable table;
  table.header = kArtistIdentity;
  append(table.header,
         {"album_rank", "album_id", "album_name", "release_date", "release_date_source",
          "total_tracks", "total_tracks_source", "album_ranking_source"});
  for (const auto& artist : artists) {
    std::int64_t rank = 0;
    for (const auto& album : artist.top_albums) {
      auto row = artist_identity(artist);
      append(row,
             {integer(++rank), text(album.id), text(album.name), text(album.release_date.value),
              text(album.release_date.source), integer(album.total_tracks.value),
              text(album.total_tracks.source), text(artist.top_albums_source)});
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

CsvTable artist_top_tracks_table(const std::vector<CompiledArtist>& artists) {
  CsvTable table;
  table.header = kArtistIdentity;
  append(table.header, artist_track_header());
  for (const auto& artist : artists) {
    for (std::size_t i = 0; i < artist.top_tracks.size(); ++i) {
      auto row = artist_identity(artist);
      append(row, artist_track(artist, i));
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

CsvTable top_artists_wide_table(const std::vector<CompiledArtist>& artists) {
  CsvTable table = artists_table(artists);
  const auto artist_rows = std::exchange(table.rows, {});
  append(table.header, artist_track_header());
  for (std::size_t a = 0; a < artists.size(); ++a) {
    for (std::size_t i = 0; i < artists[a].top_tracks.size(); ++i) {
      auto row = artist_rows[a];
      append(row, artist_track(artists[a], i));
      table.rows.push_back(std::move(row));
    }
    if (artists[a].top_tracks.empty()) {
      auto row = artist_rows[a];
      row.resize(table.header.size());
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

CsvTable top_tracks_table(const std::vector<CompiledTopTrack>& tracks) {
  CsvTable table;
  table.header = {"snapshot_date", "time_range", "track_rank"};
  append(table.header, kTrackValues);
  append(table.header, {"artist_id", "artist_name", "album_id", "album_name", "popularity",
                        "popularity_source", "track_ranking_source"});
  for (const auto& top : tracks) {
    Row row{text(base::format_day(top.snapshot_date)), text(top.time_range), integer(top.rank)};
    append(row, track_values(top.track));
    append(row,
           {text(top.artist_id), text(top.artist_name), text(top.album_id), text(top.album_name),
            integer(top.popularity.value), text(top.popularity.source), text(top.ranking_source)});
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace soundlake::exports
