// SPDX-License-Identifier: Apache-2.0
#include "soundlake/enrich/guard.hpp"

#include <gtest/gtest.h>

namespace soundlake::enrich {
namespace {

TEST(Guard, CaseAndMarksDoNotTellArtistsApart) {
  EXPECT_TRUE(same_artist("Beyoncé", "BEYONCE "));
  EXPECT_TRUE(same_artist("صحراء", "صحراء"));
}

TEST(Guard, APartOfANameIsAnotherArtist) {
  EXPECT_FALSE(same_artist("Nemo", "Nemo Tribute Band"));
  EXPECT_FALSE(same_artist("Nemo", "Nem"));
  EXPECT_FALSE(same_artist("", ""));
}

}  // namespace
}  // namespace soundlake::enrich
