// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/commands.hpp"
#include "soundlake/cli/services.hpp"
#include "soundlake/cli/tableau_stage.hpp"

namespace soundlake::cli {
namespace {

void run(const Invocation& invocation, Report& report) {
  Services services(invocation);
  const auto result = tableau_stage(services, "tableau");
  report.counts = result.counts;
  const bool changed = result.counts.back().second > 0;
  report.summary = "Workbook  " + result.lake + "/" + kWorkbookKey +
                   (changed ? "\n" : " (unchanged)\n") +
                   "          open it in Tableau 2024.3 or later\n";
}

}  // namespace

Command tableau_command() {
  return {.name = "tableau",
          .summary = "Lake → soundlake.twbx, a workbook for Tableau",
          .description =
              "Write a packaged Tableau workbook with the page Overview below exports/ in the "
              "lake. Makes no request.",
          .run = run};
}

}  // namespace soundlake::cli
