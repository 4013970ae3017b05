// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <functional>
#include <vector>

namespace soundlake::lake {

/// From this many rows on, threads save more than they cost.
constexpr std::size_t kRowsWorthThreads = 50'000;

/// Does every task, in this thread alone or, when that is worth it, with a thread per core. Tasks
/// must not share anything they change. Throws what the first failing task threw, after all have
/// ended.
void run_all(const std::vector<std::function<void()>>& tasks, bool worth_threads);

}  // namespace soundlake::lake
