// SPDX-License-Identifier: Apache-2.0
#include "soundlake/enrich/reccobeats/reccobeats.hpp"

#include "soundlake/base/json.hpp"
#include "soundlake/base/text.hpp"

namespace soundlake::enrich::reccobeats {
namespace {

constexpr std::string_view kSpotifyTrack = "https://open.spotify.com/track/";

Features features_of(base::JsonValue item) {
  Features features;
  const auto tempo = item["tempo"].number();
  if (tempo && *tempo >= 30 && *tempo <= 300) features.tempo = tempo;
  const auto mode = item["mode"].integer();
  if (mode && (*mode == 0 || *mode == 1)) features.mode = static_cast<int>(*mode);
  const auto key = item["key"].integer();
  if (key && *key >= 0 && *key <= 11) features.tonic = static_cast<std::int32_t>(*key);
  return features;
}

}  // namespace

std::string features_question(const std::string& root,
                              const std::vector<std::string>& spotify_ids) {
  return root + "/audio-features?ids=" + base::join(spotify_ids, ",");
}

std::optional<std::map<std::string, Features>> read_features(std::string_view body) {
  const auto document = base::JsonDocument::try_parse(body);
  if (!document || !document->root()["content"].is_array()) return std::nullopt;
  std::map<std::string, Features> found;
  for (const auto item : document->root()["content"].items()) {
    const auto link = item["href"].text().value_or("");
    if (link.starts_with(kSpotifyTrack))
      found[link.substr(kSpotifyTrack.size())] = features_of(item);
  }
  return found;
}

double mode_confidence(int mode) {
  return mode == 0 ? 0.75 : 0.65;
}

}  // namespace soundlake::enrich::reccobeats
