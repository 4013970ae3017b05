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

std::vector<Txn> read_txns(store::Store& store, const std::vector<Txn>& own) {
  std::map<std::string, Txn> txns;
  for (const auto& txn : own) txns[txn.id] = txn;
  for (const auto& info : store.list(kTxnFolder)) {
    const auto id = id_of_key(info.key);
    if (!id) continue;
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

/// The objects of the manifest, each replaced by what a txn put there when that is what lies there.
std::vector<ManifestEntry> adopt(store::Store& store, const Manifest& manifest,
                                 const std::vector<Txn>& txns) {
  std::map<std::string, ManifestEntry> objects;
  for (const auto& entry : manifest.objects) objects[entry.key] = entry;
  std::map<std::string, std::vector<std::optional<ManifestEntry>>> planned;
  for (const auto& txn : txns) {
    for (const auto& object : txn.objects) planned[object.key].push_back(object.after);
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
    snapshot.txns = read_txns(store, own);
    snapshot.objects = adopt(store, snapshot.manifest, snapshot.txns);
    return snapshot;
  }
  throw Error(ErrorKind::conflict, "the lake in " + store.address() + " keeps changing",
              "run the command again when the other soundlake has ended");
}

}  // namespace soundlake::lake
