// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/probe_first.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace soundlake::spotify {
namespace {

using Showed = ProbeFirst::Showed;

struct ProbeFirstTest : testing::Test {
  int changes = 0;
  std::vector<ProbeFirst::Answered> asked;
  ProbeFirst questions{[this] { ++changes; }};

  void add(int count) {
    for (int i = 0; i < count; ++i) {
      questions.add([this](const ProbeFirst::Answered& answered) { asked.push_back(answered); });
    }
  }
};

TEST_F(ProbeFirstTest, AsksOneAndTheRestAtOnceWhenItWasAllowed) {
  add(5);
  EXPECT_EQ(asked.size(), 1u);
  asked[0](Showed::allowed);
  EXPECT_EQ(asked.size(), 5u);
  EXPECT_FALSE(questions.idle());
  for (std::size_t i = 1; i < 5; ++i) asked[i](Showed::allowed);
  EXPECT_TRUE(questions.idle());
  EXPECT_EQ(changes, 5);
  add(1);
  EXPECT_EQ(asked.size(), 6u);
}

TEST_F(ProbeFirstTest, DropsTheRestAfterARefusal) {
  add(5);
  asked[0](Showed::stop);
  add(1);
  EXPECT_EQ(asked.size(), 1u);
  EXPECT_TRUE(questions.idle());
  EXPECT_TRUE(questions.stopped());
}

TEST_F(ProbeFirstTest, TriesTheNextWhenTheTroubleWasTheQuestionsOwn) {
  add(5);
  asked[0](Showed::nothing);
  EXPECT_EQ(asked.size(), 2u);
  asked[1](Showed::allowed);
  EXPECT_EQ(asked.size(), 5u);
}

TEST_F(ProbeFirstTest, GivesUpAfterThreeThatShowedNothing) {
  add(5);
  for (std::size_t i = 0; i < 3; ++i) asked[i](Showed::nothing);
  EXPECT_EQ(asked.size(), 3u);
  EXPECT_TRUE(questions.idle());
}

TEST_F(ProbeFirstTest, LetsOneFailureAmongAllowedOnesStopNothing) {
  add(1);
  asked[0](Showed::allowed);
  add(3);
  asked[1](Showed::nothing);
  add(1);
  EXPECT_EQ(asked.size(), 5u);
}

}  // namespace
}  // namespace soundlake::spotify
