// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/error.hpp"
#include "soundlake/base/hash.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/lake/edit_changes.hpp"
#include "soundlake/lake/lake.hpp"
#include "soundlake/lake/raw.hpp"
#include "soundlake/lake/tables.hpp"
#include "soundlake/lake/view_state.hpp"
#include "soundlake/store/store_key.hpp"

#include <algorithm>
#include <future>
#include <iterator>
#include <set>

namespace soundlake::lake {
namespace {

/// From this many rows on, encoding them is worth a thread of its own.
constexpr std::size_t kRowsWorthAThread = 10'000;

/// The rows under this key as they stand in the edit; null when there is no such object.
template <class Row>
std::shared_ptr<const std::vector<Row>> current_rows(ViewState& state, const EditChanges& changes,
                                                     const std::string& key) {
  const auto changed = changes.objects.find(key);
  if (changed == changes.objects.end()) return state.rows_at<Row>(key);
  const auto& change = changed->second;
  if (change.source) {
    const auto& source = *static_cast<const RowSource<Row>*>(change.source.get());
    return std::make_shared<const std::vector<Row>>(source.all());
  }
  if (!change.rows && change.bytes) {
    return std::make_shared<const std::vector<Row>>(decode<Row>(*change.bytes(), key));
  }
  return std::static_pointer_cast<const std::vector<Row>>(change.rows);
}

/// @param keep_empty whether an existing table without rows stays as an empty file
template <class Row>
void replace_at(ViewState& state, EditChanges& changes, const std::string& key,
                std::vector<Row> rows, bool keep_empty) {
  sort_rows(rows);
  const auto before = state.rows_at<Row>(key);
  if (before ? *before == rows : rows.empty()) {
    changes.objects.erase(key);
    return;
  }
  if (rows.empty() && !keep_empty) {
    changes.objects[key] = {};
    return;
  }
  const auto after = std::make_shared<const std::vector<Row>>(std::move(rows));
  changes.objects[key] = {
      .bytes = [after] { return std::make_shared<const std::string>(encode(*after)); },
      .rows = after,
      .source = {},
      .row_count = static_cast<std::int64_t>(after->size())};
}

}  // namespace

Edit::Edit(View view) : view_(std::move(view)), changes_(std::make_shared<EditChanges>()) {}

template <class Row>
std::shared_ptr<const std::vector<Row>> Edit::shared_rows() const {
  auto rows = current_rows<Row>(*view_.state_, *changes_, table_of<Row>().key);
  return rows ? rows : std::make_shared<const std::vector<Row>>();
}

template <class Row>
std::vector<Row> Edit::rows() const {
  const auto rows = current_rows<Row>(*view_.state_, *changes_, table_of<Row>().key);
  return rows ? *rows : std::vector<Row>();
}

std::vector<Play> Edit::plays_of(int year) const {
  const auto rows = current_rows<Play>(*view_.state_, *changes_, plays_key(year));
  return rows ? *rows : std::vector<Play>();
}

std::vector<int> Edit::play_years() const {
  std::set<int> years;
  for (const int year : view_.play_years()) years.insert(year);
  for (const auto& [key, change] : changes_->objects) {
    const auto year = year_of_plays_key(key);
    if (!year) continue;
    if (change.bytes) {
      years.insert(*year);
    } else {
      years.erase(*year);
    }
  }
  return {years.begin(), years.end()};
}

template <>
std::vector<Play> Edit::rows<Play>() const {
  std::vector<Play> plays;
  for (const int year : play_years()) {
    auto of_year = plays_of(year);
    plays.insert(plays.end(), std::make_move_iterator(of_year.begin()),
                 std::make_move_iterator(of_year.end()));
  }
  return plays;
}

template <class Row>
void Edit::replace(std::vector<Row> rows) {
  replace_at(*view_.state_, *changes_, table_of<Row>().key, std::move(rows), true);
}

template <class Row>
void Edit::fill(RowSource<Row> rows) {
  const auto& key = table_of<Row>().key;
  const auto before = view_.state_->rows_at<Row>(key);
  if (before && !before->empty()) {
    throw Error(ErrorKind::internal, "'" + key + "' has rows and is not to be filled");
  }
  if (rows.count == 0) {
    changes_->objects.erase(key);
    return;
  }
  const auto source = std::make_shared<const RowSource<Row>>(std::move(rows));
  const auto encoded = [source] { return std::make_shared<const std::string>(encode(*source)); };
  // A long table is encoded while the commit is still being built.
  const std::shared_future begun = std::async(
      source->count < kRowsWorthAThread ? std::launch::deferred : std::launch::async, encoded);
  changes_->objects[key] = {.bytes = [begun] { return begun.get(); },
                            .rows = {},
                            .source = source,
                            .row_count = static_cast<std::int64_t>(source->count)};
}

template <class Row>
std::vector<Row> Edit::rows_where(const std::function<bool(const Row&)>& wanted) const {
  std::vector<Row> found;
  const auto changed = changes_->objects.find(table_of<Row>().key);
  if (changed != changes_->objects.end() && changed->second.source) {
    static_cast<const RowSource<Row>*>(changed->second.source.get())->each([&](const Row& row) {
      if (wanted(row)) found.push_back(row);
      return true;
    });
    return found;
  }
  const auto rows = shared_rows<Row>();
  std::copy_if(rows->begin(), rows->end(), std::back_inserter(found), wanted);
  return found;
}

void Edit::replace_plays(int year, std::vector<Play> plays) {
  for (const auto& play : plays) {
    if (base::utc_year(play.played_at) != year) {
      throw Error(ErrorKind::internal, "a play of " + base::format_utc(play.played_at) +
                                           " is no play of " + std::to_string(year));
    }
  }
  replace_at(*view_.state_, *changes_, plays_key(year), std::move(plays), false);
}

PlayBatch Edit::play_batch(int year, const std::vector<std::string>& columns) const {
  const auto key = plays_key(year);
  const auto changed = changes_->objects.find(key);
  if (changed == changes_->objects.end()) return view_.play_batch(year, columns);
  const auto& change = changed->second;
  return change.bytes ? decode_play_batch(*change.bytes(), key, columns) : PlayBatch();
}

void Edit::replace_plays(EncodedPlays plays) {
  const auto key = plays_key(plays.year);
  const auto* const known = find_entry(view_.objects(), key);
  const auto same_as_known = [&] {
    if (known == nullptr) return plays.rows == 0;
    if (known->rows != plays.rows) return false;
    if (known->sha256 == base::sha256_hex(plays.bytes)) return true;
    // Another version of Arrow may have written other bytes for the same rows.
    return same_rows(view_.play_batch(plays.year), decode_play_batch(plays.bytes, key));
  };
  if (same_as_known()) {
    changes_->objects.erase(key);
  } else if (plays.rows == 0) {
    changes_->objects[key] = {};
  } else {
    auto bytes = std::make_shared<const std::string>(std::move(plays.bytes));
    changes_->objects[key] = {
        .bytes = [bytes] { return bytes; }, .rows = {}, .source = {}, .row_count = plays.rows};
  }
}

template <>
void Edit::replace<Play>(std::vector<Play> rows) {
  std::map<int, std::vector<Play>> years;
  for (const int year : play_years()) years[year];
  for (auto& play : rows) years[base::utc_year(play.played_at)].push_back(std::move(play));
  for (auto& [year, plays] : years) replace_plays(year, std::move(plays));
}

void Edit::put(const std::string& key, std::string bytes) {
  if (!store::is_valid_key(key) || !(key.starts_with("exports/") || key.starts_with("raw/"))) {
    throw Error(ErrorKind::internal, "'" + key + "' is no key below exports/ or raw/");
  }
  const auto* const known = find_entry(view_.objects(), key);
  if (known != nullptr && known->size == bytes.size() && known->sha256 == base::sha256_hex(bytes)) {
    changes_->objects.erase(key);
    return;
  }
  auto after = std::make_shared<const std::string>(std::move(bytes));
  changes_->objects[key] = {
      .bytes = [after] { return after; }, .rows = {}, .source = {}, .row_count = {}};
}

void Edit::remove(const std::string& key) {
  changes_->objects.erase(key);
  if (find_entry(view_.objects(), key) != nullptr) changes_->objects[key] = {};
}

void Edit::claim_account(std::string_view account_id) {
  const auto& identity = view_.identity();
  // Salted with the lake's id, so that two lakes do not tell that they are one person's.
  const std::string hash = base::sha256_hex(identity.lake_id + std::string(account_id));
  const auto owner = changes_->account ? changes_->account : identity.account;
  if (owner && *owner != hash) {
    throw Error(
        ErrorKind::refused,
        "the lake in " + view_.state_->store->address() + " belongs to another Spotify account",
        "choose another lake with --lake or SOUNDLAKE_LAKE (several listeners can stand side by "
        "side in folders listener=<name>/), or sign in with the account it was made from");
  }
  changes_->account = hash;
}

void Edit::set_timezone(const std::string& zone) {
  if (zone.empty()) throw Error(ErrorKind::internal, "a lake needs a time zone");
  changes_->timezone = zone;
}

void Edit::add_raw(const std::string& service, const std::vector<std::string>& lines) {
  raw_key(service, base::Day());  // refuses what cannot be a part of the key
  auto& kept = changes_->raw[service];
  kept.insert(kept.end(), lines.begin(), lines.end());
}

bool Edit::changed() const {
  return std::any_of(changes_->objects.begin(), changes_->objects.end(),
                     [](const auto& change) { return !is_by_product(change.first); });
}

template std::vector<Artist> Edit::rows() const;
template std::vector<Album> Edit::rows() const;
template std::vector<Track> Edit::rows() const;
template std::vector<TopArtist> Edit::rows() const;
template std::vector<TopTrack> Edit::rows() const;
template std::vector<ArtistAlbum> Edit::rows() const;
template std::vector<ArtistTopTrack> Edit::rows() const;
template std::vector<Fact> Edit::rows() const;
template std::vector<Gap> Edit::rows() const;
template std::vector<Run> Edit::rows() const;
template std::shared_ptr<const std::vector<Artist>> Edit::shared_rows() const;
template std::shared_ptr<const std::vector<Album>> Edit::shared_rows() const;
template std::shared_ptr<const std::vector<Track>> Edit::shared_rows() const;
template std::vector<Artist> Edit::rows_where(const std::function<bool(const Artist&)>&) const;
template std::vector<Album> Edit::rows_where(const std::function<bool(const Album&)>&) const;
template std::vector<Track> Edit::rows_where(const std::function<bool(const Track&)>&) const;
template void Edit::fill(RowSource<Track> rows);
template void Edit::replace(std::vector<Artist> rows);
template void Edit::replace(std::vector<Album> rows);
template void Edit::replace(std::vector<Track> rows);
template void Edit::replace(std::vector<TopArtist> rows);
template void Edit::replace(std::vector<TopTrack> rows);
template void Edit::replace(std::vector<ArtistAlbum> rows);
template void Edit::replace(std::vector<ArtistTopTrack> rows);
template void Edit::replace(std::vector<Fact> rows);
template void Edit::replace(std::vector<Gap> rows);
template void Edit::replace(std::vector<Run> rows);

}  // namespace soundlake::lake
