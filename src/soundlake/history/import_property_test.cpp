// SPDX-License-Identifier: Apache-2.0
// Whatever way the rows of several sources come into a lake, it ends up the same, and as
// merge_plays says.
#include "soundlake/history/apply_recent.hpp"
#include "soundlake/history/import.hpp"
#include "soundlake/history/told_test_support.hpp"
#include "soundlake/store/memory_store.hpp"

#include <gmock/gmock.h>

#include <map>
#include <memory>
#include <random>

namespace soundlake::history {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

const base::Zone& berlin() {
  static const auto zone = base::Zone::named("Europe/Berlin");
  return zone;
}

lake::Lake new_lake() {
  return lake::Lake::open_or_create(std::make_shared<store::MemoryStore>(),
                                    base::fixed_clock(*base::parse_utc("2026-03-01T16:00:00Z")),
                                    {.timezone = "Europe/Berlin", .simulated = false});
}

std::map<std::string, std::string> plays_objects(const lake::Lake& lake) {
  std::map<std::string, std::string> objects;
  for (const auto& entry : lake.view().objects()) {
    if (entry.key.starts_with("plays/")) objects[entry.key] = entry.sha256;
  }
  return objects;
}

std::size_t below(std::mt19937_64& random, std::size_t bound) {
  return random() % bound;
}

template <class Value>
void shuffle(std::vector<Value>& values, std::mt19937_64& random) {
  for (auto i = values.size(); i > 1; --i) std::swap(values[i - 1], values[below(random, i)]);
}

ImportBooks import(lake::Lake& lake, const ReadExports& exports) {
  ImportBooks books;
  lake.commit({.command = "import", .started_at = {}},
              [&](lake::Edit& edit) { books = apply_import(edit, exports, berlin()); });
  return books;
}

void poll(lake::Lake& lake, const std::vector<lake::Play>& rows) {
  lake.commit({.command = "extract", .started_at = {}}, [&](lake::Edit& edit) {
    apply_recent(edit, rows, berlin(), {.items = rows.size(), .polled_at = {}});
  });
}

lake::Play recent_row(base::Instant end, std::int64_t length, const std::string& song) {
  auto row = told_row("extended", end, length, song);
  row.source = "recent";
  row.reported_at = base::format_utc(end);
  return row;
}

void decorate(lake::Play& row, std::mt19937_64& random) {
  if (below(random, 3) == 0) row.country = "DE";
  if (below(random, 3) == 0) row.platform = "android";
  if (below(random, 4) == 0) row.shuffle = below(random, 2) == 0;
  if (below(random, 6) == 0) row.spotify_uri.reset();
  if (below(random, 15) == 0) row.track_name = row.artist_name = row.album_name = std::nullopt;
}

/// Rows crowded into the minutes around New Year, so that every rule is met often, and a few far
/// from there.
std::vector<lake::Play> crowded(const std::vector<std::string>& sources, std::mt19937_64& random) {
  const auto midnight = *base::parse_utc("2026-01-01T00:00:00Z");
  std::vector<lake::Play> rows;
  for (std::size_t i = 0, count = 1 + below(random, 40); i < count; ++i) {
    const auto& source = sources[below(random, sources.size())];
    base::Instant end = midnight + milliseconds(below(random, 600'000)) - milliseconds(300'000);
    if (below(random, 5) == 0) end -= std::chrono::days(below(random, 800));
    const auto song = std::string(1, static_cast<char>('a' + below(random, 3)));
    const auto ms = static_cast<std::int64_t>(below(random, 3)) * 40'000;
    if (source == "recent") {
      rows.push_back(recent_row(end, ms, song));
      continue;
    }
    rows.push_back(source == "account"
                       ? told_row(source, std::chrono::floor<minutes>(end), ms, song)
                       : told_row(source, std::chrono::floor<seconds>(end), ms, song));
    if (source == "extended") decorate(rows.back(), random);
    if (source == "extended" && below(random, 8) == 0) {
      // An offline play: reported long after its end.
      const auto shift = milliseconds(below(random, 100'000'000));
      rows.back().played_at -= shift;
      rows.back().started_at -= shift;
    }
  }
  return rows;
}

/// Brings the rows into a lake in a random order and random portions, some of them again; exports
/// come as files of random sizes.
lake::Lake lake_made_in_any_way(std::vector<lake::Play> rows, std::mt19937_64& random) {
  auto lake = new_lake();
  shuffle(rows, random);
  for (std::size_t at = 0; at < rows.size();) {
    const auto size = std::min(rows.size() - at, 1 + below(random, 15));
    std::vector<lake::Play> portion(rows.begin() + static_cast<std::ptrdiff_t>(at),
                                    rows.begin() + static_cast<std::ptrdiff_t>(at + size));
    if (below(random, 2) == 0) portion.push_back(rows[below(random, at + size)]);
    std::vector<lake::Play> polled;
    std::vector<std::vector<lake::Play>> files(1);
    for (auto& row : portion) {
      if (row.source == "recent") {
        polled.push_back(row);
      } else {
        if (below(random, 4) == 0) files.emplace_back();
        files.back().push_back(row);
      }
    }
    if (!polled.empty()) poll(lake, polled);
    const auto books = import(lake, an_export(files));
    EXPECT_EQ(books.total.rows_read, books.total.stored + books.total.duplicates);
    at += size;
  }
  return lake;
}

/// What the readable reference makes of all rows at once.
std::vector<lake::Play> reference(const std::vector<lake::Play>& rows) {
  std::vector<lake::Play> plays;
  for (auto& [year, of_year] : merge_plays({}, rows, berlin()).years) {
    plays.insert(plays.end(), of_year.begin(), of_year.end());
  }
  return plays;
}

class ImportProperty : public testing::TestWithParam<std::vector<std::string>> {};

TEST_P(ImportProperty, AnyOrderSplitAndRepetitionGivesTheTableOfTheReference) {
  std::mt19937_64 random(20260101);
  for (int round = 0; round < 15; ++round) {
    const auto rows = crowded(GetParam(), random);
    const auto lake = lake_made_in_any_way(rows, random);
    ASSERT_EQ(lake.view().rows<lake::Play>(), reference(rows)) << "round " << round;
    const auto other = lake_made_in_any_way(rows, random);
    ASSERT_EQ(plays_objects(other), plays_objects(lake)) << "round " << round;
  }
}

INSTANTIATE_TEST_SUITE_P(Sources, ImportProperty,
                         testing::Values(std::vector<std::string>{"extended"},
                                         std::vector<std::string>{"account"},
                                         std::vector<std::string>{"extended", "account"},
                                         std::vector<std::string>{"extended", "recent"},
                                         std::vector<std::string>{"account", "recent"}));

}  // namespace
}  // namespace soundlake::history
