// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/error.hpp"
#include "soundlake/cli/commands.hpp"
#include "soundlake/cli/parse.hpp"
#include "soundlake/cli/report.hpp"

namespace soundlake::cli {
namespace {

void run(const Invocation& invocation, Report& report) {
  if (invocation.arguments.size() > 1 ||
      (invocation.arguments.size() == 1 && invocation.arguments[0] != "bash")) {
    throw Error(ErrorKind::usage, "completion is there for bash only",
                "run: eval \"$(soundlake completion bash)\"");
  }
  report.text = bash_completion();
}

}  // namespace

Command completion_command() {
  return {.name = "completion",
          .summary = "Print the completion script for bash",
          .description = "Print a script for your shell: eval \"$(soundlake completion bash)\"",
          .argument = "SHELL",
          .run = run};
}

}  // namespace soundlake::cli
