// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/top_lists_fetch.hpp"

#include <algorithm>

namespace soundlake::spotify {

TopListsFetch::TopListsFetch(Asking& asking, const base::Zone& zone)
    : asking_(asking), zone_(zone) {}

void TopListsFetch::ask(const std::string& account_id) {
  keeping_ = top_keeping(account_id, zone_.local(asking_.now).date);
  for (const TopKind kind : {TopKind::artists, TopKind::tracks}) {
    for (const char* range : kTimeRanges) get({kind, range}, top_call(kind, range, keeping_));
  }
}

void TopListsFetch::get(const Name& name, const Call& call) {
  asking_.api.get(call, [this, name, call](const Answer& answer) {
    Coming& list = lists_[name];
    if (const auto further = take(name, list, call, answer)) {
      get(name, *further);
      return;
    }
    list.settled = true;
    asking_.changed();
  });
}

std::optional<Call> TopListsFetch::take(const Name& name, Coming& list, const Call& call,
                                        const Answer& answer) {
  if (answer.kind == Answer::Kind::refused) asking_.api.unexpected(call, answer.refusal);
  if (!answer.ok()) return std::nullopt;
  const Seen seen{answer.received_at, call.name};
  const int before = list.places;
  // Both kinds of page are read alike; `take_item` knows the difference.
  const auto take_page = [&](const auto& page, auto take_item) -> std::optional<std::string> {
    if (!page) return std::nullopt;
    for (const auto& [place, item] : page->items)
      (this->*take_item)(list, item, before + place + 1, seen);
    list.places += page->places;
    asking_.found.counts.skipped += page->skipped();
    return page->next;
  };
  const auto next = name.first == TopKind::artists
                        ? take_page(read_top_artists(answer.root), &TopListsFetch::take_artist)
                        : take_page(read_top_tracks(answer.root), &TopListsFetch::take_track);
  if (!next) {
    asking_.api.unusable(call, "has no items");
    return std::nullopt;
  }
  if (!list.came) {
    list.came = true;
    list.artists.date = list.tracks.date = zone_.local(answer.received_at).date;
    list.artists.time_range = list.tracks.time_range = name.second;
  }
  // A page without items ends the list whatever its link says.
  const bool over = next->empty() || list.places == before;
  list.artists.whole = list.tracks.whole = over;
  if (over || !asking_.options.all_depth) return std::nullopt;
  return next_top_call(call, *next, before, keeping_);
}

void TopListsFetch::take_artist(Coming& list, const ArtistObject& artist, int rank,
                                const Seen& seen) {
  asking_.collector.add(artist, seen);
  ++artists_seen_;
  told_[Feature::genres] += artist.genres.empty() ? 0 : 1;
  told_[Feature::popularity] += artist.popularity ? 1 : 0;
  told_[Feature::followers] += artist.followers ? 1 : 0;
  newest_ = std::max(newest_, seen.at);
  if (std::find(list.ids.begin(), list.ids.end(), artist.id) != list.ids.end()) return;
  list.ids.push_back(artist.id);
  lake::TopArtist row;
  row.rank = rank;
  row.id = artist.id;
  row.name = artist.name;
  if (artist.popularity) {
    row.popularity = artist.popularity;
    row.popularity_source = kService;
  }
  if (!artist.genres.empty()) {
    row.genres = artist.genres;
    row.genres_source = kService;
  }
  list.artists.rows.push_back(std::move(row));
}

void TopListsFetch::take_track(Coming& list, const TrackObject& track, int rank, const Seen& seen) {
  asking_.collector.add(track, seen);
  if (std::find(list.ids.begin(), list.ids.end(), *track.id) != list.ids.end()) return;
  list.ids.push_back(*track.id);
  lake::TopTrack row;
  row.rank = rank;
  row.id = *track.id;
  row.name = track.name;
  if (!track.artists.empty()) {
    row.artist_id = track.artists.front().id;
    row.artist_name = track.artists.front().name;
  }
  if (track.album) {
    row.album_id = track.album->id;
    row.album_name = track.album->name;
  }
  row.duration_ms = track.duration_ms;
  if (track.popularity) {
    row.popularity = track.popularity;
    row.popularity_source = kService;
  }
  list.tracks.rows.push_back(std::move(row));
}

bool TopListsFetch::settled(TopKind kind, const std::string& time_range) const {
  const auto list = lists_.find({kind, time_range});
  return list != lists_.end() && list->second.settled;
}

bool TopListsFetch::settled(TopKind kind) const {
  return std::all_of(std::begin(kTimeRanges), std::end(kTimeRanges),
                     [&](const char* range) { return settled(kind, range); });
}

std::vector<std::string> TopListsFetch::ids(TopKind kind, const std::string& time_range) const {
  const auto list = lists_.find({kind, time_range});
  return list == lists_.end() ? std::vector<std::string>() : list->second.ids;
}

void TopListsFetch::finish() {
  for (auto& [name, list] : lists_) {
    if (!list.came) continue;
    // The rows learn last what they have in common.
    for (auto& row : list.artists.rows) {
      row.snapshot_date = list.artists.date;
      row.time_range = name.second;
    }
    for (auto& row : list.tracks.rows) {
      row.snapshot_date = list.tracks.date;
      row.time_range = name.second;
    }
    if (name.first == TopKind::artists)
      asking_.found.top_artists.push_back(std::move(list.artists));
    if (name.first == TopKind::tracks) asking_.found.top_tracks.push_back(std::move(list.tracks));
  }
  if (artists_seen_ == 0) return;
  for (const Feature field : {Feature::genres, Feature::popularity, Feature::followers}) {
    const int told = told_[field];
    asking_.capabilities.learn({.feature = field,
                                .value = told > 0 ? 1 : 0,
                                .learnt_at = newest_,
                                .learnt_from = "GET /me/top/artists told it of " +
                                               std::to_string(told) + " of " +
                                               std::to_string(artists_seen_) + " artists"});
  }
}

}  // namespace soundlake::spotify
