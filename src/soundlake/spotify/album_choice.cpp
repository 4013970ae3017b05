// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/album_choice.hpp"

#include "soundlake/base/text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace soundlake::spotify {
namespace {

constexpr std::array kEditionWords = {"deluxe",   "remaster", "edition",  "expanded", "anniversary",
                                      "bonus",    "reissue",  "explicit", "clean",    "version",
                                      "extended", "special",  "remixed",  "mono",     "stereo"};

bool tells_an_edition(std::string_view part) {
  return std::any_of(kEditionWords.begin(), kEditionWords.end(),
                     [&](const char* word) { return part.find(word) != std::string_view::npos; });
}

/// Takes one edition mark off the end of a folded title; false when there is none.
bool take_mark(std::string& title) {
  const std::size_t open = title.find_last_of("([");
  if (open != std::string::npos && open > 0 && (title.back() == ')' || title.back() == ']') &&
      tells_an_edition(std::string_view(title).substr(open))) {
    title = base::trim(title.substr(0, open));
    return true;
  }
  const std::size_t dash = title.rfind(" - ");
  if (dash != std::string::npos && dash > 0 &&
      tells_an_edition(std::string_view(title).substr(dash))) {
    title = base::trim(title.substr(0, dash));
    return true;
  }
  return false;
}

bool of_the_artist(const AlbumObject& album) {
  return album.name && (!album.album_group || *album.album_group == "album");
}

/// Smaller is better; an unknown date is later than any.
auto standing(const AlbumObject& album) {
  return std::tuple(base::fold(*album.name).size(), album.release_date.value_or("9999"));
}

}  // namespace

std::string plain_title(std::string_view title) {
  std::string plain = base::fold(title);
  while (take_mark(plain)) {
  }
  return plain;
}

std::vector<AlbumObject> choose_albums(const std::vector<AlbumObject>& albums) {
  std::map<std::string, std::size_t> place_of_title;
  std::vector<AlbumObject> chosen;
  for (const AlbumObject& album : albums) {
    if (!of_the_artist(album)) continue;
    const auto [known, is_new] = place_of_title.emplace(plain_title(*album.name), chosen.size());
    if (is_new) {
      chosen.push_back(album);
    } else if (standing(album) < standing(chosen[known->second])) {
      chosen[known->second] = album;
    }
  }
  // Years, months and days compare as text; nothing sorts below any date.
  std::stable_sort(chosen.begin(), chosen.end(), [](const AlbumObject& a, const AlbumObject& b) {
    return a.release_date.value_or("") > b.release_date.value_or("");
  });
  if (chosen.size() > kAlbumsShown) chosen.resize(kAlbumsShown);
  return chosen;
}

std::size_t distinct_titles(const std::vector<AlbumObject>& albums) {
  std::vector<std::string> titles;
  for (const AlbumObject& album : albums) {
    if (of_the_artist(album)) titles.push_back(plain_title(*album.name));
  }
  std::sort(titles.begin(), titles.end());
  return static_cast<std::size_t>(std::unique(titles.begin(), titles.end()) - titles.begin());
}

}  // namespace soundlake::spotify
