// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"
#include "soundlake/lake/codec.hpp"
#include "soundlake/lake/play_batch.hpp"
#include "soundlake/lake/rows.hpp"
#include "soundlake/store/store.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace soundlake::lake {

/// An object of the lake as its manifest names it.
struct ManifestEntry {
  std::string key;
  std::uint64_t size = 0;
  std::string sha256;
  std::optional<std::int64_t> rows;  ///< of tables
  friend bool operator==(const ManifestEntry&, const ManifestEntry&) = default;
};

/// What a lake says about itself in `_soundlake/HEAD.json`.
struct LakeIdentity {
  std::string lake_id;
  std::string timezone;                ///< IANA name
  std::optional<std::string> account;  ///< salted hash of the account, once known
  bool simulated = false;              ///< made by `demo`; never mixed with a real lake
  /// Its owner promised to be the only writer, in a store that ignores preconditions.
  bool single_writer = false;
  friend bool operator==(const LakeIdentity&, const LakeIdentity&) = default;
};

struct Txn;          // manifest.hpp
struct ViewState;    // view_state.hpp, of this room alone
struct EditChanges;  // edit_changes.hpp, of this room alone

/// A commit that has begun and not ended: its writer is at work, or was stopped.
struct OpenTxn {
  std::string id;
  base::Instant created_at;
  std::vector<std::string> keys;  ///< the objects it is about
};

/// One consistent state of the lake: what one HEAD names together, plus what an unfinished commit
/// of another writer has already put in its place. Reading is lazy and checked by hash: an object
/// that is not what its manifest says is looked up in the newest state (a commit may have ended
/// meanwhile), else Error{data} names it. One thread at a time; copies share what has been read.
class View {
 public:
  const LakeIdentity& identity() const&;
  LakeIdentity identity() &&;
  /// Commits that have begun and not ended, by id.
  std::vector<OpenTxn> open_txns() const;
  /// All objects, by key.
  const std::vector<ManifestEntry>& objects() const&;
  std::vector<ManifestEntry> objects() &&;
  /// The rows of a table (of `plays` all years), sorted as docs/lake.md says; empty when the lake
  /// has none.
  template <class Row>
  std::vector<Row> rows() const;
  /// The same without a copy; never null.
  template <class Row>
  std::shared_ptr<const std::vector<Row>> shared_rows() const;
  /// Copies of the rows that `wanted` picks, in order. Instantiated for Artist, Album and Track.
  template <class Row>
  std::vector<Row> rows_where(const std::function<bool(const Row&)>& wanted) const;
  /// The plays of one UTC year.
  std::vector<Play> plays_of(int year) const;
  /// The same as columns (the chosen ones, all when none is named). Nothing of it is kept here.
  PlayBatch play_batch(int year, const std::vector<std::string>& columns = {}) const;
  /// The UTC years that have plays, ascending.
  std::vector<int> play_years() const;
  /// The bytes of an object, e.g. "exports/top_artists_info.json"; nothing when the lake has none.
  std::optional<std::string> object(const std::string& key) const;

 private:
  friend class Lake;
  friend class Edit;
  std::shared_ptr<ViewState> state_;
};

template <>
std::vector<Play> View::rows<Play>() const;

/// What a commit is made of: the state it starts from and the changes put so far.
class Edit {
 public:
  /// The state to merge with: the newest one, also when the commit had to begin again.
  const View& view() const { return view_; }
  /// The rows as they stand in this edit (changed ones included).
  template <class Row>
  std::vector<Row> rows() const;
  /// The same without a copy; never null.
  template <class Row>
  std::shared_ptr<const std::vector<Row>> shared_rows() const;
  /// Copies of the rows that `wanted` picks; see View::rows_where.
  template <class Row>
  std::vector<Row> rows_where(const std::function<bool(const Row&)>& wanted) const;
  std::vector<Play> plays_of(int year) const;
  /// The same as columns; see View::play_batch.
  PlayBatch play_batch(int year, const std::vector<std::string>& columns = {}) const;
  /// The UTC years that have plays in this edit, ascending.
  std::vector<int> play_years() const;
  /// The table holds exactly these rows from now on; they are sorted here. Equal rows to what is
  /// there change nothing.
  template <class Row>
  void replace(std::vector<Row> rows);
  /// The same for rows that are in the table's order already, for a table that has none yet: they
  /// are made again whenever they are asked for, instead of being held until the commit. Throws
  /// Error{internal} when the lake has rows there. Instantiated for Track.
  template <class Row>
  void fill(RowSource<Row> rows);
  /// The same for the plays of one UTC year.
  void replace_plays(int year, std::vector<Play> plays);
  /// The same for plays that are encoded already, see encode_year.
  void replace_plays(EncodedPlays plays);
  /// An object outside the tables, below `exports/` or `raw/`. Equal bytes change nothing.
  void put(const std::string& key, std::string bytes);
  /// Takes an object or a whole table out of the lake; one that is not there changes nothing.
  void remove(const std::string& key);
  /// The lake belongs to this account from now on. Throws Error{refused} when it belongs to
  /// another.
  void claim_account(std::string_view account_id);
  void set_timezone(const std::string& zone);
  /// Payload lines (one JSON text each) as a service sent them, for
  /// `raw/<service>/<day>.ndjson.zst`. They are written only when the commit changes a table, and
  /// swept after 30 days.
  void add_raw(const std::string& service, const std::vector<std::string>& lines);
  /// Whether a table or an export changes (runs/ and raw/ do not count): whether it is worth a
  /// commit.
  bool changed() const;

 private:
  friend class Lake;
  explicit Edit(View view);
  View view_;
  std::shared_ptr<EditChanges> changes_;
};

template <>
std::vector<Play> Edit::rows<Play>() const;
template <>
void Edit::replace<Play>(std::vector<Play> rows);

struct RunInfo {
  std::string command;
  base::Instant started_at;
  std::string counts = "{}";    ///< JSON
  std::string requests = "{}";  ///< JSON
};

struct CommitOptions {
  /// For `forget`: takes all of `raw/` out as well, and afterwards every manifest but the newest
  /// and every txn that is over, so that no older state can be reached through the lake. It purges
  /// even when `build` changes nothing, so that a purge that was stopped is finished by the next
  /// one.
  bool purge = false;
};

struct CommitResult {
  bool committed = false;                ///< false: nothing changed, nothing written
  std::vector<std::string> changed;      ///< keys written or removed, by key (tables and exports)
  std::vector<std::string> not_removed;  ///< what a purge could not delete: key and cause
};

/// A person's lake in a store. See docs/lake.md for the files and the commit.
class Lake {
 public:
  struct CreateOptions {
    std::string timezone;
    bool simulated = false;
    bool single_writer = false;  ///< see LakeIdentity
  };

  /// The lake in this store. Throws Error{refused} when there is none, when it was written by a
  /// newer format, or when the store holds something else under `_soundlake/`.
  static Lake open(std::shared_ptr<store::Store> store, base::Clock clock);
  /// Whether the store holds a lake.
  static bool exists(store::Store& store);
  /// The lake in this store, claimed there (HEAD.json, If-None-Match) when there is none yet.
  /// Throws Error{refused} when `simulated` differs from what the lake is.
  static Lake open_or_create(std::shared_ptr<store::Store> store, base::Clock clock,
                             const CreateOptions& options);

  /// The newest state.
  View view() const;
  store::Store& store() const { return *store_; }

  /// Calls `build` with the newest state and writes what it changed: txn, objects, manifest, HEAD
  /// by compare-and-swap. When another writer came first it begins again with the newer state, so
  /// `build` may be called several times and must not keep anything between the calls. What an
  /// unfinished commit left behind is adopted: taken as it stands and committed with this one.
  /// Returns without writing anything when nothing changed (tables, exports, the zone).
  /// Throws what `build` and the store throw; Error{conflict} when others keep being first;
  /// Error{refused} when a file that is not the lake's lies where an object has to go.
  CommitResult commit(const RunInfo& run, const std::function<void(Edit&)>& build,
                      const CommitOptions& options = {});

 private:
  Lake(std::shared_ptr<store::Store> store, base::Clock clock);
  View open_view(const std::vector<Txn>& own) const;
  std::shared_ptr<store::Store> store_;
  base::Clock clock_;
};

}  // namespace soundlake::lake
