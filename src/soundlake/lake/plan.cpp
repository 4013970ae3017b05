// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/plan.hpp"

#include "soundlake/base/hash.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/base/version.hpp"
#include "soundlake/lake/raw.hpp"
#include "soundlake/lake/run_all.hpp"
#include "soundlake/lake/tables.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

namespace soundlake::lake {
namespace {

/// Collects the steps and the objects that the lake has after them.
class Steps {
 public:
  explicit Steps(ViewState& state) : state_(state) {
    for (const auto& entry : state.now().objects) after_[entry.key] = entry;
  }

  /// Bytes that are in place already are no step.
  /// @param sha256 of the bytes
  void put(const std::string& key, std::shared_ptr<const std::string> bytes, std::string sha256,
           std::optional<std::int64_t> rows) {
    ManifestEntry entry{
        .key = key, .size = bytes->size(), .sha256 = std::move(sha256), .rows = rows};
    const auto* const known = find_entry(state_.now().objects, key);
    if (known != nullptr && *known == entry) return;
    steps_[key] = {.key = key, .bytes = std::move(bytes), .precondition = precondition(key)};
    after_[key] = std::move(entry);
  }

  void remove(const std::string& key) {
    if (find_entry(state_.now().objects, key) == nullptr) return;
    steps_[key] = {.key = key, .bytes = {}, .precondition = precondition(key)};
    after_.erase(key);
  }

  void put(const std::string& key, std::string bytes, std::optional<std::int64_t> rows) {
    auto sha256 = base::sha256_hex(bytes);
    put(key, std::make_shared<const std::string>(std::move(bytes)), std::move(sha256), rows);
  }

  bool empty() const { return steps_.empty(); }

  std::vector<Step> in_order() && {
    std::vector<Step> steps;
    for (auto& [key, step] : steps_) steps.push_back(std::move(step));
    return steps;
  }

  std::vector<ManifestEntry> objects_after() const {
    std::vector<ManifestEntry> objects;
    for (const auto& [key, entry] : after_) objects.push_back(entry);
    return objects;
  }

 private:
  store::Precondition precondition(const std::string& key) {
    if (find_entry(state_.now().objects, key) == nullptr) return store::Precondition::absent();
    return store::Precondition::matches(state_.etag_of(key));
  }

  ViewState& state_;
  std::map<std::string, Step> steps_;
  std::map<std::string, ManifestEntry> after_;
};

/// Every object that differs between two states. What an unfinished commit put in place is among
/// them, so that the txn of this commit makes the older ones superfluous.
std::vector<TxnObject> differences(const std::vector<ManifestEntry>& before,
                                   const std::vector<ManifestEntry>& after) {
  std::map<std::string, std::optional<ManifestEntry>> changed;
  for (const auto& entry : before) {
    if (find_entry(after, entry.key) == nullptr) changed[entry.key] = std::nullopt;
  }
  for (const auto& entry : after) {
    const auto* const old = find_entry(before, entry.key);
    if (old == nullptr || *old != entry) changed[entry.key] = entry;
  }
  std::vector<TxnObject> objects;
  for (auto& [key, entry] : changed) objects.push_back({.key = key, .after = std::move(entry)});
  return objects;
}

std::vector<std::string> worth_telling(const std::vector<TxnObject>& objects,
                                       const std::vector<std::string>& already_changed) {
  std::set<std::string> keys(already_changed.begin(), already_changed.end());
  for (const auto& object : objects) {
    if (!is_by_product(object.key)) keys.insert(object.key);
  }
  return {keys.begin(), keys.end()};
}

void put_change(Steps& steps, const std::string& key, const Change& change) {
  if (change.bytes) {
    auto bytes = change.bytes();
    auto sha256 = base::sha256_hex(*bytes);
    steps.put(key, std::move(bytes), std::move(sha256), change.row_count);
  } else {
    steps.remove(key);
  }
}

/// A table as it goes into the store.
struct EncodedTable {
  const std::string* key = nullptr;
  const Change* change = nullptr;
  std::shared_ptr<const std::string> bytes;  ///< null when the table goes
  std::string sha256;
};

/// Encodes the tables side by side, as far as they are not encoded yet.
void put_tables(Steps& steps, const EditChanges& changes) {
  std::vector<EncodedTable> tables;
  std::int64_t rows = 0;
  for (const auto& [key, change] : changes.objects) {
    if (is_by_product(key)) continue;
    tables.push_back({.key = &key, .change = &change, .bytes = {}, .sha256 = {}});
    rows += change.row_count.value_or(0);
  }
  // The work that takes longest first, so that nobody is left alone with it: rows that are encoded
  // already are quick.
  std::stable_sort(tables.begin(), tables.end(), [](const auto& a, const auto& b) {
    const auto work = [](const Change& change) {
      return change.rows ? change.row_count.value_or(0) : std::int64_t{0};
    };
    return work(*a.change) > work(*b.change);
  });
  std::vector<std::function<void()>> tasks;
  for (auto& table : tables) {
    tasks.emplace_back([&table] {
      if (!table.change->bytes) return;
      table.bytes = table.change->bytes();
      table.sha256 = base::sha256_hex(*table.bytes);
    });
  }
  run_all(tasks, static_cast<std::size_t>(rows) >= kRowsWorthThreads);
  for (auto& table : tables) {
    if (table.bytes) {
      steps.put(*table.key, std::move(table.bytes), std::move(table.sha256),
                table.change->row_count);
    } else {
      steps.remove(*table.key);
    }
  }
}

void keep_payloads(Steps& steps, ViewState& state, const EditChanges& changes, base::Day today) {
  for (const auto& [key, change] : changes.objects) {
    if (key.starts_with("raw/")) put_change(steps, key, change);
  }
  for (const auto& [service, lines] : changes.raw) {
    const auto key = raw_key(service, today);
    auto existing = state.read(key);
    auto bytes = append_raw(existing ? std::move(existing->bytes) : std::string(), lines);
    if (!bytes.empty()) steps.put(key, std::move(bytes), std::nullopt);
  }
}

void sweep_payloads(Steps& steps, const std::vector<ManifestEntry>& objects, base::Day today) {
  for (const auto& entry : objects) {
    const auto day = raw_day(entry.key);
    if (day && today - *day > std::chrono::days(kRawDays)) steps.remove(entry.key);
  }
}

void remove_payloads(Steps& steps, const std::vector<ManifestEntry>& objects) {
  for (const auto& entry : objects) {
    if (entry.key.starts_with("raw/")) steps.remove(entry.key);
  }
}

std::vector<Run> runs_of(ViewState& state, const EditChanges& changes) {
  const std::string& key = table_of<Run>().key;
  const auto edited = changes.objects.find(key);
  const auto runs = edited == changes.objects.end()
                        ? state.rows_at<Run>(key)
                        : std::static_pointer_cast<const std::vector<Run>>(edited->second.rows);
  return runs ? *runs : std::vector<Run>();
}

bool is_recorded(ViewState& state, const std::string& run_id) {
  const auto runs = state.rows_at<Run>(table_of<Run>().key);
  return runs && std::any_of(runs->begin(), runs->end(),
                             [&run_id](const Run& run) { return run.run_id == run_id; });
}

/// The runs with this one, which replaces its own row of an attempt that another writer adopted.
void record_run(Steps& steps, ViewState& state, const EditChanges& changes,
                const PlanRequest& request, const std::vector<std::string>& changed) {
  auto runs = runs_of(state, changes);
  std::erase_if(runs, [&](const Run& run) { return run.run_id == request.run_id; });
  std::set<std::string> names;
  for (const auto& object : changed) names.insert(object.substr(0, object.find('/')));
  runs.push_back({.run_id = request.run_id,
                  .command = request.run.command,
                  .started_at = request.run.started_at,
                  .finished_at = request.now,
                  .version = base::version(),
                  .changed = base::join({names.begin(), names.end()}, " "),
                  .counts = request.run.counts,
                  .requests = request.run.requests});
  sort_rows(runs);
  steps.put(table_of<Run>().key, encode(runs), static_cast<std::int64_t>(runs.size()));
}

}  // namespace

std::optional<Plan> make_plan(ViewState& state, const EditChanges& changes,
                              const PlanRequest& request) {
  const Snapshot& now = state.now();
  const auto today = base::utc_day(request.now);
  Steps steps(state);
  put_tables(steps, changes);
  const bool content_changed = !steps.empty() || !request.already_changed.empty();
  if (request.purge) {
    remove_payloads(steps, now.objects);
  } else if (content_changed) {
    keep_payloads(steps, state, changes, today);
  }
  Head head = now.head;
  head.copy = false;
  if (changes.account) head.identity.account = changes.account;
  if (changes.timezone) head.identity.timezone = *changes.timezone;
  // An account is claimed with the first thing that comes from it, not for nothing.
  const bool other_zone = head.identity.timezone != now.head.identity.timezone;
  const bool unrecorded = !request.already_changed.empty() && !is_recorded(state, request.run_id);
  if (steps.empty() && !now.adopted() && !other_zone && !unrecorded) return std::nullopt;

  sweep_payloads(steps, now.objects, today);
  Plan plan;
  plan.changed = worth_telling(differences(now.manifest.objects, steps.objects_after()),
                               request.already_changed);
  record_run(steps, state, changes, request, plan.changed);
  const std::string id = new_commit_id(now.manifest.generation + 1);
  plan.manifest = {
      .id = id, .generation = now.manifest.generation + 1, .objects = steps.objects_after()};
  plan.txn = {.id = id,
              .created_at = request.now,
              .objects = differences(now.manifest.objects, plan.manifest.objects)};
  plan.head = std::move(head);
  plan.head.manifest = id;
  plan.steps = std::move(steps).in_order();
  return plan;
}

}  // namespace soundlake::lake
