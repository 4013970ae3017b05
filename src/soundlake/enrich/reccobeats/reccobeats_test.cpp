// SPDX-License-Identifier: Apache-2.0
#include "soundlake/enrich/reccobeats/reccobeats.hpp"

#include <gtest/gtest.h>

namespace soundlake::enrich::reccobeats {
namespace {

TEST(ReccoBeats, AnswersAreJoinedByLinkNotByPlace) {
  const auto found = read_features(R"({"content":[
    {"href":"https://open.spotify.com/track/b","tempo":101.96,"mode":1,"key":0},
    {"href":"https://open.spotify.com/track/a","tempo":0,"mode":7,"key":-1}]})");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->at("b").tempo, 101.96);
  EXPECT_EQ(found->at("b").mode, 1);
  EXPECT_EQ(found->at("b").tonic, 0);
  EXPECT_FALSE(found->contains("c"));
}

TEST(ReccoBeats, AnAbsurdTempoIsUnknown) {
  for (const auto* tempo : {"0", "-4", "29.9", "300.1", "\"fast\"", "null"}) {
    const auto found = read_features(R"({"content":[{"href":"https://open.spotify.com/track/a",)"
                                     R"("mode":7,"key":-1,"tempo":)" +
                                     std::string(tempo) + "}]}");
    ASSERT_TRUE(found) << tempo;
    EXPECT_FALSE(found->at("a").tempo) << tempo;
    EXPECT_FALSE(found->at("a").mode);
    EXPECT_FALSE(found->at("a").tonic);
  }
}

TEST(ReccoBeats, HtmlIsNoAnswer) {
  EXPECT_FALSE(read_features("<html>"));
  EXPECT_FALSE(read_features(R"({"errors":[]})"));
}

}  // namespace
}  // namespace soundlake::enrich::reccobeats
