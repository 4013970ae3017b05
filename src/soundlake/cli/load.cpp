// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/error.hpp"
#include "soundlake/cli/commands.hpp"
#include "soundlake/cli/load_stage.hpp"
#include "soundlake/cli/report.hpp"
#include "soundlake/cli/services.hpp"
#include "soundlake/config/check_value.hpp"

#include <fmt/format.h>

namespace soundlake::cli {
namespace {

std::string place_of(const Invocation& invocation) {
  if (invocation.arguments.size() > 1) {
    throw Error(ErrorKind::usage, "load takes one place", "run it once for each");
  }
  if (invocation.arguments.empty()) {
    const std::string& set = invocation.settings.text("load_to");
    if (!set.empty()) return set;
    throw Error(ErrorKind::usage, "load wants to know where to",
                "run: soundlake load s3://bucket/prefix, or set SOUNDLAKE_LOAD_TO");
  }
  return config::checked_value(config::setting_named("load_to"), invocation.arguments.front(),
                               "command line", config::process_environment()("HOME").value_or("/"));
}

void run(const Invocation& invocation, Report& report) {
  const std::string place = place_of(invocation);
  Services services(invocation);
  const bool dry_run = invocation.has("--dry-run");
  const auto result = load_stage(
      services,
      {.command = "load", .to = place, .verify = invocation.has("--verify"), .dry_run = dry_run},
      report);
  report.counts = result.counts;
  services.tell_requests(report);
  report.summary = fmt::format("{}{}: {}\n", dry_run ? "Nothing was written. To do at " : "",
                               result.to, loaded_line(result));
}

}  // namespace

Command load_command() {
  return {
      .name = "load",
      .summary = "Lake → another place, incremental and verified",
      .description =
          "Copy the lake to a folder or to s3://bucket/prefix: only what changed is sent, every "
          "byte is proven by its checksum, and readers there see one whole state. Another lake "
          "at that place, or one with commits of its own, is refused. Without a place, "
          "SOUNDLAKE_LOAD_TO is it.",
      .options = {{.name = "--verify",
                   .value = {},
                   .help = "Look at every object there, and send again what is wrong"},
                  {.name = "--dry-run",
                   .value = {},
                   .help = "Only say what would be sent and deleted"}},
      .argument = "URI",
      .run = run};
}

}  // namespace soundlake::cli
