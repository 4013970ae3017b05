// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/store.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/hash.hpp"

namespace soundlake::store {

std::optional<ObjectFacts> Store::look(const std::string& key) {
  const auto object = get(key);
  if (!object) return std::nullopt;
  return ObjectFacts{.size = object->bytes.size(),
                     .etag = object->etag,
                     .sha256 = base::sha256_hex(object->bytes)};
}

void Store::put_all(std::size_t count, const UploadSource& source, const UploadDone& done) {
  for (std::size_t i = 0; i < count; ++i) {
    const Upload upload = source(i);
    done(i, put(upload.key, upload.bytes, upload.precondition));
  }
}

std::optional<std::string> claim(Store& store, const std::string& key, std::string_view bytes) {
  auto etag = store.put(key, bytes, Precondition::absent());
  if (!etag) return std::nullopt;
  if (!store.put(key, bytes, Precondition::absent())) return etag;
  store.remove(key, Precondition::none());
  throw Error(ErrorKind::refused,
              store.address() +
                  " ignores the conditions of writes, so two writers at once would "
                  "silently lose each other's rows",
              "use a store with conditional writes (docs/s3.md lists some), or promise with "
              "--single-writer that only one program writes there");
}

}  // namespace soundlake::store
