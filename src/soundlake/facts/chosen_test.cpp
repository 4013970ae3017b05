// SPDX-License-Identifier: Apache-2.0
#include "soundlake/facts/facts.hpp"

#include <gmock/gmock.h>

namespace soundlake::facts {
namespace {

using testing::IsEmpty;
using testing::Optional;

lake::Fact fact(std::string field, lake::Text value, std::string status = "chosen") {
  lake::Fact made;
  made.entity = "track:t";
  made.field = std::move(field);
  made.value = std::move(value);
  made.source = "deezer";
  made.confidence = 0.75;
  made.status = std::move(status);
  return made;
}

TEST(Chosen, AValueComesWithItsSourceAndConfidence) {
  const Chosen chosen({fact("bpm", "136.902")});
  const auto bpm = chosen.number("track:t", "bpm");
  EXPECT_THAT(bpm.value, Optional(136.902));
  EXPECT_THAT(bpm.source, Optional(std::string("deezer")));
  EXPECT_THAT(bpm.confidence, Optional(0.75));
}

TEST(Chosen, OnlyChosenRowsAreRead) {
  const Chosen chosen({fact("bpm", "1", "alternate"), fact("mode", "major", "rejected"),
                       fact("isrc", std::nullopt, "unknown")});
  EXPECT_EQ(chosen.number("track:t", "bpm"), lake::Sourced<double>{});
  EXPECT_EQ(chosen.text("track:t", "mode"), lake::Sourced<std::string>{});
  EXPECT_EQ(chosen.find("track:t", "isrc"), nullptr);
}

TEST(Chosen, AValueOfAnotherTypeIsUnknown) {
  const Chosen chosen({fact("popularity", "many"), fact("duration_ms", "1.5"),
                       fact("genres", "rock"), fact("tonic", "99999999999")});
  EXPECT_EQ(chosen.int32("track:t", "popularity"), lake::Sourced<std::int32_t>{});
  EXPECT_EQ(chosen.int64("track:t", "duration_ms"), lake::Sourced<std::int64_t>{});
  EXPECT_EQ(chosen.list("track:t", "genres"), lake::Sourced<std::vector<std::string>>{});
  EXPECT_EQ(chosen.int32("track:t", "tonic"), lake::Sourced<std::int32_t>{});
}

TEST(Chosen, AnEmptyListIsKnown) {
  const Chosen chosen({fact("genres", "[]")});
  EXPECT_THAT(chosen.list("track:t", "genres").value, Optional(IsEmpty()));
}

}  // namespace
}  // namespace soundlake::facts
