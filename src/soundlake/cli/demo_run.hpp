// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

namespace soundlake::cli {

struct Invocation;
class Report;

struct DemoOptions {
  std::filesystem::path lake = "demo-lake";
  std::uint64_t seed = 1;
  int artists = 60;
  int plays = 30'000;
  std::string app_class = "extended";
};

/// The main job on the simulated listener: an export and simulated services on loopback, a lake of
/// its own that says it is simulated, nothing kept in the home folder.
void demo_run(const Invocation& invocation, const DemoOptions& options, Report& report);

}  // namespace soundlake::cli
