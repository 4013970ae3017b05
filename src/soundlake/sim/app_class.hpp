// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace soundlake::sim {

/// What Spotify lets an app do, by the app's age and standing.
enum class AppClass {
  restricted,  ///< Development Mode, made since February 2026: cut fields, cut endpoints, small
               ///< pages
  postponed,   ///< Development Mode, made before: everything but audio features
  extended,    ///< Extended Quota, used audio features before 2024-11-27: everything
};

/// "restricted", "postponed", "extended".
const char* name_of(AppClass app_class);
/// Nothing for any other name.
std::optional<AppClass> app_class_named(std::string_view name);
std::vector<std::string> app_class_names();

/// The rights that come with a class.
struct Rights {
  bool all_fields = true;  ///< genres, popularity, followers, markets, labels …
  bool batches = true;     ///< GET /artists?ids=, /albums?ids=, /tracks?ids=
  bool artist_top_tracks = true;
  bool audio_features = true;
  int album_page_limit = 50;  ///< largest `limit` of GET /artists/{id}/albums
  int album_page_default = 20;
  int search_limit = 50;
  int search_default = 20;
  std::map<std::string, int> ceilings;  ///< requests in any 24 hours, by bucket
};
Rights rights_of(AppClass app_class);

}  // namespace soundlake::sim
