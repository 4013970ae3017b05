// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/commands.hpp"
#include "soundlake/cli/demo_run.hpp"
#include "soundlake/cli/report.hpp"
#include "soundlake/sim/app_class.hpp"

namespace soundlake::cli {
namespace {

void run(const Invocation& invocation, Report& report) {
  DemoOptions options;
  options.seed = static_cast<std::uint64_t>(invocation.number("--seed", 1));
  options.artists = static_cast<int>(invocation.number("--artists", options.artists));
  options.plays = static_cast<int>(invocation.number("--plays", options.plays));
  options.app_class = invocation.value("--app-class", options.app_class);
  demo_run(invocation, options, report);
}

}  // namespace

Command demo_command() {
  return {
      .name = "demo",
      .summary = "The whole pipeline on a simulated listener, offline",
      .description =
          "Do the main job on a simulated listener: import a privacy export, ask a simulated "
          "Spotify on this machine, write the compiled output, all into ./demo-lake (or --lake). "
          "Everything is invented and labelled as simulated.",
      .options = {{.name = "--seed",
                   .value = "N",
                   .help = "Another listener for every number (default 1)"},
                  {.name = "--artists",
                   .value = "N",
                   .help = "Artists the listener knows (default 60)"},
                  {.name = "--plays", .value = "N", .help = "Plays until now (default 30000)"},
                  {.name = "--app-class",
                   .value = "CLASS",
                   .help = "What the simulated Spotify app may do: extended (default), "
                           "postponed, restricted (an app made today)",
                   .choices = sim::app_class_names()}},
      .run = run};
}

}  // namespace soundlake::cli
