// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/copy.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/hash.hpp"
#include "soundlake/lake/copy_state.hpp"
#include "soundlake/lake/recovery.hpp"
#include "soundlake/lake/snapshot.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace soundlake::lake {
namespace {

/// Each further try follows a commit that really happened on one of the two sides.
constexpr int kTries = 10;
/// What is read from the lake before it is sent.
constexpr std::uint64_t kBatchBytes = 16U << 20U;

struct Task {
  ManifestEntry entry;
  store::Precondition precondition;
};

/// SHA-256 of the object in hex; nothing when there is none.
std::optional<std::string> hash_at(store::Store& store, const std::string& key) {
  const auto facts = store.look(key);
  if (!facts) return std::nullopt;
  if (facts->sha256) return facts->sha256;
  const auto object = store.get(key);
  if (!object) return std::nullopt;
  return base::sha256_hex(object->bytes);
}

[[noreturn]] void refuse_strangers(const store::Store& to, const std::string& key) {
  throw Error(ErrorKind::refused,
              where(to, key) + " is not the lake's, and the lake needs this place",
              "move that file away, or load the lake to another place");
}

class Copy {
 public:
  Copy(Lake& from, store::Store& to, base::Instant now, const CopyOptions& options)
      : from_(from), to_(to), now_(now), options_(options), look_(options.verify) {}

  /// Nothing when one of the two lakes moved on meanwhile.
  std::optional<CopyResult> attempt(const Head& source, const Manifest& target);
  /// From now on nothing that lies there is taken for what it should be.
  void look_at_everything() { look_ = true; }

 private:
  std::vector<Task> changes(const CopyState& state, const Manifest& target) const;
  std::vector<Task> differences_found(const CopyState& state, const Manifest& target);
  std::vector<std::string> leftovers(const CopyState& state, const Manifest& target) const;
  void send(const std::vector<Task>& tasks, CopyResult& result);
  std::string read(const ManifestEntry& entry);
  void send_batch(const std::vector<Task>& batch,
                  const std::function<std::string(std::size_t)>& bytes_of, CopyResult& result,
                  std::int64_t total);
  void tidy_up(const CopyState& state, const Manifest& target, CopyResult& result);

  Lake& from_;
  store::Store& to_;
  base::Instant now_;
  const CopyOptions& options_;
  bool look_;
  std::map<std::string, std::uint64_t> listed_;  ///< with look_: sizes there, by key
};

/// What is not the same in all states there may be.
std::vector<Task> Copy::changes(const CopyState& state, const Manifest& target) const {
  std::vector<Task> tasks;
  for (const auto& entry : target.objects) {
    const bool same = !state.since.empty() &&
                      std::all_of(state.since.begin(), state.since.end(), [&](const Manifest& m) {
                        const auto* const known = find_entry(m.objects, entry.key);
                        return known != nullptr && known->sha256 == entry.sha256;
                      });
    if (same) continue;
    tasks.push_back({.entry = entry,
                     .precondition = names(state.since, entry.key)
                                         ? store::Precondition::none()
                                         : store::Precondition::absent()});
  }
  return tasks;
}

/// The same by looking at what lies there.
std::vector<Task> Copy::differences_found(const CopyState& state, const Manifest& target) {
  listed_.clear();
  for (auto& info : to_.list("")) listed_[info.key] = info.size;
  std::vector<Task> tasks;
  for (const auto& entry : target.objects) {
    const auto found = listed_.find(entry.key);
    if (found == listed_.end()) {
      tasks.push_back({.entry = entry, .precondition = store::Precondition::absent()});
      continue;
    }
    const auto hash = hash_at(to_, entry.key);
    if (hash == entry.sha256) continue;
    const bool one_of_ours =
        names(state.since, entry.key) ||
        std::any_of(state.known.begin(), state.known.end(), [&](const Manifest& manifest) {
          const auto* const known = find_entry(manifest.objects, entry.key);
          return known != nullptr && hash == known->sha256;
        });
    if (hash && !one_of_ours) refuse_strangers(to_, entry.key);
    tasks.push_back({.entry = entry, .precondition = store::Precondition::none()});
  }
  return tasks;
}

/// What states before had and the lake has no more.
std::vector<std::string> Copy::leftovers(const CopyState& state, const Manifest& target) const {
  std::set<std::string> keys;
  for (const auto& manifest : look_ ? state.known : state.since) {
    for (const auto& entry : manifest.objects) {
      if (find_entry(target.objects, entry.key) != nullptr) continue;
      if (!look_ || listed_.contains(entry.key)) keys.insert(entry.key);
    }
  }
  return {keys.begin(), keys.end()};
}

void Copy::send(const std::vector<Task>& tasks, CopyResult& result) {
  std::int64_t total = 0;
  for (const auto& task : tasks) total += static_cast<std::int64_t>(task.entry.size);
  if (!options_.read_before_sending) {
    if (!tasks.empty()) {
      send_batch(
          tasks, [&](std::size_t i) { return read(tasks[i].entry); }, result, total);
    }
    return;
  }
  std::vector<Task> batch;
  std::vector<std::string> read_already;
  const auto flush = [&] {
    send_batch(
        batch, [&](std::size_t i) { return std::move(read_already[i]); }, result, total);
    batch.clear();
    read_already.clear();
  };
  std::uint64_t bytes = 0;
  for (const auto& task : tasks) {
    if (!batch.empty() && bytes + task.entry.size > kBatchBytes) {
      flush();
      bytes = 0;
    }
    batch.push_back(task);
    read_already.push_back(read(task.entry));
    bytes += task.entry.size;
  }
  if (!batch.empty()) flush();
}

std::string Copy::read(const ManifestEntry& entry) {
  auto object = from_.store().get(entry.key);
  if (!object || base::sha256_hex(object->bytes) != entry.sha256) {
    throw Error(ErrorKind::conflict,
                where(from_.store(), entry.key) + " is not what the lake's manifest says",
                "when no other soundlake is at work, restore this file from a backup");
  }
  return std::move(object->bytes);
}

void Copy::send_batch(const std::vector<Task>& batch,
                      const std::function<std::string(std::size_t)>& bytes_of, CopyResult& result,
                      std::int64_t total) {
  std::vector<std::size_t> in_the_way;
  to_.put_all(
      batch.size(),
      [&](std::size_t i) {
        return store::Upload{
            .key = batch[i].entry.key, .bytes = bytes_of(i), .precondition = batch[i].precondition};
      },
      [&](std::size_t i, const std::optional<std::string>& etag) {
        if (!etag) {
          in_the_way.push_back(i);
          return;
        }
        ++result.objects_uploaded;
        result.bytes_uploaded += static_cast<std::int64_t>(batch[i].entry.size);
        if (options_.progress) options_.progress(result.bytes_uploaded, total);
      });
  for (const std::size_t i : in_the_way) {
    const auto& entry = batch[i].entry;
    if (hash_at(to_, entry.key) != entry.sha256) refuse_strangers(to_, entry.key);
  }
}

void Copy::tidy_up(const CopyState& state, const Manifest& target, CopyResult& result) {
  for (const auto& key : leftovers(state, target)) {
    try {
      to_.remove(key, store::Precondition::none());
      ++result.objects_deleted;
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::cancelled) throw;
      result.not_removed.push_back(key + ": " + error.message());
    }
  }
  // Looking for older manifests is a request of its own, so not every load does it.
  const std::int64_t before =
      state.head && state.head->manifest ? generation_in(*state.head->manifest) : 0;
  const auto kept = static_cast<std::int64_t>(kKeptManifests);
  if (!options_.purge && !look_ && before / kept == target.generation / kept) return;
  const auto tidied = tidy(to_, {.before = target,
                                 .after = target,
                                 .own = {},
                                 .others = {},
                                 .now = now_,
                                 .keep_manifests = options_.purge ? 1 : kKeptManifests});
  result.not_removed.insert(result.not_removed.end(), tidied.not_removed.begin(),
                            tidied.not_removed.end());
}

std::optional<CopyResult> Copy::attempt(const Head& source, const Manifest& target) {
  CopyState state = look_at_copy(from_.store(), to_, source, target, look_);
  Head wanted = source;
  wanted.copy = true;
  wanted.identity.single_writer =
      state.head ? state.head->identity.single_writer : options_.single_writer;
  const bool same = state.head && state.head->manifest == wanted.manifest &&
                    state.head->identity == wanted.identity;
  CopyResult result;
  result.objects_total = static_cast<std::int64_t>(target.objects.size());
  const auto count_unchanged = [&](std::size_t changed) {
    result.objects_unchanged = result.objects_total - static_cast<std::int64_t>(changed);
  };
  if (same && !look_ && !options_.purge) {
    count_unchanged(0);
    return result;
  }
  look_ = look_ || state.unknown;
  if (options_.dry_run) {
    const auto tasks = look_ ? differences_found(state, target) : changes(state, target);
    result.objects_uploaded = static_cast<std::int64_t>(tasks.size());
    for (const auto& task : tasks) {
      result.bytes_uploaded += static_cast<std::int64_t>(task.entry.size);
    }
    result.objects_deleted = static_cast<std::int64_t>(leftovers(state, target).size());
    count_unchanged(tasks.size());
    return result;
  }
  if (!state.head) {
    Head claimed = wanted;
    claimed.manifest.reset();
    if (wanted.identity.single_writer) to_.keep_to_single_writer();
    const auto etag = store::claim(to_, kHeadKey, to_json(claimed));
    if (!etag) return std::nullopt;
    state.head_etag = *etag;
  }
  if (!same && !to_.put(manifest_key(target.id), to_json(target), store::Precondition::absent())) {
    look_ = true;  // a load of this state was begun before, and stopped
  }
  const auto tasks = look_ ? differences_found(state, target) : changes(state, target);
  send(tasks, result);
  count_unchanged(tasks.size());
  if (!same && !to_.put(kHeadKey, to_json(wanted), store::Precondition::matches(state.head_etag))) {
    return std::nullopt;
  }
  tidy_up(state, target, result);
  return result;
}

}  // namespace

CopyResult copy_lake(Lake& from, store::Store& to, const RunInfo& run, base::Instant now,
                     const CopyOptions& options) {
  Copy copy(from, to, now, options);
  for (int tries = 0; tries < kTries; ++tries) {
    auto state = read_snapshot(from.store());
    if (!state || !state->head.manifest) {
      throw Error(ErrorKind::refused, "the lake in " + from.store().address() + " is empty",
                  "import or extract something first");
    }
    if (state->adopted() && !options.dry_run) {
      from.commit(run, [](Edit&) {});
      continue;
    }
    state->manifest.objects = state->objects;
    try {
      if (auto result = copy.attempt(state->head, state->manifest)) return std::move(*result);
    } catch (const Error& error) {
      // An object was replaced while it was read: the newest state says by what.
      const auto newest = read_snapshot(from.store());
      if (error.kind() != ErrorKind::conflict || !newest || newest->same_state(*state)) throw;
    }
    // Another load may have put its objects between ours.
    copy.look_at_everything();
  }
  throw Error(ErrorKind::conflict, "the lakes keep changing while one is loaded to the other",
              "wait until other runs of soundlake have ended, then run the same command again");
}

}  // namespace soundlake::lake
