// SPDX-License-Identifier: Apache-2.0
#include "soundlake/exports/export_input.hpp"

#include "soundlake/exports/listening.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <string>
#include <unordered_set>

namespace soundlake::exports {
namespace {

bool has_snapshots(const ExportInput& input) {
  const bool artists = std::any_of(input.top_artists.begin(), input.top_artists.end(),
                                   [](const auto& row) { return row.time_range == "short_term"; });
  return artists && !input.top_tracks.empty();
}

/// What recent_listening looks at.
const std::vector<std::string> kColumns = {"local_date",  "ms_played",  "kind",      "spotify_uri",
                                           "artist_name", "album_name", "track_name"};

lake::Text text_at(const lake::TextColumn& column, std::size_t row) {
  return column.is_null(row) ? lake::Text{} : lake::Text(column.at(row));
}

lake::Play play_at(const lake::PlayBatch& plays, std::size_t row) {
  lake::Play play;
  play.local_date = base::Day(std::chrono::days(plays.local_date[row]));
  play.ms_played = plays.ms_played[row];
  play.kind = plays.kind.at(row);
  play.spotify_uri = text_at(plays.spotify_uri, row);
  play.artist_name = text_at(plays.artist_name, row);
  play.album_name = text_at(plays.album_name, row);
  play.track_name = text_at(plays.track_name, row);
  return play;
}

/// The plays of the newest 28 days, which lie in the two newest years: the columns that exports
/// look at, read as columns, since these years may be long.
template <class Rows>
std::vector<lake::Play> newest_plays(const Rows& rows, std::vector<int> years) {
  if (years.size() > 2) years.erase(years.begin(), years.end() - 2);
  std::vector<lake::PlayBatch> batches;
  std::int32_t until = std::numeric_limits<std::int32_t>::min();
  for (const int year : years) {
    batches.push_back(rows.play_batch(year, kColumns));
    for (const auto day : batches.back().local_date) until = std::max(until, day);
  }
  std::vector<lake::Play> plays;
  for (const auto& batch : batches) {
    for (std::size_t row = 0; row < batch.rows; ++row) {
      if (batch.local_date[row] > until - kListeningDays) plays.push_back(play_at(batch, row));
    }
  }
  return plays;
}

/// Every key under which exports look up a row of artists, albums and tracks. A long history has
/// tens of thousands of rows there, of which a few hundred are wanted.
struct Wanted {
  std::unordered_set<std::string> artists;
  std::unordered_set<std::string> albums;
  std::unordered_set<std::string> tracks;
};

Wanted wanted_by(const ExportInput& input) {
  Wanted wanted;
  for (const auto& row : input.top_artists) wanted.artists.insert(row.id);
  for (const auto& row : input.artist_albums) wanted.albums.insert(row.album_key);
  for (const auto& row : input.artist_top_tracks) wanted.tracks.insert(row.track_key);
  for (const auto& row : input.top_tracks) wanted.tracks.insert(row.id);
  for (const auto& heard : recent_listening(input.plays).artists) {
    wanted.artists.insert(heard.artist.key);
    for (const auto& album : heard.albums) wanted.albums.insert(album.key);
    for (const auto& track : heard.tracks) {
      wanted.tracks.insert(track.key);
      if (track.track_id) wanted.tracks.insert(*track.track_id);
    }
  }
  return wanted;
}

template <class Row>
std::function<bool(const Row&)> has_one_of(const std::unordered_set<std::string>& keys) {
  return [&keys](const Row& row) {
    const auto known = [&](const std::string& key) { return keys.contains(key); };
    return known(row.key) || (row.id && known(*row.id)) ||
           std::any_of(row.aliases.begin(), row.aliases.end(), known);
  };
}

/// `Rows` is a View or an Edit.
template <class Rows>
ExportInput input_of(const Rows& rows, const lake::View& view) {
  ExportInput input{.top_artists = rows.template rows<lake::TopArtist>(),
                    .top_tracks = rows.template rows<lake::TopTrack>(),
                    .artists = {},
                    .albums = {},
                    .tracks = {},
                    .artist_albums = rows.template rows<lake::ArtistAlbum>(),
                    .artist_top_tracks = rows.template rows<lake::ArtistTopTrack>(),
                    .plays = {},
                    .simulated = view.identity().simulated};
  if (!has_snapshots(input)) input.plays = newest_plays(rows, rows.play_years());
  const auto wanted = wanted_by(input);
  input.artists = rows.template rows_where<lake::Artist>(has_one_of<lake::Artist>(wanted.artists));
  input.albums = rows.template rows_where<lake::Album>(has_one_of<lake::Album>(wanted.albums));
  input.tracks = rows.template rows_where<lake::Track>(has_one_of<lake::Track>(wanted.tracks));
  return input;
}

}  // namespace

ExportInput export_input(const lake::View& view) {
  return input_of(view, view);
}
ExportInput export_input(const lake::Edit& edit) {
  return input_of(edit, edit.view());
}

}  // namespace soundlake::exports
