// SPDX-License-Identifier: Apache-2.0
#include "soundlake/facts/fill.hpp"
#include "soundlake/spotify/extract.hpp"
#include "soundlake/spotify/listener_tracks.hpp"
#include "soundlake/spotify/merge_rows.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace soundlake::spotify {
namespace {

/// What is about the newest taste; older plays say what was liked once.
constexpr std::size_t kYearsOfTaste = 2;

std::vector<lake::Play> plays_of_taste(const lake::Edit& edit, const Extraction& extraction) {
  std::set<int, std::greater<>> years;
  for (const int year : edit.view().play_years()) years.insert(year);
  // Years that this very edit begins.
  for (const lake::Play& play : extraction.plays) years.insert(base::utc_year(play.played_at));
  std::vector<lake::Play> plays;
  std::size_t taken = 0;
  for (const int year : years) {
    if (taken++ == kYearsOfTaste) break;
    std::vector<lake::Play> of_year = edit.plays_of(year);
    std::move(of_year.begin(), of_year.end(), std::back_inserter(plays));
  }
  return plays;
}

template <class Row>
std::vector<Row> merged_identities(const lake::Edit& edit, const std::vector<Row>& seen,
                                   const facts::Chosen& chosen) {
  std::vector<Row> rows = edit.rows<Row>();
  merge_identities(rows, seen);
  facts::fill(rows, chosen);
  return rows;
}

}  // namespace

void apply(const Extraction& extraction, lake::Edit& edit) {
  edit.claim_account(extraction.account_id);

  std::vector<lake::Fact> facts = facts::merge(edit.rows<lake::Fact>(), extraction.answers);
  const facts::Chosen chosen(facts);
  edit.replace(std::move(facts));
  edit.replace(merged_identities(edit, extraction.artists, chosen));
  edit.replace(merged_identities(edit, extraction.albums, chosen));
  edit.replace(merged_identities(edit, extraction.tracks, chosen));

  auto top_artists = edit.rows<lake::TopArtist>();
  for (const auto& list : extraction.top_artists) merge_top_list(top_artists, list, chosen);
  edit.replace(std::move(top_artists));
  auto top_tracks = edit.rows<lake::TopTrack>();
  for (const auto& list : extraction.top_tracks) merge_top_list(top_tracks, list, chosen);
  edit.replace(std::move(top_tracks));

  auto albums = edit.rows<lake::ArtistAlbum>();
  for (const AlbumList& list : extraction.artist_albums) merge_albums(albums, list);
  edit.replace(std::move(albums));

  auto top_of_artists = edit.rows<lake::ArtistTopTrack>();
  for (const TrackList& list : extraction.artist_top_tracks) merge_top_tracks(top_of_artists, list);
  edit.replace(std::move(top_of_artists));
  rank_heard(extraction, edit);
}

void rank_heard(const Extraction& extraction, lake::Edit& edit) {
  // Recent plays alone say too little to rank anew.
  if (extraction.top_artists.empty() && extraction.top_tracks.empty()) return;
  auto top_of_artists = edit.rows<lake::ArtistTopTrack>();
  for (const TrackList& list :
       listener_tracks(edit.rows<lake::TopArtist>(), edit.rows<lake::TopTrack>(),
                       plays_of_taste(edit, extraction), edit.rows<lake::Track>())) {
    merge_top_tracks(top_of_artists, list);
  }
  edit.replace(std::move(top_of_artists));
}

}  // namespace soundlake::spotify
