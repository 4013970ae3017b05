// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/store/store.hpp"

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

/// Test support: something happens in the middle of somebody's work with a store.
namespace soundlake::store {

/// Passes every call on to another store and tells a hook before and after it.
class HookedStore : public Store {
 public:
  struct Call {
    int number = 0;    ///< from 1, over all calls
    int write = 0;     ///< from 1, over put and remove; 0 for the others
    std::string what;  ///< get | put | remove | list
    std::string key;
  };
  using Hook = std::function<void(const Call&)>;

  HookedStore(std::shared_ptr<Store> store, Hook before, Hook after = {})
      : store_(std::move(store)), before_(std::move(before)), after_(std::move(after)) {}

  std::optional<StoredObject> get(const std::string& key) override {
    return around("get", key, false, [&] { return store_->get(key); });
  }
  std::optional<std::string> put(const std::string& key, std::string_view bytes,
                                 const Precondition& precondition) override {
    return around("put", key, true, [&] { return store_->put(key, bytes, precondition); });
  }
  bool remove(const std::string& key, const Precondition& precondition) override {
    return around("remove", key, true, [&] { return store_->remove(key, precondition); });
  }
  std::vector<ObjectInfo> list(const std::string& prefix) override {
    return around("list", prefix, false, [&] { return store_->list(prefix); });
  }
  std::string address() const override { return store_->address(); }

  int calls() const { return calls_; }
  int writes() const { return writes_; }

 private:
  template <class Work>
  std::invoke_result_t<const Work&> around(const std::string& what, const std::string& key,
                                           bool writes, const Work& work) {
    const Call call{.number = ++calls_, .write = writes ? ++writes_ : 0, .what = what, .key = key};
    if (before_) before_(call);
    auto result = work();
    if (after_) after_(call);
    return result;
  }

  std::shared_ptr<Store> store_;
  Hook before_;
  Hook after_;
  int calls_ = 0;
  int writes_ = 0;
};

/// What a process that is gone does: from a point on, nothing reaches the store any more.
struct Crash : std::runtime_error {
  Crash() : std::runtime_error("the writer is gone") {}
};

/// A store whose writer is gone once `writes` of its writes are done.
inline std::shared_ptr<HookedStore> crash_after(std::shared_ptr<Store> store, int writes) {
  auto gone = std::make_shared<bool>(writes == 0);
  return std::make_shared<HookedStore>(
      std::move(store),
      [gone](const HookedStore::Call&) {
        if (*gone) throw Crash();
      },
      [gone, writes](const HookedStore::Call& call) {
        if (call.write != 0 && call.write >= writes) {
          *gone = true;
          throw Crash();
        }
      });
}

}  // namespace soundlake::store
