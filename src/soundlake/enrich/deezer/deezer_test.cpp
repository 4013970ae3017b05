// SPDX-License-Identifier: Apache-2.0
#include "soundlake/enrich/deezer/deezer.hpp"

#include <gtest/gtest.h>

namespace soundlake::enrich::deezer {
namespace {

TEST(Deezer, AnUnknownArtistIsAMissAndAQuotaIsAnOutage) {
  const auto miss = read_artist(R"({"error":{"type":"DataException","code":800}})", "7");
  EXPECT_FALSE(miss.outage);
  EXPECT_FALSE(miss.artist);
  EXPECT_TRUE(read_artist(R"({"error":{"message":"Quota limit exceeded","code":4}})", "7").outage);
  EXPECT_TRUE(read_artist("<html>", "7").outage);
  EXPECT_TRUE(read_artist(R"({"id":8,"nb_fan":5})", "7").outage);
}

TEST(Deezer, FansAreAnArtistsOwn) {
  const auto read = read_artist(R"({"id":7,"name":"X","nb_fan":12})", "7");
  ASSERT_TRUE(read.artist);
  EXPECT_EQ(read.artist->name, "X");
  EXPECT_EQ(read.artist->fans, 12);
  EXPECT_FALSE(read_artist(R"({"id":7,"name":"X"})", "7").artist->fans);
}

TEST(Deezer, PopularityFollowsTheFormula) {
  EXPECT_EQ(popularity_of_fans(0), 0);
  EXPECT_EQ(popularity_of_fans(25'000'000), 100);
  EXPECT_EQ(popularity_of_fans(400'000'000), 100);
  EXPECT_EQ(popularity_of_fans(4'999), 50);
}

}  // namespace
}  // namespace soundlake::enrich::deezer
