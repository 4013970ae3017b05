// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/copy_state.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/lake/snapshot.hpp"

#include <algorithm>

namespace soundlake::lake {
namespace {

constexpr const char* kAnotherPlace = "name another place; a prefix of its own in a bucket will do";

/// The manifests a lake keeps, by generation.
std::vector<Manifest> kept_manifests(store::Store& store) {
  std::vector<Manifest> kept;
  for (const auto& info : store.list(kManifestFolder)) {
    if (!id_of_key(info.key)) continue;
    if (const auto object = store.get(info.key)) {
      kept.push_back(parse_manifest(object->bytes, where(store, info.key)));
    }
  }
  return kept;
}

[[noreturn]] void refuse_moved_on(const store::Store& to) {
  throw Error(ErrorKind::refused,
              "the lake in " + to.address() +
                  " has commits of its own, which loading this one there would lose",
              "use that lake (--lake " + to.address() + "), or load this one to another place");
}

}  // namespace

bool names(const std::vector<Manifest>& manifests, const std::string& key) {
  return std::any_of(manifests.begin(), manifests.end(), [&key](const Manifest& manifest) {
    return find_entry(manifest.objects, key) != nullptr;
  });
}

CopyState look_at_copy(store::Store& from, store::Store& to, const Head& source,
                       const Manifest& target, bool with_history) {
  CopyState state;
  const auto there = to.get(kHeadKey);
  if (!there) return state;
  state.head = parse_head(there->bytes, where(to, kHeadKey));
  state.head_etag = there->etag;
  const Head& head = *state.head;
  if (head.identity.lake_id != source.identity.lake_id) {
    throw Error(ErrorKind::refused, to.address() + " holds another lake", kAnotherPlace);
  }
  if (head.identity.single_writer) to.keep_to_single_writer();
  if (head.manifest == target.id) {
    state.since = {target};
    if (with_history) state.known = kept_manifests(from);
    return state;
  }
  state.known = kept_manifests(from);
  const auto same =
      std::find_if(state.known.begin(), state.known.end(),
                   [&head](const Manifest& manifest) { return manifest.id == head.manifest; });
  if (same != state.known.end()) {
    for (const auto& manifest : state.known) {
      if (manifest.generation >= same->generation && manifest.id != target.id) {
        state.since.push_back(manifest);
      }
    }
    return state;
  }
  state.unknown = true;
  if (!head.copy) refuse_moved_on(to);
  if (!head.manifest) return state;
  // What the lake has pruned can be one of its states; what it would have kept cannot.
  const std::int64_t oldest =
      state.known.empty() ? target.generation : state.known.front().generation;
  if (generation_in(*head.manifest) >= oldest) refuse_moved_on(to);
  const std::string key = manifest_key(*head.manifest);
  if (const auto manifest = to.get(key)) {
    state.since = {parse_manifest(manifest->bytes, where(to, key))};
    state.known.push_back(state.since.front());
  }
  return state;
}

}  // namespace soundlake::lake
