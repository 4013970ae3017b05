// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/spotify/objects.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace soundlake::spotify {

inline constexpr std::size_t kAlbumsShown = 5;

/// The title without what only tells editions apart: "X (Deluxe Edition)", "X [2011 Remaster]" and
/// "X - Remastered 2009" all become the folded "x". A title that is nothing else stays.
std::string plain_title(std::string_view title);

/// How many different albums these are, editions of one counted once.
std::size_t distinct_titles(const std::vector<AlbumObject>& albums);

/// At most five albums, one per plain title, newest first. Of several editions the one with the
/// shortest title stands for all (the plain one), then the earliest. Albums without a name, and
/// those the artist only appears on, are left out; without a date they come last.
std::vector<AlbumObject> choose_albums(const std::vector<AlbumObject>& albums);

}  // namespace soundlake::spotify
