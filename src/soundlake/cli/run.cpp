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
  sign_in_when_possible(services, invocation);
  const RunResult result = run_pipeline(services, "run", report);
  report.summary = run_summary(services, result, report);
}

}  // namespace

Command run_command() {
  return {
      .name = "run",
      .summary = "The main job: extract, then write the compiled output",
      .description =
          "Do everything that is configured: ask Spotify for what is new, put it into the lake and "
          "write "
          "the compiled artist list and the CSVs. Safe to run as often as you like.",
      .options = {{.name = "--from-run-script",
                   .value = {},
                   .help =
                       "Decide between the real account and the simulated listener, as ./run does",
                   .hidden = true},
                  {.name = "--demo-lake",
                   .value = "FOLDER",
                   .help = "Where the simulated listener's lake goes, with --from-run-script",
                   .hidden = true}},
      .run = run};
}

}  // namespace soundlake::cli
