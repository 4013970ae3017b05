// SPDX-License-Identifier: Apache-2.0
#include "soundlake/serve/lake_watch.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/hash.hpp"
#include "soundlake/base/log.hpp"

namespace soundlake::serve {
namespace {

std::string generation_of(const lake::View& view) {
  std::string all = view.identity().timezone;
  for (const auto& object : view.objects()) all += "\n" + object.key + " " + object.sha256;
  return base::short_hash(all);
}

std::shared_ptr<const Loaded> load(const lake::View& view) {
  return std::make_shared<Loaded>(Loaded{stats::load(view), view.identity(), generation_of(view)});
}

}  // namespace

LakeWatch::LakeWatch(lake::Lake lake, std::chrono::milliseconds every)
    : lake_(std::move(lake)), every_(every), newest_(load(lake_.view())) {
  thread_ = std::thread([this] { follow(); });
}

LakeWatch::~LakeWatch() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

std::shared_ptr<const Loaded> LakeWatch::newest() const {
  const std::lock_guard lock(mutex_);
  return newest_;
}

void LakeWatch::follow() {
  std::string told;
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, every_, [this] { return ending_; })) {
    const auto known = newest_->generation;
    lock.unlock();
    std::shared_ptr<const Loaded> next;
    try {
      const auto view = lake_.view();
      if (generation_of(view) != known) next = load(view);
      told.clear();
    } catch (const std::exception& error) {
      // Said once: it may stay so for hours.
      if (told != error.what())
        base::log_warning(std::string("the lake cannot be read now: ") + error.what());
      told = error.what();
    }
    lock.lock();
    if (next) newest_ = std::move(next);
  }
}

}  // namespace soundlake::serve
