// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/lake/manifest.hpp"
#include "soundlake/store/store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace soundlake::lake {

/// What a lake holds at one moment: the state its HEAD names, with the objects that unfinished
/// commits have put in place already.
struct Snapshot {
  Head head;
  std::string head_etag;
  Manifest manifest;                   ///< of HEAD; empty before the first commit
  std::vector<Txn> txns;               ///< open, by id
  std::vector<Manifest> coming;        ///< later ones than HEAD's, which a load puts first
  std::vector<ManifestEntry> objects;  ///< as they lie in the store, by key

  /// Whether the store holds something that HEAD does not name yet.
  bool adopted() const { return objects != manifest.objects; }
  /// Whether nobody wrote anything between the two.
  bool same_state(const Snapshot& other) const;
};

/// The newest state; nothing when the store has no HEAD.json.
/// @param own txns of the caller, which count as open even when somebody has removed their files
/// Throws what parse_head and parse_manifest throw, and Error{data} when a manifest is missing.
std::optional<Snapshot> read_snapshot(store::Store& store, const std::vector<Txn>& own = {});

/// How errors name an object: the store's address and the key.
std::string where(const store::Store& store, const std::string& key);

}  // namespace soundlake::lake
