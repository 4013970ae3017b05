// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/apply_recent.hpp"

#include "soundlake/store/memory_store.hpp"

#include <gmock/gmock.h>

#include <memory>

namespace soundlake::history {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

lake::Play recent(const std::string& end, const std::string& song, std::int64_t length = 200'000) {
  lake::Play play;
  play.source = "recent";
  play.kind = "track";
  play.reported_at = end;
  play.played_at = *base::parse_utc(end);
  play.ms_played = length;
  play.spotify_uri = "spotify:track:" + song;
  play.track_name = song;
  play.artist_name = "Artist";
  return play;
}

/// A lake in memory that polls are put into.
class ApplyRecent : public testing::Test {
 protected:
  ApplyRecent()
      : lake_(
            lake::Lake::open_or_create(std::make_shared<store::MemoryStore>(),
                                       base::fixed_clock(*base::parse_utc("2026-03-01T16:00:00Z")),
                                       {.timezone = "UTC", .simulated = false})) {}

  MergeCounts apply(const std::vector<lake::Play>& incoming, std::size_t items = 1) {
    MergeCounts counts;
    const auto result = lake_.commit({"extract", polled_at_}, [&](lake::Edit& edit) {
      counts = apply_recent(edit, incoming, base::Zone::utc(),
                            {.items = items, .polled_at = polled_at_});
    });
    committed_ = result.committed;
    return counts;
  }

  std::vector<lake::Play> plays_of(int year) const { return lake_.view().plays_of(year); }

  lake::Lake lake_;
  base::Instant polled_at_ = *base::parse_utc("2026-03-01T16:00:00Z");
  bool committed_ = false;
};

TEST_F(ApplyRecent, PlaysEnterTheTableOfTheirYear) {
  EXPECT_EQ(
      apply({recent("2026-03-01T10:00:00.5Z", "a"), recent("2025-06-01T10:00:00Z", "b")}).added, 2);
  EXPECT_THAT(plays_of(2025), SizeIs(1));
  ASSERT_THAT(plays_of(2026), SizeIs(1));
  const auto play = plays_of(2026).front();
  EXPECT_EQ(play.ms_played, 200'000);
  EXPECT_EQ(play.length_ms, 200'000);
  EXPECT_EQ(play.play_id.size(), 16);
}

TEST_F(ApplyRecent, TheSamePollAgainWritesNothing) {
  const std::vector<lake::Play> poll{recent("2026-03-01T10:00:00Z", "a"),
                                     recent("2026-03-01T10:01:00Z", "b")};
  apply(poll);
  EXPECT_TRUE(committed_);
  EXPECT_EQ(apply(poll), (MergeCounts{.added = 0, .duplicates = 2, .displaced = 0}));
  EXPECT_FALSE(committed_);
  EXPECT_EQ(apply({}), MergeCounts{});
  EXPECT_FALSE(committed_);
}

TEST_F(ApplyRecent, TheFirstPlayOfAYearFollowsTheLastOfTheYearBefore) {
  apply({recent("2025-12-31T23:59:30Z", "a")});
  apply({recent("2026-01-01T00:00:30Z", "b")});
  EXPECT_EQ(plays_of(2026).front().ms_played, 60'000);
}

TEST_F(ApplyRecent, APlayBeforeNewYearShortensTheOneAfterIt) {
  apply({recent("2026-01-01T00:00:30Z", "b")});
  EXPECT_EQ(plays_of(2026).front().ms_played, 200'000);
  apply({recent("2025-12-31T23:59:30Z", "a")});
  EXPECT_EQ(plays_of(2026).front().ms_played, 60'000);
}

TEST_F(ApplyRecent, YearsInBetweenDoNotChange) {
  apply({recent("2025-01-01T00:00:30Z", "first of its year"),
         recent("2024-12-31T23:59:30Z", "last")});
  const auto before = plays_of(2025);
  apply({recent("2026-06-01T00:00:30Z", "b")});
  EXPECT_EQ(plays_of(2025), before);
}

TEST_F(ApplyRecent, AFullPollThatMissesTheKnownPlayLeavesAGapOnce) {
  apply({recent("2026-03-01T10:00:00Z", "a")}, 50);
  EXPECT_THAT(lake_.view().rows<lake::Gap>(), IsEmpty());
  const std::vector<lake::Play> poll{recent("2026-03-01T15:00:00Z", "c"),
                                     recent("2026-03-01T12:00:00Z", "b")};
  apply(poll, 50);
  const auto gaps = lake_.view().rows<lake::Gap>();
  ASSERT_THAT(gaps, SizeIs(1));
  EXPECT_EQ(gaps[0].from, base::parse_utc("2026-03-01T10:00:00Z"));
  EXPECT_EQ(gaps[0].to, base::parse_utc("2026-03-01T12:00:00Z"));
  polled_at_ += std::chrono::minutes(30);
  apply(poll, 50);
  EXPECT_THAT(lake_.view().rows<lake::Gap>(), ElementsAre(gaps[0]));
}

}  // namespace
}  // namespace soundlake::history
