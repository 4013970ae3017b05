// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/snapshot.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/hash.hpp"
#include "soundlake/base/log.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace soundlake::lake {
namespace {

/// Other writers may swap HEAD and prune its manifest between our two reads, again and again.
constexpr int kHeadReads = 20;

std::vector<Txn> read_txns(store::Store& store, const std::vector<store::ObjectInfo>& files,
                           const std::vector<Txn>& own) {
  std::map<std::string, Txn> txns;
  for (const auto& txn : own) txns[txn.id] = txn;
  for (const auto& info : files) {
    const auto id = id_of_key(info.key);
    if (!id || !info.key.starts_with(kTxnFolder)) continue;
    const auto object = store.get(info.key);
    if (!object) continue;  // its commit has ended meanwhile
    try {
      txns[*id] = parse_txn(object->bytes, where(store, info.key));
      txns[*id].id = *id;
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::data) throw;
      // What it was about shows when an object is not what the manifest says.
      base::log_warning(error.message());
    }
  }
  std::vector<Txn> sorted;
  for (auto& [id, txn] : txns) sorted.push_back(std::move(txn));
  return sorted;
}

/// The manifests of loads that were begun and not ended. A commit's own, which lies there for a
/// moment only, has its txn beside it.
std::vector<Manifest> read_coming(store::Store& store, const std::vector<store::ObjectInfo>& files,
                                  const Manifest& current, const std::vector<Txn>& txns) {
  std::vector<Manifest> coming;
  for (const auto& info : files) {
    const auto id = id_of_key(info.key);
    if (!id || !info.key.starts_with(kManifestFolder) || *id == current.id) continue;
    if (generation_in(*id) <= current.generation) continue;
    const bool of_a_commit =
        std::any_of(txns.begin(), txns.end(), [&id](const Txn& txn) { return txn.id == *id; });
    if (of_a_commit) continue;
    const auto object = store.get(info.key);
    if (!object) continue;
    try {
      coming.push_back(parse_manifest(object->bytes, where(store, info.key)));
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::data) throw;
      base::log_warning(error.message());
    }
  }
  return coming;
}

/// What a load whose manifest this is does to each object.
std::vector<TxnObject> steps_between(const Manifest& from, const Manifest& to) {
  std::vector<TxnObject> steps;
  for (const auto& entry : to.objects) steps.push_back({.key = entry.key, .after = entry});
  for (const auto& entry : from.objects) {
    if (find_entry(to.objects, entry.key) == nullptr) {
      steps.push_back({.key = entry.key, .after = {}});
    }
  }
  return steps;
}

/// The objects of the manifest, each replaced by what a txn put there when that is what lies there.
std::vector<ManifestEntry> adopt(store::Store& store, const Manifest& manifest,
                                 const std::vector<Txn>& txns,
                                 const std::vector<Manifest>& coming) {
  std::map<std::string, ManifestEntry> objects;
  for (const auto& entry : manifest.objects) objects[entry.key] = entry;
  std::map<std::string, std::vector<std::optional<ManifestEntry>>> planned;
  for (const auto& txn : txns) {
    for (const auto& object : txn.objects) planned[object.key].push_back(object.after);
  }
  for (const auto& next : coming) {
    for (auto& step : steps_between(manifest, next)) planned[step.key].push_back(step.after);
  }
  for (const auto& [key, versions] : planned) {
    const auto* const known = find_entry(manifest.objects, key);
    const bool nothing_new = std::all_of(
        versions.begin(), versions.end(),
        [known](const auto& after) { return after ? known && *after == *known : !known; });
    if (nothing_new) continue;
    const auto object = store.get(key);
    if (!object) {
      if (std::find(versions.begin(), versions.end(), std::nullopt) != versions.end()) {
        objects.erase(key);
      }
      continue;
    }
    const std::string sha256 = base::sha256_hex(object->bytes);
    if (known != nullptr && known->sha256 == sha256) continue;
    for (const auto& after : versions) {
      if (after && after->sha256 == sha256) objects[key] = *after;
    }
  }
  std::vector<ManifestEntry> sorted;
  for (auto& [key, entry] : objects) sorted.push_back(std::move(entry));
  return sorted;
}

std::vector<std::string> ids_of(const std::vector<Txn>& txns) {
  std::vector<std::string> ids;
  for (const auto& txn : txns) ids.push_back(txn.id);
  return ids;
}

}  // namespace

std::string where(const store::Store& store, const std::string& key) {
  return store.address() + (store.address().ends_with("/") ? "" : "/") + key;
}

bool Snapshot::same_state(const Snapshot& other) const {
  return head_etag == other.head_etag && objects == other.objects &&
         ids_of(txns) == ids_of(other.txns);
}

std::optional<Snapshot> read_snapshot(store::Store& store, const std::vector<Txn>& own) {
  std::string last_etag;
  for (int reads = 0; reads < kHeadReads; ++reads) {
    auto head = store.get(kHeadKey);
    if (!head) return std::nullopt;
    Snapshot snapshot;
    snapshot.head = parse_head(head->bytes, where(store, kHeadKey));
    snapshot.head_etag = head->etag;
    if (snapshot.head.manifest) {
      const std::string key = manifest_key(*snapshot.head.manifest);
      const auto manifest = store.get(key);
      if (!manifest) {
        if (head->etag == last_etag) {
          throw Error(ErrorKind::data, where(store, key) + " is missing, which HEAD.json names",
                      "restore this file from a backup of the lake; the tables are still readable");
        }
        last_etag = head->etag;
        continue;
      }
      snapshot.manifest = parse_manifest(manifest->bytes, where(store, key));
    }
    const auto files = store.list(kLakeFolder);
    snapshot.txns = read_txns(store, files, own);
    snapshot.coming = read_coming(store, files, snapshot.manifest, snapshot.txns);
    snapshot.objects = adopt(store, snapshot.manifest, snapshot.txns, snapshot.coming);
    return snapshot;
  }
  throw Error(ErrorKind::conflict, "the lake in " + store.address() + " keeps changing",
              "run the command again when the other soundlake has ended");
}

}  // namespace soundlake::lake
