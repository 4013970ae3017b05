// SPDX-License-Identifier: Apache-2.0
#include "soundlake/exports/export_input.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace soundlake::exports {
namespace {

bool has_snapshots(const ExportInput& input) {
  const bool artists = std::any_of(input.top_artists.begin(), input.top_artists.end(),
                                   [](const auto& row) { return row.time_range == "short_term"; });
  return artists && !input.top_tracks.empty();
}

/// The plays of the two newest years: together they hold the newest 28 days.
template <class Rows>
std::vector<lake::Play> newest_plays(const Rows& rows, std::vector<int> years) {
  if (years.size() > 2) years.erase(years.begin(), years.end() - 2);
  std::vector<lake::Play> plays;
  for (const int year : years) {
    auto more = rows.plays_of(year);
    std::move(more.begin(), more.end(), std::back_inserter(plays));
  }
  return plays;
}

/// `Rows` is a View or an Edit.
template <class Rows>
ExportInput input_of(const Rows& rows, const lake::View& view) {
  ExportInput input{.top_artists = rows.template rows<lake::TopArtist>(),
                    .top_tracks = rows.template rows<lake::TopTrack>(),
                    .artists = rows.template rows<lake::Artist>(),
                    .albums = rows.template rows<lake::Album>(),
                    .tracks = rows.template rows<lake::Track>(),
                    .artist_albums = rows.template rows<lake::ArtistAlbum>(),
                    .artist_top_tracks = rows.template rows<lake::ArtistTopTrack>(),
                    .plays = {},
                    .simulated = view.identity().simulated};
  if (!has_snapshots(input)) input.plays = newest_plays(rows, rows.play_years());
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
