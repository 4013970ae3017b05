// SPDX-License-Identifier: Apache-2.0
#include "soundlake/enrich/wanted.hpp"

#include "soundlake/enrich/deezer/deezer.hpp"
#include "soundlake/enrich/musicbrainz/musicbrainz.hpp"
#include "soundlake/enrich/reccobeats/reccobeats.hpp"

#include <algorithm>

namespace soundlake::enrich {
namespace {

/// What the sources said so far, as far as it still holds.
class Said {
 public:
  Said(const std::vector<lake::Fact>& facts, base::Instant now) : chosen_(facts) {
    for (const auto& fact : facts) {
      const auto name = std::tuple(fact.entity, fact.field, fact.source);
      auto& holds = holds_[name];
      holds = holds || !fact.expires_at || *fact.expires_at > now;
      if (fact.status == "rejected") continue;
      const auto*& newest = newest_[name];
      if (newest == nullptr || newest->fetched_at < fact.fetched_at) newest = &fact;
    }
  }

  bool holds(const std::string& entity, const std::string& field, const std::string& source) const {
    const auto found = holds_.find({entity, field, source});
    return found != holds_.end() && found->second;
  }
  std::string value(const std::string& entity, const std::string& field,
                    const std::string& source) const {
    const auto found = newest_.find({entity, field, source});
    return found == newest_.end() || found->second == nullptr ? std::string()
                                                              : found->second->value.value_or("");
  }
  /// Known from a source that no service of ours may replace.
  bool settled(const std::string& entity, const std::string& field) const {
    const auto* fact = chosen_.find(entity, field);
    return fact != nullptr && (fact->source == "spotify" || fact->source == "override");
  }

 private:
  using Name = std::tuple<std::string, std::string, std::string>;
  facts::Chosen chosen_;
  std::map<Name, bool> holds_;
  std::map<Name, const lake::Fact*> newest_;
};

void add_due(WantedArtist artist, const Said& said, const std::set<std::string>& sources,
             Due& found) {
  const bool genres = !said.settled(artist.entity, "genres");
  const bool popularity = !said.settled(artist.entity, "popularity");
  if (!genres && !popularity) return;
  artist.musicbrainz_id = said.value(artist.entity, "musicbrainz_id", musicbrainz::kService);
  artist.deezer_id = said.value(artist.entity, "deezer_id", musicbrainz::kService);
  if (sources.contains(musicbrainz::kService)) {
    if (!said.holds(artist.entity, "musicbrainz_id", musicbrainz::kService)) {
      found.identity.push_back(artist);
      return;
    }
    if (!artist.musicbrainz_id.empty() &&
        !(said.holds(artist.entity, "deezer_id", musicbrainz::kService) &&
          said.holds(artist.entity, "genres", musicbrainz::kService))) {
      found.about.push_back(artist);
      return;
    }
  }
  if (sources.contains(deezer::kService) && popularity && !artist.deezer_id.empty() &&
      !said.holds(artist.entity, "popularity", deezer::kService))
    found.fans.push_back(artist);
}

}  // namespace

Subjects subjects_of(const lake::View& view) {
  std::map<std::string, std::int32_t> rank;
  for (const auto& row : view.rows<lake::TopArtist>()) {
    auto& best = rank.try_emplace(row.id, row.rank).first->second;
    best = std::min(best, row.rank);
  }
  std::set<std::string> track_ids;
  for (const auto& row : view.rows<lake::TopTrack>()) track_ids.insert(row.id);
  for (const auto& row : view.rows<lake::ArtistTopTrack>())
    if (row.track_id) track_ids.insert(*row.track_id);

  Subjects subjects;
  for (const auto& row : view.rows<lake::Artist>()) {
    if (!row.id || !row.name || !rank.contains(*row.id)) continue;
    subjects.artists.push_back({.entity = facts::artist_entity(row.key),
                                .spotify_id = *row.id,
                                .name = *row.name,
                                .musicbrainz_id = {},
                                .deezer_id = {}});
  }
  std::stable_sort(
      subjects.artists.begin(), subjects.artists.end(),
      [&](const auto& a, const auto& b) { return rank[a.spotify_id] < rank[b.spotify_id]; });
  for (const auto& row : view.rows<lake::Track>()) {
    if (row.id && track_ids.contains(*row.id))
      subjects.tracks.push_back({facts::track_entity(row.key), *row.id});
  }
  return subjects;
}

Due due(const Subjects& subjects, const std::vector<lake::Fact>& facts,
        const std::set<std::string>& sources, base::Instant now) {
  const Said said(facts, now);
  Due found;
  for (const auto& artist : subjects.artists) add_due(artist, said, sources, found);
  if (!sources.contains(reccobeats::kService)) return found;
  for (const auto& track : subjects.tracks) {
    if (said.settled(track.entity, "bpm") && said.settled(track.entity, "mode")) continue;
    if (!said.holds(track.entity, "bpm", reccobeats::kService)) found.features.push_back(track);
  }
  return found;
}

}  // namespace soundlake::enrich
