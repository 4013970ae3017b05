// SPDX-License-Identifier: Apache-2.0
#include "soundlake/enrich/enrich.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/enrich/deezer/deezer.hpp"
#include "soundlake/enrich/guard.hpp"
#include "soundlake/enrich/lane.hpp"
#include "soundlake/enrich/musicbrainz/musicbrainz.hpp"
#include "soundlake/enrich/reccobeats/reccobeats.hpp"
#include "soundlake/enrich/wanted.hpp"
#include "soundlake/facts/fill.hpp"
#include "soundlake/facts/values.hpp"

#include <algorithm>
#include <chrono>

namespace soundlake::enrich {
namespace {

using std::chrono::days;

constexpr days kIdentityHolds{90};
constexpr days kGenresHold{30};
constexpr days kPopularityHolds{7};
constexpr days kMissHolds{30};
constexpr double kGenreConfidence = 0.9;
constexpr double kFansConfidence = 0.9;

template <class Item>
std::vector<std::vector<Item>> batches(const std::vector<Item>& items, std::size_t size) {
  std::vector<std::vector<Item>> cut;
  for (const auto& item : items) {
    if (cut.empty() || cut.back().size() == size) cut.emplace_back();
    cut.back().push_back(item);
  }
  return cut;
}

template <class Item>
std::vector<std::string> ids_of(const std::vector<Item>& items) {
  std::vector<std::string> ids;
  for (const auto& item : items) ids.push_back(item.spotify_id);
  return ids;
}

/// Asks the services and gathers what they say.
class Asking {
 public:
  Asking(net::Client& client, const Options& options)
      : client_(client),
        options_(options),
        musicbrainz_(client, musicbrainz::kService, 1),
        deezer_(client, deezer::kService, 4),
        reccobeats_(client, reccobeats::kService, 2) {}

  Enrichment ask(const Due& due) {
    for (const auto& batch : batches(due.identity, musicbrainz::kUrlsPerQuestion))
      ask_identity(batch);
    for (const auto& artist : due.about) ask_about(artist);
    for (const auto& artist : due.fans) ask_fans(artist);
    for (const auto& batch : batches(due.features, reccobeats::kIdsPerQuestion))
      ask_features(batch);
    client_.run();
    tell(musicbrainz_, musicbrainz::kService);
    tell(deezer_, deezer::kService);
    tell(reccobeats_, reccobeats::kService);
    return std::move(found_);
  }

 private:
  void ask_identity(const std::vector<WantedArtist>& artists) {
    const auto url = musicbrainz::url_question(options_.musicbrainz_url, ids_of(artists));
    musicbrainz_.ask(url, [this, artists](const net::Response& response) {
      // One unknown address alone is a 404, among several it is left out.
      const bool none = response.status == 404 && artists.size() == 1;
      const auto known = none ? std::map<std::string, std::vector<musicbrainz::Linked>>{}
                              : musicbrainz::read_urls(response.body);
      if (!known) return musicbrainz_.failed("musicbrainz gave no answer to GET /url");
      for (auto artist : artists) {
        const auto linked = known->find(artist.spotify_id);
        const auto meant =
            linked == known->end() ? std::nullopt : musicbrainz::pick(linked->second, artist.name);
        say({.entity = artist.entity,
             .field = "musicbrainz_id",
             .value = meant ? lake::Text(meant->id) : std::nullopt,
             .unit = {},
             .source = musicbrainz::kService,
             .confidence = 1,
             .method = "url: artist linked to the Spotify address",
             .fetched_at = {},
             .expires_at = {},
             .licence = "CC0"},
            meant ? kIdentityHolds : kMissHolds);
        if (!meant) continue;
        artist.musicbrainz_id = meant->id;
        ask_about(artist);
      }
    });
  }

  void ask_about(const WantedArtist& artist) {
    const auto url = musicbrainz::artist_question(options_.musicbrainz_url, artist.musicbrainz_id);
    musicbrainz_.ask(url, [this, artist](const net::Response& response) {
      // A merged artist answers under its new id: its identity is asked anew when it expires.
      const auto about = musicbrainz::read_artist(response.body, artist.musicbrainz_id);
      if (!about) return musicbrainz_.failed("musicbrainz gave no answer to GET /artist");
      say({.entity = artist.entity,
           .field = "genres",
           .value =
               about->genres.empty() ? std::nullopt : lake::Text(facts::list_text(about->genres)),
           .unit = {},
           .source = musicbrainz::kService,
           .confidence = kGenreConfidence,
           .method = "artist: genres by votes",
           .fetched_at = {},
           .expires_at = {},
           .licence = musicbrainz::kGenreLicence},
          kGenresHold);
      say({.entity = artist.entity,
           .field = "deezer_id",
           .value = about->deezer_id.empty() ? std::nullopt : lake::Text(about->deezer_id),
           .unit = {},
           .source = musicbrainz::kService,
           .confidence = 1,
           .method = "artist: linked Deezer address",
           .fetched_at = {},
           .expires_at = {},
           .licence = "CC0"},
          about->deezer_id.empty() ? kMissHolds : kIdentityHolds);
      if (about->deezer_id.empty() || !options_.sources.contains(deezer::kService)) return;
      auto linked = artist;
      linked.deezer_id = about->deezer_id;
      ask_fans(linked);
    });
  }

  void ask_fans(const WantedArtist& artist) {
    const auto url = deezer::artist_question(options_.deezer_url, artist.deezer_id);
    deezer_.ask(url, [this, artist](const net::Response& response) {
      const auto read = deezer::read_artist(response.body, artist.deezer_id);
      if (read.outage) return deezer_.failed("deezer gave no answer to GET /artist");
      const std::int64_t fans = read.artist ? read.artist->fans.value_or(-1) : -1;
      const bool another = read.artist && !same_artist(read.artist->name, artist.name);
      facts::Answer answer{
          .entity = artist.entity,
          .field = "fans",
          .value = fans >= 0 ? lake::Text(facts::integer_text(fans)) : std::nullopt,
          .unit = "count",
          .source = deezer::kService,
          .confidence = kFansConfidence,
          .method = another ? "artist: another name" : "artist: nb_fan",
          .fetched_at = {},
          .expires_at = {},
          .licence = deezer::kLicence};
      const auto holds = fans >= 0 && !another ? kPopularityHolds : kMissHolds;
      say(answer, holds, another);
      answer.field = "popularity";
      answer.unit = "0-100";
      if (!another) answer.method = "derived from Deezer fans";
      if (fans >= 0) answer.value = facts::integer_text(deezer::popularity_of_fans(fans));
      say(std::move(answer), holds, another);
    });
  }

  void ask_features(const std::vector<WantedTrack>& tracks) {
    const auto url = reccobeats::features_question(options_.reccobeats_url, ids_of(tracks));
    reccobeats_.ask(url, [this, tracks](const net::Response& response) {
      const auto known = reccobeats::read_features(response.body);
      if (!known) return reccobeats_.failed("reccobeats gave no answer to GET /audio-features");
      for (const auto& track : tracks) {
        const auto at = known->find(track.spotify_id);
        const auto features = at == known->end() ? reccobeats::Features{} : at->second;
        const double mode_confidence = reccobeats::mode_confidence(features.mode.value_or(1));
        say_feature(track, "bpm",
                    features.tempo ? facts::number_text(*features.tempo) : std::nullopt, "bpm",
                    reccobeats::kTempoConfidence);
        say_feature(
            track, "mode",
            features.mode ? lake::Text(*features.mode == 1 ? "major" : "minor") : std::nullopt, {},
            mode_confidence);
        say_feature(
            track, "tonic",
            features.tonic ? lake::Text(facts::integer_text(*features.tonic)) : std::nullopt, {},
            mode_confidence);
      }
    });
  }

  void say_feature(const WantedTrack& track, const std::string& field, const lake::Text& value,
                   const lake::Text& unit, double confidence) {
    // What was measured once stays.
    say({.entity = track.entity,
         .field = field,
         .value = value,
         .unit = unit,
         .source = reccobeats::kService,
         .confidence = confidence,
         .method = "audio-features by Spotify id (Spotify-derived)",
         .fetched_at = {},
         .expires_at = {},
         .licence = reccobeats::kLicence},
        value ? std::nullopt : std::optional(kMissHolds));
  }

  void say(facts::Answer answer, std::optional<days> holds, bool rejected = false) {
    answer.fetched_at = options_.clock();
    if (holds) answer.expires_at = answer.fetched_at + *holds;
    (rejected ? found_.rejected : found_.answers).push_back(std::move(answer));
  }

  void tell(const Lane& lane, const std::string& service) {
    if (lane.unanswered()) found_.problems.push_back({service, lane.problem()});
  }

  net::Client& client_;
  const Options& options_;
  Enrichment found_;
  Lane musicbrainz_;
  Lane deezer_;
  Lane reccobeats_;
};

/// A candidate that was rejected before only holds longer.
void add_rejected(std::vector<lake::Fact>& facts, const facts::Answer& answer) {
  for (auto& fact : facts) {
    if (fact.status != "rejected" || fact.entity != answer.entity || fact.field != answer.field ||
        fact.source != answer.source || fact.value != answer.value)
      continue;
    fact.expires_at = std::max(fact.expires_at, answer.expires_at);
    return;
  }
  facts.push_back({.entity = answer.entity,
                   .field = answer.field,
                   .value = answer.value,
                   .unit = answer.unit,
                   .source = answer.source,
                   .status = "rejected",
                   .confidence = answer.confidence,
                   .method = answer.method,
                   .fetched_at = answer.fetched_at,
                   .expires_at = answer.expires_at,
                   .licence = answer.licence});
}

template <class Row>
void refill(lake::Edit& edit, const facts::Chosen& chosen) {
  auto rows = edit.rows<Row>();
  facts::fill(rows, chosen);
  edit.replace(std::move(rows));
}

template <class Wanted>
void count(FieldCount& field, const std::vector<Wanted>& subjects, const facts::Chosen& chosen,
           const std::set<std::string>& waiting) {
  for (const auto& subject : subjects) {
    if (chosen.find(subject.entity, field.field) != nullptr) {
      ++field.filled;
    } else if (waiting.contains(subject.entity)) {
      ++field.waiting;
    } else {
      ++field.unknown;
    }
  }
}

template <class Wanted>
void add_entities(const std::vector<Wanted>& subjects, std::set<std::string>& entities) {
  for (const auto& subject : subjects) entities.insert(subject.entity);
}

}  // namespace

const std::vector<std::string>& service_names() {
  static const std::vector<std::string> names{musicbrainz::kService, deezer::kService,
                                              reccobeats::kService};
  return names;
}

net::ServiceLimits limits_of(const std::string& service) {
  if (service == musicbrainz::kService)
    return {.requests_per_second = 1, .burst = 1, .in_flight = 1, .tries = 3};
  if (service == deezer::kService)
    return {.requests_per_second = 8, .burst = 8, .in_flight = 4, .tries = 3};
  if (service == reccobeats::kService)
    return {.requests_per_second = 2, .burst = 1, .in_flight = 2, .tries = 3};
  throw Error(ErrorKind::internal, "there is no service '" + service + "'");
}

Enrichment enrich(net::Client& client, const lake::View& known, const Options& options) {
  const auto facts = known.rows<lake::Fact>();
  return Asking(client, options)
      .ask(due(subjects_of(known), facts, options.sources, options.clock()));
}

void apply(const Enrichment& enrichment, lake::Edit& edit) {
  auto facts = facts::merge(edit.rows<lake::Fact>(), enrichment.answers);
  for (const auto& answer : enrichment.rejected) add_rejected(facts, answer);
  const facts::Chosen chosen(facts);
  edit.replace(std::move(facts));
  refill<lake::Artist>(edit, chosen);
  refill<lake::Track>(edit, chosen);
}

std::vector<FieldCount> counts(const lake::View& view, const Options& options) {
  const auto facts = view.rows<lake::Fact>();
  const auto subjects = subjects_of(view);
  const auto left = due(subjects, facts, options.sources, options.clock());
  const facts::Chosen chosen(facts);
  std::set<std::string> genres;
  add_entities(left.identity, genres);
  add_entities(left.about, genres);
  auto popularity = genres;
  add_entities(left.fans, popularity);
  std::set<std::string> features;
  add_entities(left.features, features);
  std::vector<FieldCount> fields{
      {.field = "genres"}, {.field = "popularity"}, {.field = "bpm"}, {.field = "mode"}};
  count(fields[0], subjects.artists, chosen, genres);
  count(fields[1], subjects.artists, chosen, popularity);
  count(fields[2], subjects.tracks, chosen, features);
  count(fields[3], subjects.tracks, chosen, features);
  return fields;
}

}  // namespace soundlake::enrich
