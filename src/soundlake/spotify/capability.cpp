// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/capability.hpp"

#include <chrono>

namespace soundlake::spotify {
namespace {

constexpr std::chrono::hours kRemembered{7 * 24};

/// How a feature is called in sentences, and what the compiled output lacks without it.
struct Words {
  const char* name;
  const char* thing;
  const char* lacks;
};

Words words_of(Feature feature) {
  switch (feature) {
    case Feature::genres:
      return {"genres", "the genres of artists", "genres"};
    case Feature::popularity:
      return {"popularity", "the popularity of artists", "popularity"};
    case Feature::followers:
      return {"followers", "the number of followers of artists", ""};
    case Feature::artist_top_tracks:
      return {"artist_top_tracks", "the top tracks of artists", ""};
    case Feature::audio_features:
      return {"audio_features", "tempo, mode and key of tracks", "BPM and mode"};
    case Feature::album_page_size:
      return {"album_page_size", "albums of artists", ""};
  }
  return {"", "", ""};
}

void make_table(base::Database& state) {
  state.execute(
      "CREATE TABLE IF NOT EXISTS spotify_capabilities (client_id TEXT NOT NULL, feature TEXT NOT "
      "NULL, "
      "value INTEGER NOT NULL, learnt_at INTEGER NOT NULL, learnt_from TEXT NOT NULL, "
      "PRIMARY KEY (client_id, feature))");
}

std::string learnt(const Capability& known) {
  return " (learnt " + base::format_day(base::utc_day(known.learnt_at)) + ": " + known.learnt_from +
         ")";
}

}  // namespace

const char* name_of(Feature feature) {
  return words_of(feature).name;
}

Capabilities::Capabilities(base::Database& state, std::string client_id, base::Clock clock)
    : state_(state), client_id_(std::move(client_id)), clock_(std::move(clock)) {
  make_table(state_);
}

std::optional<Capability> Capabilities::find(Feature feature) const {
  auto query = state_.prepare(
      "SELECT value, learnt_at, learnt_from FROM spotify_capabilities WHERE client_id = ? AND "
      "feature = ?");
  query.bind(0, client_id_).bind(1, name_of(feature));
  if (!query.step()) return std::nullopt;
  Capability known{.feature = feature,
                   .value = static_cast<int>(query.integer(0)),
                   .learnt_at = base::from_unix_us(query.integer(1)),
                   .learnt_from = query.text(2)};
  if (known.learnt_at + kRemembered <= clock_()) return std::nullopt;
  return known;
}

void Capabilities::learn(const Capability& capability) {
  // Answers may come from the cache, so what was learnt last need not be the newest.
  state_
      .prepare(
          "INSERT INTO spotify_capabilities VALUES (?, ?, ?, ?, ?) ON CONFLICT (client_id, "
          "feature) DO UPDATE SET "
          "value = excluded.value, learnt_at = excluded.learnt_at, learnt_from = "
          "excluded.learnt_from "
          "WHERE excluded.learnt_at > learnt_at")
      .bind(0, client_id_)
      .bind(1, name_of(capability.feature))
      .bind(2, std::int64_t{capability.value})
      .bind(3, base::to_unix_us(capability.learnt_at))
      .bind(4, capability.learnt_from)
      .run();
}

std::vector<Capability> Capabilities::all() const {
  std::vector<Capability> known;
  for (const Feature feature : kAllFeatures) {
    if (auto capability = find(feature)) known.push_back(std::move(*capability));
  }
  return known;
}

void Capabilities::forget(base::Database& state) {
  make_table(state);
  state.execute("DELETE FROM spotify_capabilities");
}

std::string describe(Feature feature, const std::optional<Capability>& known) {
  const Words words = words_of(feature);
  if (!known) return std::string("not known yet whether this app may read ") + words.thing;
  if (feature == Feature::album_page_size) {
    return "this app may read albums of artists, " + std::to_string(known->value) + " at a time" +
           learnt(*known);
  }
  return std::string("this app may ") + (known->allowed() ? "" : "not ") + "read " + words.thing +
         learnt(*known);
}

std::vector<std::string> unknown_because(const std::vector<Capability>& known) {
  std::vector<std::string> sentences;
  for (const Capability& capability : known) {
    if (capability.allowed()) continue;
    const Words words = words_of(capability.feature);
    if (capability.feature == Feature::artist_top_tracks) {
      sentences.push_back("top tracks of artists are the listener's own, because " +
                          describe(capability.feature, capability));
    } else if (*words.lacks != '\0') {
      sentences.push_back(std::string(words.lacks) + ": Spotify gives none, because " +
                          describe(capability.feature, capability));
    }
  }
  return sentences;
}

}  // namespace soundlake::spotify
