// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/move_to_zone.hpp"

#include "soundlake/history/import.hpp"
#include "soundlake/history/told_test_support.hpp"
#include "soundlake/store/memory_store.hpp"

#include <gmock/gmock.h>

#include <memory>
#include <random>

namespace soundlake::history {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

lake::Lake lake_of(const std::vector<lake::Play>& rows, const std::string& zone) {
  auto lake =
      lake::Lake::open_or_create(std::make_shared<store::MemoryStore>(),
                                 base::fixed_clock(*base::parse_utc("2026-03-01T16:00:00Z")),
                                 {.timezone = zone, .simulated = false});
  lake.commit({.command = "import", .started_at = {}}, [&](lake::Edit& edit) {
    apply_import(edit, an_export({rows}), base::Zone::named(zone));
  });
  return lake;
}

std::vector<std::string> move(lake::Lake& lake, const std::string& zone) {
  return lake
      .commit({.command = "import", .started_at = {}},
              [&](lake::Edit& edit) { move_to_zone(edit, base::Zone::named(zone)); })
      .changed;
}

lake::Play play(const std::string& end) {
  return told_row("extended", *base::parse_utc(end), 60'000, "song");
}

TEST(MoveToZone, GivesTheLakeThatAnImportInThatZoneGives) {
  std::mt19937_64 random(4);
  std::vector<lake::Play> rows;
  const auto begin = *base::parse_utc("2019-01-01T00:00:00Z");
  for (int i = 0; i < 300; ++i) {
    const auto end = begin + std::chrono::seconds(random() % 220'000'000);
    rows.push_back(told_row("extended", end, static_cast<std::int64_t>(random() % 400'000), "s"));
  }
  for (const char* zone : {"Asia/Kolkata", "Australia/Lord_Howe", "America/New_York", "UTC"}) {
    auto lake = lake_of(rows, "Europe/Berlin");
    move(lake, zone);
    EXPECT_EQ(lake.view().identity().timezone, zone);
    EXPECT_EQ(lake.view().rows<lake::Play>(), lake_of(rows, zone).view().rows<lake::Play>());
  }
}

TEST(MoveToZone, RewritesOnlyTheYearsWhoseDaysDiffer) {
  // London kept summer time in the winter of 1970, and Berlin had none in the summer of 1971.
  auto lake =
      lake_of({play("1970-12-01T10:00:00Z"), play("1972-12-01T10:00:00Z")}, "Europe/Berlin");
  EXPECT_THAT(move(lake, "Europe/London"), ElementsAre("plays/year=1972/plays.parquet"));
}

TEST(MoveToZone, TheSameDaysUnderAnotherNameChangeNoTable) {
  auto lake = lake_of({play("2024-12-01T10:00:00Z")}, "Europe/Berlin");
  EXPECT_THAT(move(lake, "Europe/Vienna"), IsEmpty());
  EXPECT_EQ(lake.view().identity().timezone, "Europe/Vienna");
}

}  // namespace
}  // namespace soundlake::history
