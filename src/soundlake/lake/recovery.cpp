// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/recovery.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/hash.hpp"

#include <algorithm>
#include <chrono>
#include <functional>

namespace soundlake::lake {
namespace {

constexpr auto kWriterIsGone = std::chrono::hours(1);

/// Does it, or notes what stayed and why.
void attempt(Tidied& tidied, const std::string& key, const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    tidied.not_removed.push_back(key + ": " + error.message());
  }
}

bool is_own(const std::vector<Txn>& own, const std::string& id) {
  return std::any_of(own.begin(), own.end(), [&id](const Txn& txn) { return txn.id == id; });
}

/// The part of an id that says which commit of the lake's life it is.
std::string_view generation_of(std::string_view id) {
  return id.substr(0, id.find('-'));
}

void prune_manifests(store::Store& store, const std::string& current, std::size_t keep,
                     Tidied& tidied) {
  std::vector<std::string> older;
  attempt(tidied, kManifestFolder, [&] {
    for (const auto& info : store.list(kManifestFolder)) {
      const auto id = id_of_key(info.key);
      // A later one belongs to a writer that is about to swap HEAD.
      if (id && *id != current && generation_of(*id) <= generation_of(current)) {
        older.push_back(info.key);
      }
    }
  });
  // Ids sort by generation, so the oldest come first.
  older.resize(older.size() - std::min(older.size(), keep - 1));
  for (const auto& key : older) {
    attempt(tidied, key, [&] { store.remove(key, store::Precondition::none()); });
  }
}

}  // namespace

bool is_committed(const Txn& txn, const Manifest& manifest) {
  return std::all_of(txn.objects.begin(), txn.objects.end(), [&](const TxnObject& object) {
    const auto* const known = find_entry(manifest.objects, object.key);
    return object.after ? known != nullptr && *known == *object.after : known == nullptr;
  });
}

bool is_made_good(store::Store& store, const Txn& txn, const Manifest& manifest,
                  base::Instant now) {
  if (now - txn.created_at <= kWriterIsGone) return false;
  return std::all_of(txn.objects.begin(), txn.objects.end(), [&](const TxnObject& object) {
    const auto* const known = find_entry(manifest.objects, object.key);
    const auto lies_there = store.get(object.key);
    if (known == nullptr || !lies_there) return known == nullptr && !lies_there;
    return base::sha256_hex(lies_there->bytes) == known->sha256;
  });
}

Tidied tidy(store::Store& store, const TidyRequest& request) {
  Tidied tidied;
  for (const auto& txn : request.own) {
    attempt(tidied, txn_key(txn.id),
            [&] { store.remove(txn_key(txn.id), store::Precondition::none()); });
  }
  for (const auto& txn : request.others) {
    if (is_own(request.own, txn.id)) continue;
    const std::string key = txn_key(txn.id);
    attempt(tidied, key, [&] {
      if (is_committed(txn, request.before) || is_committed(txn, request.after) ||
          is_made_good(store, txn, request.after, request.now)) {
        store.remove(key, store::Precondition::none());
      } else {
        tidied.not_removed.push_back(key + ": its writer may still be at work");
      }
    });
  }
  prune_manifests(store, request.after.id, request.keep_manifests, tidied);
  return tidied;
}

}  // namespace soundlake::lake
