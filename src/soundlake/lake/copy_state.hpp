// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/lake/manifest.hpp"
#include "soundlake/store/store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace soundlake::lake {

/// What a load finds at the place it goes to, as far as it knows without looking at objects.
struct CopyState {
  std::optional<Head> head;  ///< none: nothing is there yet
  std::string head_etag;
  /// The state there and those the lake had since, the newest apart. What is the same in all of
  /// them is the same there, whatever load was stopped in between.
  std::vector<Manifest> since;
  /// Earlier states as well, to know what is ours.
  std::vector<Manifest> known;
  /// Nobody can say from manifests alone what lies there.
  bool unknown = false;
};

/// @param with_history fills `known` even when the newest state is there
/// Throws Error{refused} when the place holds another lake, or went on by itself.
CopyState look_at_copy(store::Store& from, store::Store& to, const Head& source,
                       const Manifest& target, bool with_history);

/// Whether one of the manifests names the key.
bool names(const std::vector<Manifest>& manifests, const std::string& key);

}  // namespace soundlake::lake
