// SPDX-License-Identifier: Apache-2.0
#include "soundlake/exports/export_input.hpp"

#include "soundlake/exports/sample_rows.hpp"
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
    edit.replace(std::vector{sample::artist("a", "Known")});
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

TEST(ExportInput, OnlyTheNewestPlaysAreReadAndOnlyWhereThereIsNoSnapshot) {
  auto lake = new_lake(false);
  lake.commit({"import", kNow}, [](lake::Edit& edit) {
    for (const int year : {2023, 2025, 2026}) {
      edit.replace_plays(year, {play_at(std::to_string(year) + "-01-01T00:00:00Z")});
    }
  });
  EXPECT_THAT(export_input(lake.view()).plays, SizeIs(2));
  lake.commit({"extract", kNow}, [](lake::Edit& edit) {
    edit.replace(std::vector{sample::top_artist("2026-03-01", 1, "a")});
    edit.replace(std::vector{sample::top_track("2026-03-01", 1, "t")});
  });
  EXPECT_THAT(export_input(lake.view()).plays, IsEmpty());
}

}  // namespace
}  // namespace soundlake::exports
