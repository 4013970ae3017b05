// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/error.hpp"
#include "soundlake/base/hash.hpp"
#include "soundlake/base/log.hpp"
#include "soundlake/lake/edit_changes.hpp"
#include "soundlake/lake/lake.hpp"
#include "soundlake/lake/plan.hpp"
#include "soundlake/lake/recovery.hpp"
#include "soundlake/lake/view_state.hpp"

#include <set>

namespace soundlake::lake {
namespace {

/// Whoever loses has been overtaken by a commit that was written, so this many in a row mean that
/// something else is wrong.
constexpr int kTries = 40;

/// One commit over all its attempts.
struct Attempts {
  std::vector<Txn> own;              ///< txns whose objects lie in the store
  std::vector<std::string> written;  ///< what an attempt that lost changed before it lost
};

/// A file that neither the manifest nor a txn knows lies where an object has to go. It may be a
/// commit that began meanwhile (false: begin again); otherwise it is somebody's.
bool may_create(store::Store& store, const Plan& plan, const ViewState& state) {
  std::set<std::string> folders;
  std::set<std::string> created;
  for (const auto& step : plan.steps) {
    if (step.precondition.kind != store::Precondition::Kind::absent) continue;
    created.insert(step.key);
    folders.insert(step.key.substr(0, step.key.rfind('/') + 1));
  }
  for (const auto& folder : folders) {
    for (const auto& info : store.list(folder)) {
      if (!created.contains(info.key)) continue;
      const auto newest = read_snapshot(store, state.own);
      if (!newest || !newest->same_state(state.now())) return false;
      throw Error(ErrorKind::refused,
                  where(store, info.key) + " is not the lake's, and the lake needs this place",
                  "move that file away, or choose another folder for the lake");
    }
  }
  return true;
}

/// The account stands in HEAD before the first object that comes from it, so that an attempt that
/// dies cannot leave rows that another account would then take for its own.
bool claim(store::Store& store, ViewState& state, const Head& head) {
  Snapshot& now = state.states.back();
  if (head.identity.account == now.head.identity.account) return true;
  Head claimed = now.head;
  claimed.copy = false;
  claimed.identity.account = head.identity.account;
  const auto etag =
      store.put(kHeadKey, to_json(claimed), store::Precondition::matches(now.head_etag));
  if (!etag) return false;
  now.head = std::move(claimed);
  now.head_etag = *etag;
  return true;
}

bool write_step(store::Store& store, const Step& step) {
  if (!step.bytes) return store.remove(step.key, step.precondition);
  return store.put(step.key, *step.bytes, step.precondition).has_value();
}

/// Writes the plan; false when another writer was first somewhere.
bool write(store::Store& store, const Plan& plan, ViewState& state, Attempts& attempts) {
  if (!may_create(store, plan, state) || !claim(store, state, plan.head)) return false;
  const std::string txn = txn_key(plan.txn.id);
  if (!store.put(txn, to_json(plan.txn), store::Precondition::absent())) return false;
  attempts.own.push_back(plan.txn);
  bool wrote = false;
  for (const auto& step : plan.steps) {
    // Others remove the txn of a writer that has been silent for an hour (a laptop that slept):
    // without it nobody would accept what is written now.
    if (!store.get(txn) || !write_step(store, step)) {
      if (!wrote) {
        store.remove(txn, store::Precondition::none());
        attempts.own.pop_back();
      }
      return false;
    }
    wrote = true;
    if (attempts.written.empty()) attempts.written = plan.changed;
  }
  const std::string manifest = manifest_key(plan.manifest.id);
  if (!store.put(manifest, to_json(plan.manifest), store::Precondition::absent())) return false;
  const auto swapped =
      store.put(kHeadKey, to_json(plan.head), store::Precondition::matches(state.now().head_etag));
  if (!swapped) store.remove(manifest, store::Precondition::none());
  return swapped.has_value();
}

}  // namespace

CommitResult Lake::commit(const RunInfo& run, const std::function<void(Edit&)>& build,
                          const CommitOptions& options) {
  const std::string run_id = base::to_hex(base::random_bytes(8));
  const std::size_t keep = options.purge ? 1 : kKeptManifests;
  Attempts attempts;
  const auto begin = [&] {
    View view = open_view(attempts.own);
    view.state_->pinned = true;
    return view;
  };
  for (int tries = 0; tries < kTries; ++tries) {
    try {
      const View view = begin();
      ViewState& state = *view.state_;
      Edit edit(view);
      build(edit);
      const PlanRequest request{.run = run,
                                .run_id = run_id,
                                .now = clock_(),
                                .purge = options.purge,
                                .already_changed = attempts.written};
      const auto plan = make_plan(state, *edit.changes_, request);
      if (plan && !write(*store_, *plan, state, attempts)) continue;
      CommitResult result{.committed = plan.has_value(), .changed = {}, .not_removed = {}};
      if (plan) result.changed = plan->changed;
      if (!plan && !attempts.own.empty()) {
        // Another writer has adopted and committed everything this one had written.
        result.committed = true;
        result.changed = attempts.written;
      }
      if (result.committed || options.purge) {
        const auto tidied = tidy(*store_, {.before = state.now().manifest,
                                           .after = plan ? plan->manifest : state.now().manifest,
                                           .own = attempts.own,
                                           .others = state.now().txns,
                                           .now = request.now,
                                           .keep_manifests = keep});
        if (options.purge) result.not_removed = tidied.not_removed;
        for (const auto& left : tidied.not_removed) base::log_debug("stays for now: " + left);
      }
      return result;
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::conflict) throw;
    }
  }
  throw Error(ErrorKind::conflict,
              "other runs of soundlake keep changing the lake in " + store_->address(),
              "wait until they have ended, then run the same command again");
}

}  // namespace soundlake::lake
