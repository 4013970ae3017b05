// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/store_contract.hpp"

#include "soundlake/store/local_store.hpp"
#include "soundlake/store/memory_store.hpp"
#include "soundlake/store/s3_servers.hpp"
#include "soundlake/store/scratch_folder.hpp"

namespace soundlake::store {
namespace {

/// A LocalStore that takes its folder with it.
class ScratchStore : public LocalStore {
 public:
  explicit ScratchStore(std::shared_ptr<ScratchFolder> folder)
      : LocalStore(folder->path() / "lake"), folder_(std::move(folder)) {}

 private:
  std::shared_ptr<ScratchFolder> folder_;
};

const StoreUnderTest kFolder{
    "folder", [] { return std::make_shared<ScratchStore>(std::make_shared<ScratchFolder>()); }};
const StoreUnderTest kMemory{"memory", [] { return std::make_shared<MemoryStore>(); }};

const StoreUnderTest kVersitygw{"versitygw",
                                [] { return std::make_shared<OwnS3Store>(versitygw()); }};
const StoreUnderTest kMoto{"moto", [] { return std::make_shared<OwnS3Store>(moto()); }};

INSTANTIATE_TEST_SUITE_P(Stores, StoreContract,
                         testing::Values(kFolder, kMemory, kVersitygw, kMoto),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace soundlake::store
