// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/lake/edit_changes.hpp"
#include "soundlake/lake/lake.hpp"
#include "soundlake/lake/manifest.hpp"
#include "soundlake/lake/view_state.hpp"
#include "soundlake/store/store.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace soundlake::lake {

/// One object to write, or to remove when there are no bytes.
struct Step {
  std::string key;
  std::shared_ptr<const std::string> bytes;
  store::Precondition precondition;  ///< the version that was merged
};

/// Everything a commit writes, worked out before the first byte of it is written.
struct Plan {
  std::vector<Step> steps;  ///< by key
  Txn txn;
  Manifest manifest;
  Head head;
  std::vector<std::string> changed;  ///< keys of tables and exports
};

struct PlanRequest {
  const RunInfo& run;
  const std::string& run_id;  ///< the same whenever the commit begins again: a run is one row
  base::Instant now;
  bool purge = false;
  /// What an attempt that lost has changed already: another writer may have committed it for us.
  std::vector<std::string> already_changed;
};

/// What turns the state into what the edit wants; nothing when there is nothing to write.
std::optional<Plan> make_plan(ViewState& state, const EditChanges& changes,
                              const PlanRequest& request);

}  // namespace soundlake::lake
