// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/error.hpp"
#include "soundlake/cli/commands.hpp"
#include "soundlake/cli/import_report.hpp"
#include "soundlake/cli/import_stage.hpp"
#include "soundlake/cli/report.hpp"
#include "soundlake/cli/services.hpp"
#include "soundlake/cli/summary.hpp"

namespace soundlake::cli {
namespace {

void run(const Invocation& invocation, Report& report) {
  if (invocation.arguments.empty()) {
    throw Error(ErrorKind::usage, "import needs the export: a zip, a folder or files",
                "run: soundlake import my_spotify_data.zip");
  }
  Services services(invocation, Services::Listener::of_the_lake);
  const ImportRequest request{.command = "import",
                              .paths = {invocation.arguments.begin(), invocation.arguments.end()}};
  const bool check = invocation.has("--check");
  const auto result =
      check ? check_stage(services, request, report) : import_stage(services, request, report);
  services.tell_requests(report);
  report.counts = check ? check_counts(result.books) : import_counts(result.books);
  report.details_json = import_details(result);
  report.summary = check ? check_summary(result, report) : import_summary(services, result, report);
}

}  // namespace

Command import_command() {
  return {.name = "import",
          .summary = "Privacy export (zip, folder or files) → lake",
          .description =
              "Put every play of a Spotify privacy export into the lake, and refresh the compiled "
              "output: extended streaming history and account data of any year, as downloaded or "
              "unpacked. Needs no account and makes no request. Importing the same files again "
              "changes nothing.",
          .options = {{.name = "--check",
                       .value = {},
                       .help = "Write nothing; exit 0 when the lake holds every row, else 3 with "
                               "what is missing"}},
          .argument = "PATH",
          .run = run};
}

}  // namespace soundlake::cli
