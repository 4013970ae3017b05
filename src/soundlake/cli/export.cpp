// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/commands.hpp"
#include "soundlake/cli/pipeline.hpp"
#include "soundlake/cli/report.hpp"
#include "soundlake/cli/services.hpp"
#include "soundlake/cli/summary.hpp"

namespace soundlake::cli {
namespace {

void run(const Invocation& invocation, Report& report) {
  Services services(invocation);
  const ExportResult result =
      export_stage(services, {.command = "export",
                              .provenance = invocation.has("--provenance"),
                              .spreadsheet_safe = invocation.has("--spreadsheet-safe")});
  report.counts = result.counts;
  services.tell_requests(report);
  report.summary = export_summary(result);
}

}  // namespace

Command export_command() {
  return {
      .name = "export",
      .summary = "Lake → top_artists_info.json and tidy CSVs",
      .description =
          "Write the compiled artist list and the CSV files below exports/ in the lake. Makes no "
          "request.",
      .options =
          {{.name = "--provenance",
            .value = {},
            .help = "Each field of top_artists_info.json with its source and confidence beside it"},
           {.name = "--spreadsheet-safe",
            .value = {},
            .help = "Also write *.sheet.csv, in which no cell can be taken for a formula"}},
      .run = run};
}

}  // namespace soundlake::cli
