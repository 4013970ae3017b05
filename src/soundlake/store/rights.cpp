// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/rights.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/hash.hpp"

#include <functional>

namespace soundlake::store {
namespace {

constexpr std::size_t kNameBytes = 8;

class Trial {
 public:
  /// Whether it worked.
  bool attempt(const std::string& name, const std::function<void()>& work) {
    Right right{.name = name, .there = true, .message = {}, .hint = {}};
    try {
      work();
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::cancelled) throw;
      right.there = false;
      right.message = error.message();
      right.hint = error.hint();
    }
    rights_.push_back(right);
    return right.there;
  }
  std::vector<Right> rights() && { return std::move(rights_); }

 private:
  std::vector<Right> rights_;
};

}  // namespace

std::vector<Right> try_rights(Store& store) {
  // Not below _soundlake/, where it would make the place look like what is left of a lake.
  const std::string key = "soundlake-doctor-" + base::to_hex(base::random_bytes(kNameBytes));
  constexpr const char* kBytes = "soundlake doctor tries whether it may write here\n";
  Trial trial;
  trial.attempt("list", [&] { store.list("_soundlake/"); });
  const auto remove = [&] { store.remove(key, Precondition::none()); };
  if (!trial.attempt("delete", remove)) return std::move(trial).rights();
  const auto put = [&] { return store.put(key, kBytes, Precondition::absent()); };
  if (!trial.attempt("write", [&] { put(); })) return std::move(trial).rights();
  trial.attempt("conditions", [&] {
    if (!put()) return;
    throw Error(ErrorKind::refused,
                store.address() +
                    " ignores the conditions of writes, so two writers at once would silently lose "
                    "each other's rows",
                "promise with --single-writer that only one program writes there (docs/s3.md)");
  });
  trial.attempt("read", [&] {
    const auto object = store.get(key);
    if (object && object->bytes == kBytes) return;
    throw Error(ErrorKind::data, store.address() + " does not give back what was written",
                "look at what stands between here and S3");
  });
  remove();
  return std::move(trial).rights();
}

}  // namespace soundlake::store
