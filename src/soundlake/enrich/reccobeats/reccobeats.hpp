// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// ReccoBeats: tempo, mode and tonic of tracks by their Spotify id, a mirror of Spotify's own
/// former analysis.
namespace soundlake::enrich::reccobeats {

inline constexpr const char* kService = "reccobeats";
inline constexpr const char* kLicence = "unspecified";
/// More ids are refused with 400.
inline constexpr std::size_t kIdsPerQuestion = 40;
/// Share of tempos that are right within 4 %, of the analyser these values come from.
inline constexpr double kTempoConfidence = 0.68;

struct Features {
  std::optional<double> tempo;        ///< BPM within 30…300; 0 means that the analysis failed
  std::optional<int> mode;            ///< 1 major, 0 minor
  std::optional<std::int32_t> tonic;  ///< 0 = C … 11 = B
};

std::string features_question(const std::string& root, const std::vector<std::string>& spotify_ids);
/// By Spotify id; what ReccoBeats does not know is absent. Nothing when the body is no answer.
std::optional<std::map<std::string, Features>> read_features(std::string_view body);
/// Minor is the surer answer, since three of four tracks are called major.
double mode_confidence(int mode);

}  // namespace soundlake::enrich::reccobeats
