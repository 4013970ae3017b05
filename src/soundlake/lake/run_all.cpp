// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/run_all.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

namespace soundlake::lake {

void run_all(const std::vector<std::function<void()>>& tasks, bool worth_threads) {
  if (!worth_threads) {
    for (const auto& task : tasks) task();
    return;
  }
  // More threads than this only compete for memory.
  constexpr std::size_t kMostThreads = 4;
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr failure;
  const auto work = [&] {
    for (auto i = next++; i < tasks.size(); i = next++) {
      try {
        tasks[i]();
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!failure) failure = std::current_exception();
      }
    }
  };
  {
    std::vector<std::jthread> helpers;
    const auto threads = std::min({kMostThreads, tasks.size(),
                                   static_cast<std::size_t>(std::thread::hardware_concurrency())});
    for (std::size_t i = 1; i < threads; ++i) helpers.emplace_back(work);
    work();
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace soundlake::lake
