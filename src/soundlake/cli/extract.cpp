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
  const ExtractResult result =
      extract_stage(services,
                    {.command = "extract",
                     .recent_only = invocation.has("--recent"),
                     .all_depth = invocation.value("--depth", "first") == "all"},
                    report);
  report.counts = result.counts;
  services.tell_requests(report);
  report.summary = extract_summary(result, report);
}

}  // namespace

Command extract_command() {
  return {
      .name = "extract",
      .summary = "Web API → lake: top lists, albums, recent plays",
      .description =
          "Ask Spotify for top artists and tracks (three ranges), their albums, artist top tracks "
          "and "
          "recent plays, and put what is new into the lake.",
      .options = {{.name = "--recent",
                   .value = {},
                   .help = "Recent plays only: one request, for a timer every 30 minutes"},
                  {.name = "--depth",
                   .value = "DEPTH",
                   .help = "first: the top 50 of each list (default); all: every page Spotify has",
                   .choices = {"first", "all"}}},
      .run = run};
}

}  // namespace soundlake::cli
