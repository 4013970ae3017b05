// SPDX-License-Identifier: Apache-2.0
#include "soundlake/exports/export_input.hpp"

#include "soundlake/exports/sample_rows.hpp"
#include "soundlake/lake/keys.hpp"
#include "soundlake/store/memory_store.hpp"

#include <gmock/gmock.h>

#include <memory>

namespace soundlake::exports {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

const base::Instant kNow = *base::parse_utc("2026-03-01T16:00:00Z");

lake::Lake new_lake(bool simulated) {
  return lake::Lake::open_or_create(std::make_shared<store::MemoryStore>(), base::fixed_clock(kNow),
                                    {.timezone = "UTC", .simulated = simulated});
}

lake::Play play_at(const std::string& end) {
  auto play = sample::play(end.substr(0, 10), "A", "t", 1);
  play.played_at = *base::parse_utc(end);
  play.play_id = end;
  play.source = "recent";
  return play;
}

TEST(ExportInput, AnEditShowsWhatItIsAboutToCommit) {
  auto lake = new_lake(true);
  lake.commit({"extract", kNow}, [](lake::Edit& edit) {
    edit.replace(std::vector{sample::artist(lake::artist_key_of_name("A"), "A"),
                             sample::artist("b", "Never heard")});
    edit.replace_plays(2026, {play_at("2026-01-01T00:00:00Z")});
    const auto input = export_input(edit);
    EXPECT_THAT(input.artists, SizeIs(1));
    EXPECT_THAT(input.plays, SizeIs(1));
    EXPECT_TRUE(input.simulated);
  });
  const auto input = export_input(lake.view());
  EXPECT_THAT(input.artists, SizeIs(1));
  EXPECT_THAT(input.plays, SizeIs(1));
  EXPECT_TRUE(input.simulated);
}

TEST(ExportInput, OfALongHistoryOnlyTheMusicThatIsNamed) {
  auto lake = new_lake(false);
  lake.commit({"import", kNow}, [](lake::Edit& edit) {
    auto renamed = sample::artist("renamed", "A2");
    renamed.aliases = {"old-key"};
    edit.replace(std::vector{sample::artist("a", "A"), sample::artist("b", "B"), renamed});
    edit.replace(std::vector{sample::top_artist("2026-03-01", 1, "a"),
                             sample::top_artist("2026-03-01", 2, "old-key")});
  });
  EXPECT_THAT(export_input(lake.view()).artists,
              testing::UnorderedElementsAre(testing::Field(&lake::Artist::key, "a"),
                                            testing::Field(&lake::Artist::key, "renamed")));
}

TEST(ExportInput, OnlyTheNewestPlaysAreReadAndOnlyWhereThereIsNoSnapshot) {
  auto lake = new_lake(false);
  lake.commit({"import", kNow}, [](lake::Edit& edit) {
    edit.replace_plays(2023, {play_at("2023-12-31T00:00:00Z")});
    edit.replace_plays(2025, {play_at("2025-12-04T00:00:00Z"), play_at("2025-12-05T00:00:00Z")});
    edit.replace_plays(2026, {play_at("2026-01-01T00:00:00Z")});
  });
  // 28 days, the newest play's one included.
  const auto plays = export_input(lake.view()).plays;
  ASSERT_THAT(plays, SizeIs(2));
  EXPECT_EQ(plays[0].local_date, base::parse_day("2025-12-05"));
  const auto known = lake.view().plays_of(2025)[1];
  EXPECT_EQ(plays[0].artist_name, known.artist_name);
  EXPECT_EQ(plays[0].album_name, known.album_name);
  EXPECT_EQ(plays[0].track_name, known.track_name);
  EXPECT_EQ(plays[0].spotify_uri, known.spotify_uri);
  EXPECT_EQ(plays[0].kind, known.kind);
  EXPECT_EQ(plays[0].ms_played, known.ms_played);
  lake.commit({"extract", kNow}, [](lake::Edit& edit) {
    edit.replace(std::vector{sample::top_artist("2026-03-01", 1, "a")});
    edit.replace(std::vector{sample::top_track("2026-03-01", 1, "t")});
  });
  EXPECT_THAT(export_input(lake.view()).plays, IsEmpty());
}

}  // namespace
}  // namespace soundlake::exports
