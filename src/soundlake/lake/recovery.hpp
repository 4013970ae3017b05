// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"
#include "soundlake/lake/manifest.hpp"
#include "soundlake/store/store.hpp"

#include <cstddef>
#include <string>
#include <vector>

/// Housekeeping after a commit. Nothing here can harm the lake when it fails half-way; what is left
/// is taken up by the next commit.
namespace soundlake::lake {

/// Manifests that stay, so that a state of before can be looked up.
inline constexpr std::size_t kKeptManifests = 20;

/// Whether a manifest holds all that a txn wanted: its commit has ended, and only its file is left.
bool is_committed(const Txn& txn, const Manifest& manifest);

/// Whether a txn whose writer was stopped is not needed any more: it is older than an hour, after
/// which its writer is taken for gone, and the store holds what the manifest says for its keys.
bool is_made_good(store::Store& store, const Txn& txn, const Manifest& manifest, base::Instant now);

struct TidyRequest {
  const Manifest& before;  ///< what the commit started from
  const Manifest& after;   ///< what HEAD names now
  const std::vector<Txn>& own;
  const std::vector<Txn>& others;
  base::Instant now;
  std::size_t keep_manifests = kKeptManifests;
};

struct Tidied {
  std::vector<std::string> not_removed;  ///< key and cause
};

/// Removes the caller's own txns, those of others that are over, and all but the newest manifests;
/// the one HEAD names stays always.
Tidied tidy(store::Store& store, const TidyRequest& request);

}  // namespace soundlake::lake
