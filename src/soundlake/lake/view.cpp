// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/error.hpp"
#include "soundlake/base/hash.hpp"
#include "soundlake/lake/lake.hpp"
#include "soundlake/lake/tables.hpp"
#include "soundlake/lake/view_state.hpp"

#include <algorithm>
#include <iterator>

namespace soundlake::lake {
namespace {

/// Each reload follows a commit that really happened, so this many in a row mean a very busy lake.
constexpr int kReloads = 20;

}  // namespace

std::optional<store::StoredObject> ViewState::read(const std::string& key) {
  for (int reloads = 0;; ++reloads) {
    const auto* const entry = find_entry(now().objects, key);
    if (entry == nullptr) return std::nullopt;
    auto object = store->get(key);
    if (object && base::sha256_hex(object->bytes) == entry->sha256) {
      etags[key] = object->etag;
      return object;
    }
    auto newest = read_snapshot(*store, own);
    const bool moved_on = newest && !newest->same_state(now());
    if (!moved_on) {
      throw Error(
          ErrorKind::data,
          where(*store, key) + (object ? " is not what the lake's manifest says"
                                       : " is missing, which the lake's manifest names"),
          "something else than soundlake changed it: restore this file from a backup of the lake");
    }
    if (pinned || reloads == kReloads) {
      throw Error(ErrorKind::conflict, where(*store, key) + " was replaced meanwhile",
                  "run the command again when the other soundlake has ended");
    }
    states.push_back(std::move(*newest));
  }
}

std::string ViewState::etag_of(const std::string& key) {
  const auto known = etags.find(key);
  if (known != etags.end()) return known->second;
  const auto object = read(key);
  return object ? object->etag : std::string();
}

const LakeIdentity& View::identity() const& {
  return state_->now().head.identity;
}

LakeIdentity View::identity() && {
  return state_->now().head.identity;
}

const std::vector<ManifestEntry>& View::objects() const& {
  return state_->now().objects;
}

std::vector<ManifestEntry> View::objects() && {
  return state_->now().objects;
}

std::vector<OpenTxn> View::open_txns() const {
  std::vector<OpenTxn> open;
  for (const auto& txn : state_->now().txns) {
    open.push_back({.id = txn.id, .created_at = txn.created_at, .keys = {}});
    for (const auto& object : txn.objects) open.back().keys.push_back(object.key);
  }
  return open;
}

std::optional<std::string> View::object(const std::string& key) const {
  auto object = state_->read(key);
  if (!object) return std::nullopt;
  return std::move(object->bytes);
}

std::vector<int> View::play_years() const {
  std::vector<int> years;
  for (const auto& entry : objects()) {
    if (const auto year = year_of_plays_key(entry.key)) years.push_back(*year);
  }
  std::sort(years.begin(), years.end());
  return years;
}

std::vector<Play> View::plays_of(int year) const {
  const auto rows = state_->rows_at<Play>(plays_key(year));
  return rows ? *rows : std::vector<Play>();
}

PlayBatch View::play_batch(int year, const std::vector<std::string>& columns) const {
  const auto key = plays_key(year);
  const auto object = state_->read(key);
  if (!object) return {};
  return decode_play_batch(object->bytes, where(*state_->store, key), columns);
}

template <class Row>
std::vector<Row> View::rows_where(const std::function<bool(const Row&)>& wanted) const {
  const auto rows = shared_rows<Row>();
  std::vector<Row> found;
  std::copy_if(rows->begin(), rows->end(), std::back_inserter(found), wanted);
  return found;
}

template <class Row>
std::shared_ptr<const std::vector<Row>> View::shared_rows() const {
  auto rows = state_->rows_at<Row>(table_of<Row>().key);
  return rows ? rows : std::make_shared<const std::vector<Row>>();
}

template <class Row>
std::vector<Row> View::rows() const {
  const auto rows = state_->rows_at<Row>(table_of<Row>().key);
  return rows ? *rows : std::vector<Row>();
}

template <>
std::vector<Play> View::rows<Play>() const {
  std::vector<Play> plays;
  for (const int year : play_years()) {
    auto of_year = plays_of(year);
    plays.insert(plays.end(), std::make_move_iterator(of_year.begin()),
                 std::make_move_iterator(of_year.end()));
  }
  return plays;
}

template std::vector<Artist> View::rows() const;
template std::vector<Album> View::rows() const;
template std::vector<Track> View::rows() const;
template std::vector<TopArtist> View::rows() const;
template std::vector<TopTrack> View::rows() const;
template std::vector<ArtistAlbum> View::rows() const;
template std::vector<ArtistTopTrack> View::rows() const;
template std::vector<Fact> View::rows() const;
template std::vector<Gap> View::rows() const;
template std::vector<Run> View::rows() const;
template std::vector<Artist> View::rows_where(const std::function<bool(const Artist&)>&) const;
template std::vector<Album> View::rows_where(const std::function<bool(const Album&)>&) const;
template std::vector<Track> View::rows_where(const std::function<bool(const Track&)>&) const;
template std::shared_ptr<const std::vector<Artist>> View::shared_rows() const;
template std::shared_ptr<const std::vector<Album>> View::shared_rows() const;
template std::shared_ptr<const std::vector<Track>> View::shared_rows() const;

}  // namespace soundlake::lake
