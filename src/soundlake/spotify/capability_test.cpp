// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/capability.hpp"

#include <gmock/gmock.h>

namespace soundlake::spotify {
namespace {

struct CapabilityTest : testing::Test {
  base::Instant now = *base::parse_utc("2026-11-23T10:00:00Z");
  base::Clock clock = [this] { return now; };
  base::Database state = base::Database::in_memory();
  Capabilities app{state, "app", clock};

  Capability learnt(Feature feature, int value, const char* from = "an answer") const {
    return {.feature = feature, .value = value, .learnt_at = now, .learnt_from = from};
  }
};

TEST_F(CapabilityTest, IsForgottenAfterAWeek) {
  app.learn(learnt(Feature::audio_features, 0));
  now += std::chrono::hours(7 * 24 - 1);
  EXPECT_TRUE(app.find(Feature::audio_features));
  now += std::chrono::hours(1);
  EXPECT_FALSE(app.find(Feature::audio_features));
  EXPECT_TRUE(app.all().empty());
}

TEST_F(CapabilityTest, BelongsToOneApp) {
  app.learn(learnt(Feature::genres, 0));
  EXPECT_FALSE(Capabilities(state, "another app", clock).find(Feature::genres));
  EXPECT_EQ(Capabilities(state, "app", clock).find(Feature::genres), learnt(Feature::genres, 0));
}

TEST_F(CapabilityTest, FollowsTheNewestAnswer) {
  const Capability older = learnt(Feature::genres, 1, "an answer from the cache");
  now += std::chrono::hours(1);
  app.learn(learnt(Feature::genres, 0));
  app.learn(older);
  EXPECT_EQ(app.find(Feature::genres)->value, 0);
}

TEST_F(CapabilityTest, IsToldInPlainWords) {
  EXPECT_EQ(describe(Feature::genres, std::nullopt),
            "not known yet whether this app may read the genres of artists");
  EXPECT_EQ(describe(Feature::audio_features,
                     learnt(Feature::audio_features, 0, "GET /audio-features answered 403")),
            "this app may not read tempo, mode and key of tracks (learnt 2026-11-23: GET "
            "/audio-features answered 403)");
  EXPECT_THAT(describe(Feature::album_page_size, learnt(Feature::album_page_size, 10)),
              testing::HasSubstr("10 at a time"));
  EXPECT_THAT(unknown_because({learnt(Feature::genres, 1), learnt(Feature::popularity, 0)}),
              testing::ElementsAre(
                  testing::StartsWith("popularity: Spotify gives none, because this app may not")));
}

}  // namespace
}  // namespace soundlake::spotify
