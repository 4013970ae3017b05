// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/keys.hpp"

#include "soundlake/base/hash.hpp"

#include <gtest/gtest.h>

namespace soundlake::lake {
namespace {

TEST(Keys, AreTheHashOfTheExactName) {
  EXPECT_EQ(artist_key_of_name("Ann"), "n-" + base::sha256_hex("Ann").substr(0, 16));
  EXPECT_EQ(album_key_of_name("First", "Ann"),
            "n-" + base::sha256_hex(std::string("First\0Ann", 9)).substr(0, 16));
  EXPECT_NE(artist_key_of_name("Ann"), artist_key_of_name("ann"));
  EXPECT_NE(artist_key_of_name("Ann"), artist_key_of_name("Ann "));
}

TEST(Keys, DoNotDependOnHowAnAccentIsEncoded) {
  EXPECT_EQ(artist_key_of_name("Beyonc\u00e9"), artist_key_of_name("Beyonce\u0301"));
  EXPECT_EQ(track_key_of_name("D\u00e9j\u00e0 Vu", "Beyonc\u00e9"),
            track_key_of_name("De\u0301ja\u0300 Vu", "Beyonce\u0301"));
}

TEST(Keys, KeepTitleAndArtistApart) {
  EXPECT_NE(track_key_of_name("A B", "C"), track_key_of_name("A", "B C"));
  EXPECT_NE(track_key_of_name("AB", ""), track_key_of_name("A", "B"));
}

}  // namespace
}  // namespace soundlake::lake
