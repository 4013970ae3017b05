// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/import.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/history/merge_exports.hpp"
#include "soundlake/history/year_totals.hpp"

#include <fmt/format.h>

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
  for (auto& year : changed) edit.replace_plays(std::move(year));
  auto books = books_of(exports, merged, zone);
  return books;
}

ImportBooks check_import(const lake::View& view, const ReadExports& exports,
                         const base::Zone& zone) {
  const KnownPlays known{.years = view.play_years(),
                         .plays_of = [&](int year) { return view.play_batch(year); }};
  const auto merged = merge_exports(exports.plays, known, zone,
                                    [](int, const YearRows&, const std::vector<TablePlay>&) {});
  return books_of(exports, merged, zone);
}

}  // namespace soundlake::history
