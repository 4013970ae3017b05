// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/lake.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/hash.hpp"
#include "soundlake/lake/manifest.hpp"
#include "soundlake/lake/view_state.hpp"

namespace soundlake::lake {
namespace {

constexpr std::size_t kLakeIdBytes = 16;

/// HEAD.json alone makes a lake. Files beside it without one are what is left of a lake: a new
/// lake among them would take its objects for foreign files.
void refuse_remains(store::Store& store) {
  const auto remains = store.list(kLakeFolder);
  // A lake may have been claimed and written to between the look for HEAD and this one.
  if (remains.empty() || store.get(kHeadKey)) return;
  throw Error(ErrorKind::refused,
              where(store, kHeadKey) + " is missing, but " + remains.front().key + " is there",
              "restore HEAD.json from a backup, or choose another folder for the lake");
}

void claim_new(store::Store& store, const Lake::CreateOptions& options) {
  const Head head{.identity = {.lake_id = base::to_hex(base::random_bytes(kLakeIdBytes)),
                               .timezone = options.timezone,
                               .account = {},
                               .simulated = options.simulated,
                               .single_writer = options.single_writer},
                  .manifest = {},
                  .copy = false};
  // When another process was first, the lake is the one it made.
  store::claim(store, kHeadKey, to_json(head));
}

/// Whoever writes later need not repeat it.
void keep_promise(store::Store& store, const Head& head) {
  if (head.identity.single_writer) store.keep_to_single_writer();
}

void refuse_other_kind(const store::Store& store, const Head& head, bool simulated) {
  if (head.identity.simulated == simulated) return;
  throw Error(
      ErrorKind::refused,
      "the lake in " + store.address() +
          (simulated ? " is a person's own, and simulated listening is never mixed into it"
                     : " holds simulated listening, and a person's own is never mixed into it"),
      "choose another lake with --lake or SOUNDLAKE_LAKE");
}

}  // namespace

Lake::Lake(std::shared_ptr<store::Store> store, base::Clock clock)
    : store_(std::move(store)), clock_(std::move(clock)) {}

bool Lake::exists(store::Store& store) {
  return store.get(kHeadKey).has_value();
}

Lake Lake::open(std::shared_ptr<store::Store> store, base::Clock clock) {
  const auto head = store->get(kHeadKey);
  if (!head) {
    refuse_remains(*store);
    throw Error(ErrorKind::refused, "there is no lake in " + store->address(),
                "`soundlake run` makes one, or name another with --lake or SOUNDLAKE_LAKE");
  }
  keep_promise(*store, parse_head(head->bytes, where(*store, kHeadKey)));
  return {std::move(store), std::move(clock)};
}

Lake Lake::open_or_create(std::shared_ptr<store::Store> store, base::Clock clock,
                          const CreateOptions& options) {
  if (options.timezone.empty()) throw Error(ErrorKind::internal, "a lake needs a time zone");
  auto head = store->get(kHeadKey);
  if (!head) {
    refuse_remains(*store);
    claim_new(*store, options);
    head = store->get(kHeadKey);
  }
  if (!head) {
    throw Error(ErrorKind::io, where(*store, kHeadKey) + " was written and is gone again",
                "check what else works in that folder");
  }
  const Head current = parse_head(head->bytes, where(*store, kHeadKey));
  refuse_other_kind(*store, current, options.simulated);
  keep_promise(*store, current);
  return {std::move(store), std::move(clock)};
}

View Lake::view() const {
  return open_view({});
}

View Lake::open_view(const std::vector<Txn>& own) const {
  auto snapshot = read_snapshot(*store_, own);
  if (!snapshot) {
    throw Error(ErrorKind::refused, "there is no lake in " + store_->address() + " any more",
                "name the lake with --lake or SOUNDLAKE_LAKE");
  }
  View view;
  view.state_ = std::make_shared<ViewState>();
  view.state_->store = store_;
  view.state_->own = own;
  view.state_->states.push_back(std::move(*snapshot));
  return view;
}

}  // namespace soundlake::lake
