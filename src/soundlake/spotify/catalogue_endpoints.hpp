// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/spotify/api.hpp"
#include "soundlake/spotify/objects.hpp"
#include "soundlake/spotify/page.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

/// The questions about the catalogue: an artist's albums and top tracks, tempo and mode of tracks.
namespace soundlake::spotify {

inline constexpr std::chrono::hours kAlbumsFresh{7 * 24};
inline constexpr std::chrono::hours kTopTracksFresh{24};
inline constexpr std::chrono::hours kAudioFeaturesFresh{180 * 24};
/// Spotify may yet learn about a track it knows nothing about.
inline constexpr std::chrono::hours kNothingKnownFresh{30 * 24};
inline constexpr std::size_t kAudioFeaturesAtOnce = 100;

/// The page sizes to try, largest first: old apps may ask for 50, new ones for 10.
inline constexpr int kAlbumPageSizes[] = {50, 20, 10};

/// The key of an artist's albums from `offset` on; free of the page size, since a page that was
/// got with another size answers as well.
std::string albums_key(const std::string& artist_id, const std::string& market, int offset);
Call albums_call(const std::string& artist_id, const std::string& market, int page_size,
                 int offset);
std::optional<Page<AlbumObject>> read_albums(const base::JsonValue& json);

std::string artist_top_tracks_key(const std::string& artist_id, const std::string& market);
Call artist_top_tracks_call(const std::string& artist_id, const std::string& market);
/// Nothing when the answer has no list of tracks.
std::optional<std::vector<TrackObject>> read_artist_top_tracks(const base::JsonValue& json);

/// Under which the answer about one track is kept: batches differ from run to run.
std::string audio_feature_key(const std::string& track_id);
Call audio_features_call(const std::vector<std::string>& track_ids);
/// The objects by place; of a track that Spotify knows nothing about an absent value. Nothing when
/// the answer has no list.
std::optional<std::vector<base::JsonValue>> read_audio_features(const base::JsonValue& json);

}  // namespace soundlake::spotify
