// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/albums_fetch.hpp"

#include "soundlake/spotify/album_choice.hpp"
#include "soundlake/spotify/catalogue_endpoints.hpp"

#include <algorithm>
#include <iterator>

namespace soundlake::spotify {
namespace {

/// The next smaller page size to try; 0 when there is none.
int smaller_page(int page_size) {
  for (const int size : kAlbumPageSizes) {
    if (size < page_size) return size;
  }
  return 0;
}

/// Some endpoints answer a page size they do not take with an empty 400.
bool about_the_limit(const Refusal& refusal) {
  return refusal.kind == RefusalKind::limit ||
         (refusal.kind == RefusalKind::bad_request && refusal.message.empty());
}

}  // namespace

AlbumsFetch::AlbumsFetch(Asking& asking)
    : asking_(asking),
      budget_(asking.state, "artist-albums", asking.options.album_calls_per_day,
              asking.options.clock),
      questions_(asking.changed),
      page_size_(kAlbumPageSizes[0]) {
  if (const auto known = asking.capabilities.find(Feature::album_page_size);
      known && known->value > 0) {
    page_size_ = known->value;
    page_size_known_ = true;
  }
}

void AlbumsFetch::ask(const std::vector<std::string>& artist_ids, bool exported) {
  std::vector<Need> needs;
  for (const std::string& id : artist_ids) {
    const auto kept = asking_.cache.find(kService, albums_key(id, asking_.options.market, 0));
    if (!kept || kept->fresh_until <= asking_.now) {
      needs.push_back({id, exported, kept ? kept->received_at : base::Instant::min()});
      continue;
    }
    auto artist = std::make_shared<Artist>(Artist{.id = id, .exported = exported, .kept = true});
    ++open_;
    first_page(artist, [this](ProbeFirst::Showed) {
      --open_;
      asking_.changed();
    });
  }
  std::stable_sort(needs.begin(), needs.end(),
                   [](const Need& a, const Need& b) { return a.asked_before < b.asked_before; });
  needs_.insert(needs_.end(), needs.begin(), needs.end());
  spend_on_needs();
}

void AlbumsFetch::spend_on_needs() {
  // Finding the page size may cost a refused call for each size that is too large.
  int reserve = 0;
  if (!page_size_known_) {
    for (int size = smaller_page(page_size_); size > 0; size = smaller_page(size)) ++reserve;
  }
  const int now = std::clamp(budget_.left() - reserve, 0, static_cast<int>(needs_.size()));
  // Counted at once and before they leave: a killed run must not have them for nothing.
  budget_.spend(now);
  counted_ += now;
  for (int i = 0; i < now; ++i) {
    const Need& need = needs_[static_cast<std::size_t>(i)];
    auto artist = std::make_shared<Artist>(Artist{.id = need.id, .exported = need.exported});
    questions_.add(
        [this, artist](const ProbeFirst::Answered& answered) { first_page(artist, answered); });
  }
  needs_.erase(needs_.begin(), needs_.begin() + now);
}

void AlbumsFetch::first_page(const ArtistPtr& artist, const ProbeFirst::Answered& answered) {
  const int page_size = page_size_;
  const Call call = albums_call(artist->id, asking_.options.market, page_size, 0);
  asking_.api.get(call, [this, artist, call, page_size, answered](const Answer& answer) {
    if (!artist->kept) count(answer);
    if (answer.kind == Answer::Kind::refused && about_the_limit(answer.refusal) &&
        smaller_page(page_size) > 0) {
      page_size_ = std::min(page_size_, smaller_page(page_size));
      if (budget_.left() > 0) {
        budget_.spend(1);
        ++counted_;
        first_page(artist, answered);
      } else {
        needs_.insert(needs_.begin(), {artist->id, artist->exported, asking_.now});
        answered(ProbeFirst::Showed::nothing);
      }
      return;
    }
    answered(take_first_page(artist, call, page_size, answer));
  });
}

ProbeFirst::Showed AlbumsFetch::take_first_page(const ArtistPtr& artist, const Call& call,
                                                int page_size, const Answer& answer) {
  if (answer.kind == Answer::Kind::closed) return ProbeFirst::Showed::stop;
  if (answer.kind == Answer::Kind::refused) {
    asking_.api.unexpected(call, answer.refusal);
    return answer.refusal.kind == RefusalKind::forbidden ? ProbeFirst::Showed::stop
                                                         : ProbeFirst::Showed::nothing;
  }
  const auto page = take(artist, call, answer);
  if (!page) return ProbeFirst::Showed::nothing;
  if (!artist->kept) {
    page_size_known_ = true;
    asking_.capabilities.learn(
        {.feature = Feature::album_page_size,
         .value = page_size,
         .learnt_at = asking_.now,
         .learnt_from = call.name + " answered limit=" + std::to_string(page_size)});
  }
  if (page->more && distinct_titles(artist->albums) < kAlbumsShown) {
    second_page(artist);
  } else {
    publish(*artist, true);
  }
  return ProbeFirst::Showed::allowed;
}

void AlbumsFetch::second_page(const ArtistPtr& artist) {
  const Call call = albums_call(artist->id, asking_.options.market, page_size_, artist->places);
  const bool kept = asking_.fresh(call.cache_key);
  if (!kept) {
    if (budget_.left() == 0) {
      cut_short_.push_back({artist->id, artist->exported, asking_.now});
      publish(*artist, false);
      return;
    }
    budget_.spend(1);
    ++counted_;
  }
  ++open_;
  asking_.api.get(call, [this, artist, call, kept](const Answer& answer) {
    if (!kept) count(answer);
    if (answer.kind == Answer::Kind::refused) asking_.api.unexpected(call, answer.refusal);
    publish(*artist, take(artist, call, answer).has_value());
    --open_;
    asking_.changed();
  });
}

std::optional<Page<AlbumObject>> AlbumsFetch::take(const ArtistPtr& artist, const Call& call,
                                                   const Answer& answer) {
  if (!answer.ok()) return std::nullopt;
  auto page = read_albums(answer.root);
  if (!page) {
    asking_.api.unusable(call, "has no albums in it");
    return std::nullopt;
  }
  for (const auto& [place, album] : page->items) {
    asking_.collector.add(album, {answer.received_at, call.name});
    artist->albums.push_back(album);
  }
  artist->places += page->places;
  asking_.found.counts.skipped += page->skipped();
  return page;
}

void AlbumsFetch::publish(const Artist& artist, bool whole) {
  AlbumList list;
  list.artist_key = artist.id;
  list.whole = whole;
  for (const AlbumObject& album : choose_albums(artist.albums)) {
    list.rows.push_back({.artist_key = artist.id,
                         .rank = static_cast<std::int32_t>(list.rows.size()) + 1,
                         .album_key = album.id,
                         .album_id = album.id,
                         .name = album.name,
                         .release_date = album.release_date,
                         .total_tracks = album.total_tracks,
                         .ranking_source = kService});
  }
  asking_.found.artist_albums.push_back(std::move(list));
}

void AlbumsFetch::count(const Answer& answer) {
  if (answer.kind != Answer::Kind::closed) ++sent_;
}

void AlbumsFetch::finish() {
  // What was kept back or found its bucket closed costs nothing.
  budget_.give_back(counted_ - sent_);
  needs_.insert(needs_.end(), cut_short_.begin(), cut_short_.end());
  if (needs_.empty()) return;
  asking_.found.waits.push_back({kService, kAlbumBudgetBucket, budget_.next_free()});
  asking_.found.partial |=
      std::any_of(needs_.begin(), needs_.end(), [](const Need& need) { return need.exported; });
  asking_.found.unknown.push_back(
      "albums of " + std::to_string(needs_.size()) + (needs_.size() == 1 ? " artist" : " artists") +
      ": left for later by our own budget of " +
      std::to_string(asking_.options.album_calls_per_day) + " calls a day");
}

}  // namespace soundlake::spotify
