// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"
#include "soundlake/lake/lake.hpp"
#include "soundlake/stats/dataset.hpp"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace soundlake::serve {

/// One state of the lake, ready to be asked.
struct Loaded {
  stats::Dataset data;
  lake::LakeIdentity identity;
  std::string generation;  ///< the same for equal objects, another one after every change of them
};

/// Keeps the newest state of a lake in memory: a thread looks at the manifest and loads what is
/// new beside what is being asked. A lake that cannot be read for a while leaves the last state.
class LakeWatch {
 public:
  /// Loads the first state at once; throws what reading the lake throws.
  LakeWatch(lake::Lake lake, std::chrono::milliseconds every);
  ~LakeWatch();
  LakeWatch(const LakeWatch&) = delete;
  LakeWatch& operator=(const LakeWatch&) = delete;

  std::shared_ptr<const Loaded> newest() const;

 private:
  void follow();

  lake::Lake lake_;
  std::chrono::milliseconds every_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
  std::shared_ptr<const Loaded> newest_;
  std::thread thread_;
};

}  // namespace soundlake::serve
