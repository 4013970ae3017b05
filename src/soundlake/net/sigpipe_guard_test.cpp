// SPDX-License-Identifier: Apache-2.0
#include "soundlake/net/sigpipe_guard.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>

namespace soundlake::net {
namespace {

/// A descriptor for writing that nobody reads.
int broken_pipe() {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) std::abort();
  ::close(ends[0]);
  return ends[1];
}

TEST(SigpipeGuardDeathTest, SurvivesAWriteToNobodyAndLeavesNothingBehind) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  const auto write_guarded = [] {
    {
      const SigpipeGuard outer;
      const SigpipeGuard inner;
      if (::write(broken_pipe(), "x", 1) != -1 || errno != EPIPE) std::_Exit(1);
    }
    std::_Exit(42);
  };
  EXPECT_EXIT(write_guarded(), testing::ExitedWithCode(42), "");
}

TEST(SigpipeGuardDeathTest, LeavesTheSignalAsItWasAfterwards) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  const auto write_afterwards = [] {
    { const SigpipeGuard guard; }
    [[maybe_unused]] const auto put = ::write(broken_pipe(), "x", 1);
    std::_Exit(1);
  };
  EXPECT_EXIT(write_afterwards(), testing::KilledBySignal(SIGPIPE), "");
}

}  // namespace
}  // namespace soundlake::net
