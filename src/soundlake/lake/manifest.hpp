// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"
#include "soundlake/lake/lake.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The three kinds of JSON files below `_soundlake/`. Readers take fields they do not know and
/// refuse a format that is newer than theirs: Error{refused}.
namespace soundlake::lake {

/// Of HEAD.json, manifests and txns. It grows when an older soundlake could no longer read the lake
/// or would harm it.
inline constexpr std::int64_t kLakeFormat = 1;

inline constexpr const char* kLakeFolder = "_soundlake/";
inline constexpr const char* kHeadKey = "_soundlake/HEAD.json";
inline constexpr const char* kManifestFolder = "_soundlake/manifests/";
inline constexpr const char* kTxnFolder = "_soundlake/txn/";

/// The one file that is swapped: it names the state of the lake.
struct Head {
  LakeIdentity identity;
  std::optional<std::string> manifest;  ///< id; none in a lake without a commit
  /// This state was loaded here from another place; whoever commits here ends that.
  bool copy = false;
  friend bool operator==(const Head&, const Head&) = default;
};

/// The objects that belong together, by key.
struct Manifest {
  std::string id;
  std::int64_t generation = 0;  ///< commits since the lake began
  std::vector<ManifestEntry> objects;
  friend bool operator==(const Manifest&, const Manifest&) = default;
};

/// What a commit is about to do to one object.
struct TxnObject {
  std::string key;
  std::optional<ManifestEntry> after;  ///< none: it is removed
  friend bool operator==(const TxnObject&, const TxnObject&) = default;
};

struct Txn {
  std::string id;
  base::Instant created_at;
  std::vector<TxnObject> objects;  ///< by key
  friend bool operator==(const Txn&, const Txn&) = default;
};

/// An id for the manifest (and the txn) of this generation: sorts by generation, whatever clocks
/// say.
std::string new_commit_id(std::int64_t generation);
std::string manifest_key(const std::string& id);
std::string txn_key(const std::string& id);
/// The id in such a key; nothing for a key that is no manifest's or txn's.
std::optional<std::string> id_of_key(std::string_view key);

/// The generation in an id of new_commit_id(); 0 for an id that has none.
std::int64_t generation_in(std::string_view id);

std::string to_json(const Head& head);
std::string to_json(const Manifest& manifest);
std::string to_json(const Txn& txn);

/// Throws Error{refused} when the bytes are no HEAD.json of ours, or of a newer format.
/// @param where for people: the store's address and the key
Head parse_head(std::string_view bytes, const std::string& where);
/// Throws Error{data} for anything that cannot be a manifest (foreign keys, bad hashes, a key
/// twice).
Manifest parse_manifest(std::string_view bytes, const std::string& where);
Txn parse_txn(std::string_view bytes, const std::string& where);

/// The entry of this key among entries sorted by key; null when there is none.
const ManifestEntry* find_entry(const std::vector<ManifestEntry>& objects, std::string_view key);

}  // namespace soundlake::lake
