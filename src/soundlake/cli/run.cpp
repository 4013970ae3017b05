// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/commands.hpp"
#include "soundlake/cli/connect.hpp"
#include "soundlake/cli/first_run.hpp"
#include "soundlake/cli/pipeline.hpp"
#include "soundlake/cli/report.hpp"
#include "soundlake/cli/services.hpp"
#include "soundlake/cli/summary.hpp"

namespace soundlake::cli {
namespace {

void run(const Invocation& invocation, Report& report) {
  if (invocation.has("--from-run-script")) {
    first_run(invocation, report);
    return;
  }
  Services services(invocation);
  work_for_the_person(services, invocation, report);
}

}  // namespace

Command run_command() {
  return {
      .name = "run",
      .summary = "The main job: import, extract, then write the compiled output",
      .description =
          "Do everything that is configured: import the privacy exports that are named, ask "
          "Spotify for what is new, put it into the lake and write the compiled artist list and "
          "the CSVs. Without a sign-in the result comes from the lake's own plays. Safe to run as "
          "often as you like.",
      .options = {{.name = "--from-run-script",
                   .value = {},
                   .help =
                       "Decide between the real account and the simulated listener, as ./run does",
                   .hidden = true},
                  {.name = "--demo-lake",
                   .value = "FOLDER",
                   .help = "Where the simulated listener's lake goes, with --from-run-script",
                   .hidden = true}},
      .argument = "EXPORT",
      .run = run};
}

}  // namespace soundlake::cli
