// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/import.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/history/apply_recent.hpp"
#include "soundlake/history/identity.hpp"
#include "soundlake/history/told_test_support.hpp"
#include "soundlake/store/memory_store.hpp"

#include <gmock/gmock.h>

#include <memory>

namespace soundlake::history {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

lake::Play extended(const std::string& end, const std::string& song, std::int64_t ms = 60'000) {
  return told_row("extended", *base::parse_utc(end), ms, song);
}
lake::Play account(const std::string& end, const std::string& song, std::int64_t ms = 60'000) {
  return told_row("account", *base::parse_utc(end), ms, song);
}
lake::Play recent(const std::string& end, const std::string& song) {
  auto row = told_row("extended", *base::parse_utc(end), 200'000, song);
  row.source = "recent";
  return row;
}

/// A lake in memory that exports and polls are put into.
class Import : public testing::Test {
 protected:
  ImportBooks import(const std::vector<std::vector<lake::Play>>& files) {
    return import(an_export(files));
  }
  ImportBooks import(const ReadExports& exports) {
    ImportBooks books;
    const auto result =
        lake_.commit({.command = "import", .started_at = {}},
                     [&](lake::Edit& edit) { books = apply_import(edit, exports, zone_); });
    changed_ = result.changed;
    return books;
  }
  void poll(const std::vector<lake::Play>& rows, std::size_t items) {
    lake_.commit({.command = "extract", .started_at = {}}, [&](lake::Edit& edit) {
      apply_recent(edit, rows, zone_, {.items = items, .polled_at = {}});
    });
  }
  std::vector<lake::Play> plays() const { return lake_.view().rows<lake::Play>(); }
  std::vector<lake::Gap> gaps() const { return lake_.view().rows<lake::Gap>(); }

  base::Zone zone_ = base::Zone::named("Europe/Berlin");
  lake::Lake lake_ =
      lake::Lake::open_or_create(std::make_shared<store::MemoryStore>(),
                                 base::fixed_clock(*base::parse_utc("2026-03-01T16:00:00Z")),
                                 {.timezone = "Europe/Berlin", .simulated = false});
  std::vector<std::string> changed_;
};

TEST_F(Import, ToldRowsEnterTheTableWithAllTheyTell) {
  auto row = extended("2024-06-30T22:30:00Z", "a", 3'600'000);
  row.platform = "ios";
  row.shuffle = true;
  row.skipped = false;
  import({{ row }});
  auto expected = row;
  expected.play_id = play_id_of(row);
  localize(expected, zone_);
  EXPECT_THAT(plays(), ElementsAre(expected));
}

TEST_F(Import, APlayOfTwoFilesCountsAsStoredInTheFirst) {
  const auto a = extended("2024-06-30T22:30:00Z", "a");
  const auto b = extended("2024-06-30T22:31:00Z", "b");
  const auto books = import({{a}, {a, b, b}});
  ASSERT_THAT(books.files, SizeIs(2));
  EXPECT_EQ(books.files[0].stored, 1);
  EXPECT_EQ(books.files[1].stored, 1);
  EXPECT_EQ(books.files[1].duplicates, 2);
  EXPECT_EQ(books.total.rows_read, 4);
  EXPECT_EQ(books.total.stored, 2);
  EXPECT_EQ(books.total.duplicates, 2);
  EXPECT_EQ(books.total.covered, 0);
}

TEST_F(Import, RejectedRowsAreInTheBooks) {
  auto exports = an_export({{extended("2024-06-30T22:30:00Z", "a")}});
  exports.files[0].rows_read = 3;
  exports.files[0].rows_rejected = 2;
  const auto books = import(exports);
  EXPECT_EQ(books.total.rejected, 2);
  EXPECT_EQ(books.total.rows_read, books.total.stored + books.total.rejected);
}

TEST_F(Import, BooksThatDoNotBalanceAreNeverWritten) {
  auto exports = an_export({{extended("2024-06-30T22:30:00Z", "a")}});
  exports.files[0].rows_read = 2;
  try {
    import(exports);
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::internal);
  }
  EXPECT_THAT(plays(), IsEmpty());
}

TEST_F(Import, TheSameExportAgainChangesNothing) {
  const auto rows = {extended("2023-12-31T23:59:00Z", "a"), extended("2024-06-30T22:30:00Z", "b")};
  import({rows});
  const auto books = import({rows});
  EXPECT_EQ(books.total.stored, 0);
  EXPECT_EQ(books.total.duplicates, 2);
  EXPECT_THAT(changed_, IsEmpty());
}

TEST_F(Import, ANewerExportRewritesOnlyTheYearsItTouches) {
  import({{ extended("2022-06-30T22:30:00Z", "a"), extended("2024-06-30T22:30:00Z", "a") }});
  import(
      {{ extended("2022-06-30T22:30:00Z", "a"),
         extended("2024-06-30T22:30:00Z", "a"),
         extended("2024-07-30T22:30:00Z", "a") }});
  EXPECT_THAT(changed_, ElementsAre("plays/year=2024/plays.parquet"));
}

TEST_F(Import, ARowThatKnowsMoreReplacesAKnownOne) {
  auto row = extended("2024-06-30T22:30:00Z", "a");
  import({{ row }});
  row.country = "DE";
  const auto books = import({{row}});
  EXPECT_EQ(books.total.stored, 0);
  EXPECT_EQ(books.total.duplicates, 1);
  EXPECT_EQ(plays().at(0).country, "DE");
}

TEST_F(Import, AccountRowsThatExtendedRowsTellAreDuplicatesAndCovered) {
  const auto books =
      import({{account("2024-06-30T22:30:00Z", "a")}, {extended("2024-06-30T22:30:40Z", "a")}});
  EXPECT_EQ(books.files[0].stored, 0);
  EXPECT_EQ(books.files[0].duplicates, 1);
  EXPECT_EQ(books.files[0].covered, 1);
  EXPECT_THAT(plays(), SizeIs(1));
}

TEST_F(Import, AccountRowsLeaveTheTableWhenExtendedRowsComeLater) {
  import({{ account("2024-06-30T22:30:00Z", "a"), account("2024-06-30T23:30:00Z", "b") }});
  const auto books = import({{extended("2024-06-30T22:30:40Z", "a")}});
  EXPECT_EQ(books.total.stored, 1);
  EXPECT_EQ(books.displaced, 1);
  EXPECT_THAT(plays(), SizeIs(2));
}

TEST_F(Import, ARecentPlayAcrossNewYearIsCovered) {
  poll({recent("2024-01-01T00:00:30Z", "a")}, 1);
  const auto books = import({{extended("2023-12-31T23:59:50Z", "a")}});
  EXPECT_EQ(books.displaced, 1);
  EXPECT_THAT(lake_.view().play_years(), ElementsAre(2023));
}

TEST_F(Import, ARecentPlayFollowsThePlayThatTheExportTellsBeforeIt) {
  poll({recent("2024-01-01T00:01:00Z", "a")}, 1);
  EXPECT_EQ(plays().at(0).ms_played, 200'000);
  import({{ extended("2023-12-31T23:59:50Z", "b") }});
  EXPECT_EQ(plays().at(1).ms_played, 70'000);
}

TEST_F(Import, CheckingTellsWhatTheLakeLacksAndWritesNothing) {
  const auto exports = an_export({{extended("2024-06-30T22:30:00Z", "a")}});
  EXPECT_EQ(check_import(lake_.view(), exports, zone_).total.stored, 1);
  EXPECT_THAT(plays(), IsEmpty());
  import(exports);
  EXPECT_EQ(check_import(lake_.view(), exports, zone_).total.stored, 0);
}

TEST_F(Import, TheYearsOfTheExportAreThoseOfTheListener) {
  auto podcast = extended("2024-06-30T22:30:00Z", "p");
  podcast.kind = "episode";
  const auto books = import({{extended("2023-12-31T23:30:00Z", "a", 90'000),
                              extended("2024-02-01T10:00:00Z", "a", 60'000),
                              extended("2024-02-01T10:02:00Z", "b", 100'000), podcast}});
  ASSERT_THAT(books.years, SizeIs(1));
  EXPECT_EQ(books.years[0].year, 2024);  // half past midnight in Berlin
  EXPECT_EQ(books.years[0].plays, 3);
  EXPECT_EQ(books.years[0].minutes, 4);
  EXPECT_EQ(books.years[0].tracks, 2);
  EXPECT_EQ(books.years[0].top_artist, "Artist of a");
}

/// A gap from 10:00 to 12:00 of 1 March.
class ImportOverGap : public Import {
 protected:
  ImportOverGap() {
    poll({recent("2024-03-01T10:00:00Z", "a")}, 1);
    poll({recent("2024-03-01T12:00:00Z", "b")}, 50);
    EXPECT_THAT(gaps(), SizeIs(1));
  }
};

TEST_F(ImportOverGap, AnExportThatEnclosesTheGapClosesIt) {
  const auto books =
      import({{extended("2024-03-01T10:00:00Z", "a")}, {extended("2024-03-01T12:00:00Z", "b")}});
  EXPECT_EQ(books.gaps_closed, 1);
  EXPECT_THAT(gaps(), IsEmpty());
}

TEST_F(ImportOverGap, AnExportThatEndsWithinTheGapLeavesIt) {
  const auto books =
      import({{extended("2024-03-01T09:00:00Z", "a"), extended("2024-03-01T11:59:59Z", "c")}});
  EXPECT_EQ(books.gaps_closed, 0);
  EXPECT_THAT(gaps(), SizeIs(1));
}

TEST_F(ImportOverGap, AnExportThatBeginsWithinTheGapLeavesIt) {
  import({{ extended("2024-03-01T10:00:01Z", "c"), extended("2024-03-01T14:00:00Z", "c") }});
  EXPECT_THAT(gaps(), SizeIs(1));
}

TEST_F(ImportOverGap, TwoSourcesDoNotCloseAGapTogether) {
  import({{extended("2024-03-01T09:00:00Z", "c"), extended("2024-03-01T11:00:00Z", "c")},
          { account("2024-03-01T11:00:00Z", "d"),
            account("2024-03-01T14:00:00Z", "d") }});
  EXPECT_THAT(gaps(), SizeIs(1));
}

TEST_F(ImportOverGap, TwoImportsDoNotCloseAGapTogether) {
  import({{ extended("2024-03-01T09:00:00Z", "c"), extended("2024-03-01T11:00:00Z", "c") }});
  import({{ extended("2024-03-01T11:00:00Z", "d"), extended("2024-03-01T14:00:00Z", "d") }});
  EXPECT_THAT(gaps(), SizeIs(1));
}

TEST_F(ImportOverGap, CheckingTellsTheGapsThatWouldClose) {
  const auto exports =
      an_export({{account("2024-03-01T09:00:00Z", "c"), account("2024-03-01T14:00:00Z", "c")}});
  EXPECT_EQ(check_import(lake_.view(), exports, zone_).gaps_closed, 1);
  EXPECT_THAT(gaps(), SizeIs(1));
}

}  // namespace
}  // namespace soundlake::history
