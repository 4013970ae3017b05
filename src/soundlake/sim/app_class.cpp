// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/app_class.hpp"

namespace soundlake::sim {

const char* name_of(AppClass app_class) {
  switch (app_class) {
    case AppClass::restricted:
      return "restricted";
    case AppClass::postponed:
      return "postponed";
    case AppClass::extended:
      return "extended";
  }
  return "restricted";
}

std::optional<AppClass> app_class_named(std::string_view name) {
  for (const auto app_class : {AppClass::restricted, AppClass::postponed, AppClass::extended})
    if (name == name_of(app_class)) return app_class;
  return std::nullopt;
}

std::vector<std::string> app_class_names() {
  return {"restricted", "postponed", "extended"};
}

Rights rights_of(AppClass app_class) {
  Rights rights;
  if (app_class == AppClass::extended) return rights;
  rights.audio_features = false;
  // Spotify publishes no numbers; the first two are what people measured in Development Mode.
  rights.ceilings = {{"artist-albums", 100},    {"artists", 600}, {"albums", 600},
                     {"album-tracks", 600},     {"tracks", 600},  {"search", 600},
                     {"artist-top-tracks", 600}};
  if (app_class == AppClass::postponed) return rights;
  rights.all_fields = false;
  rights.batches = false;
  rights.artist_top_tracks = false;
  rights.album_page_limit = 10;
  rights.album_page_default = 5;
  rights.search_limit = 10;
  rights.search_default = 5;
  return rights;
}

}  // namespace soundlake::sim
