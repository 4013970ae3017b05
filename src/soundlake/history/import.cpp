// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/import.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/history/catalogue.hpp"
#include "soundlake/history/gaps.hpp"
#include "soundlake/history/merge_exports.hpp"
#include "soundlake/history/year_totals.hpp"
#include "soundlake/lake/run_all.hpp"

#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <array>
#include <mutex>

namespace soundlake::history {
namespace {

void add(FileBooks& total, const FileBooks& file) {
  total.rows_read += file.rows_read;
  total.stored += file.stored;
  total.duplicates += file.duplicates;
  total.covered += file.covered;
  total.rejected += file.rejected;
}

void require_balance(const FileBooks& books) {
  if (books.rows_read == books.stored + books.duplicates + books.rejected) return;
  throw Error(
      ErrorKind::internal,
      fmt::format("of {} rows of {} {} were stored, {} are duplicates and {} were rejected",
                  books.rows_read, books.name, books.stored, books.duplicates, books.rejected),
      "nothing was imported; please report this");
}

FileBooks books_of(const ExportFile& file, const std::vector<Verdict>& verdicts) {
  FileBooks books{.name = file.name,
                  .format = file.format,
                  .rows_read = file.rows_read,
                  .rejected = file.rows_rejected};
  for (std::size_t row = file.first_row; row < file.first_row + file.plays; ++row) {
    switch (verdicts.at(row)) {
      case Verdict::none:
        break;
      case Verdict::stored:
        ++books.stored;
        break;
      case Verdict::covered:
        ++books.covered;
        ++books.duplicates;
        break;
      case Verdict::known:
      case Verdict::repeated:
        ++books.duplicates;
        break;
    }
  }
  require_balance(books);
  return books;
}

ImportBooks books_of(const ReadExports& exports, const MergedExports& merged,
                     const base::Zone& zone) {
  ImportBooks books;
  books.total.name = "all files";
  for (const auto& file : exports.files) {
    books.files.push_back(books_of(file, merged.verdicts));
    add(books.total, books.files.back());
  }
  books.displaced = merged.displaced;
  books.years = year_totals(exports.plays, merged.verdicts, zone);
  return books;
}

/// What the files of each source tell about, taken together: extended history and account data end
/// on different days.
std::vector<ToldRange> ranges_of(const ToldPlays& told) {
  std::array<std::optional<ToldRange>, 2> by_source;
  for (std::size_t row = 0; row < told.rows(); ++row) {
    if (told.source[row] == Source::recent) continue;
    const auto at = base::from_unix_ms(told.reported_at[row]);
    auto& range = by_source[told.source[row] == Source::extended ? 0 : 1];
    if (!range) range = ToldRange{.first = at, .last = at};
    range->first = std::min(range->first, at);
    range->last = std::max(range->last, at);
  }
  std::vector<ToldRange> ranges;
  for (const auto& range : by_source) {
    if (range) ranges.push_back(*range);
  }
  return ranges;
}

/// The gaps that stay open; counts the others.
std::vector<lake::Gap> open_gaps(std::vector<lake::Gap> gaps, const ToldPlays& told,
                                 ImportBooks& books) {
  const auto before = gaps.size();
  gaps = without_closed(std::move(gaps), ranges_of(told));
  books.gaps_closed = static_cast<std::int64_t>(before - gaps.size());
  return gaps;
}

/// Gives back to the system what the threads of a stage have freed: the C library keeps it for each
/// of them, and the next stage is done by others.
void give_back_memory() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

}  // namespace

ImportBooks apply_import(lake::Edit& edit, const ReadExports& exports, const base::Zone& zone) {
  const KnownPlays known{.years = edit.play_years(),
                         .plays_of = [&](int year) { return edit.play_batch(year); }};
  std::mutex mutex;
  std::vector<lake::EncodedPlays> changed;
  const auto merged =
      merge_exports(exports.plays, known, zone,
                    [&](int year, const YearRows& rows, const std::vector<TablePlay>& plays) {
                      auto encoded = lake::encode_year(year, batch_of(rows, plays));
                      const std::lock_guard lock(mutex);
                      changed.push_back(std::move(encoded));
                    });
  give_back_memory();
  for (auto& year : changed) edit.replace_plays(std::move(year));
  ImportBooks books;
  HeardMusic heard;
  lake::run_all({[&] { heard = hear(exports.plays, merged.verdicts); },
                 [&] { books = books_of(exports, merged, zone); }},
                exports.plays.rows() >= lake::kRowsWorthThreads);
  give_back_memory();
  auto gaps = open_gaps(edit.rows<lake::Gap>(), exports.plays, books);
  if (books.gaps_closed > 0) edit.replace(std::move(gaps));
  add_heard(edit, std::move(heard));
  give_back_memory();
  return books;
}

ImportBooks check_import(const lake::View& view, const ReadExports& exports,
                         const base::Zone& zone) {
  const KnownPlays known{.years = view.play_years(),
                         .plays_of = [&](int year) { return view.play_batch(year); }};
  const auto merged = merge_exports(exports.plays, known, zone,
                                    [](int, const YearRows&, const std::vector<TablePlay>&) {});
  auto books = books_of(exports, merged, zone);
  open_gaps(view.rows<lake::Gap>(), exports.plays, books);
  return books;
}

}  // namespace soundlake::history
