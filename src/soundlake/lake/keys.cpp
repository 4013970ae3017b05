// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/keys.hpp"

#include "soundlake/base/hash.hpp"
#include "soundlake/base/text.hpp"

namespace soundlake::lake {
namespace {

std::string key_of(const std::string& identity) {
  return "n-" + base::short_hash(identity);
}

/// A NUL cannot stand in a name in practice, so "a b" by "c" and "a" by "b c" stay two things.
std::string pair(std::string_view name, std::string_view artist) {
  return base::nfc(name) + '\0' + base::nfc(artist);
}

}  // namespace

std::string artist_key_of_name(std::string_view name) {
  return key_of(base::nfc(name));
}

std::string album_key_of_name(std::string_view album, std::string_view artist) {
  return key_of(pair(album, artist));
}

std::string track_key_of_name(std::string_view track, std::string_view artist) {
  return key_of(pair(track, artist));
}

}  // namespace soundlake::lake
