// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"
#include "soundlake/lake/manifest.hpp"
#include "soundlake/store/store.hpp"

#include <string>
#include <vector>

/// Housekeeping after a commit. Nothing here can harm the lake when it fails half-way; what is left
/// is taken up by the next commit.
namespace soundlake::lake {

/// Manifests that stay, so that a state of before can be looked up.
inline constexpr std::size_t kKeptManifests = 20;

/// Whether a txn is over although its writer did not remove it: the store holds what the manifest
/// says for each of its keys, and either that is all it wanted, or it is older than an hour, after
/// which its writer is taken for gone.
bool is_over(store::Store& store, const Txn& txn, const Manifest& manifest, base::Instant now);

struct Tidied {
  std::vector<std::string> not_removed;  ///< key and cause
};

/// Removes the caller's own txns, those of `others` that are over, and all but the newest `keep`
/// manifests; the one HEAD names stays always.
Tidied tidy(store::Store& store, const Manifest& manifest, const std::vector<Txn>& own,
            const std::vector<Txn>& others, base::Instant now, std::size_t keep);

}  // namespace soundlake::lake
