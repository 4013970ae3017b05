// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

namespace soundlake::lake {

/// The key of an artist whose Spotify id is not known: `n-` + 16 hex digits of SHA-256 of the exact
/// name in NFC.
std::string artist_key_of_name(std::string_view name);
/// The same for an album (album and artist name, separated by a NUL byte).
std::string album_key_of_name(std::string_view album, std::string_view artist);
/// The same for a track (track and artist name, separated by a NUL byte).
std::string track_key_of_name(std::string_view track, std::string_view artist);

}  // namespace soundlake::lake
