// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/lake/lake.hpp"
#include "soundlake/store/store.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace soundlake::lake {

struct CopyOptions {
  bool verify =
      false;  ///< looks at every object there, and sends again what is not as it should be
  bool dry_run = false;        ///< writes nothing, and says what would be done
  bool purge = false;          ///< for `forget`: no older manifest stays there
  bool single_writer = false;  ///< see LakeIdentity; of the place copied to
  /// Nothing is read from the lake while something is on its way: both may use the same client.
  bool read_before_sending = false;
  /// Told of bytes sent and bytes to send, as objects arrive.
  std::function<void(std::int64_t, std::int64_t)> progress = {};
};

struct CopyResult {
  std::int64_t objects_total = 0;  ///< that the lake has
  std::int64_t objects_uploaded = 0;
  std::int64_t objects_unchanged = 0;
  std::int64_t objects_deleted = 0;
  std::int64_t bytes_uploaded = 0;
  std::vector<std::string> not_removed;  ///< key and cause
};

/// Makes the place hold what the lake holds; only what differs is sent. A new place is claimed
/// first. The manifest names what will be before any object is replaced, so that readers there can
/// tell what they find half-way; HEAD names it when all lies there; only then objects that the lake
/// has no more are deleted. What a load that was stopped left is found and used. Files that are not
/// the lake's are never touched. An unfinished commit of the lake itself is ended first.
///
/// Throws Error{refused} before anything is written when the place holds another lake or has
/// commits of its own, and when somebody's file lies where an object has to go.
CopyResult copy_lake(Lake& from, store::Store& to, const RunInfo& run, base::Instant now,
                     const CopyOptions& options);

}  // namespace soundlake::lake
