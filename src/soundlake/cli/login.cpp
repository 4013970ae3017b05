// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/commands.hpp"
#include "soundlake/cli/connect.hpp"
#include "soundlake/cli/report.hpp"
#include "soundlake/cli/services.hpp"

namespace soundlake::cli {
namespace {

void run(const Invocation& invocation, Report& report) {
  Services services(invocation);
  report.summary = connect(services, {.no_browser = invocation.has("--no-browser")});
  services.tell_requests(report);
}

}  // namespace

Command login_command() {
  return {
      .name = "login",
      .summary = "Sign in to Spotify",
      .description =
          "Sign in to Spotify with your own app. Opens the browser and waits for its answer on "
          "this machine; "
          "without a browser the address is printed and the page you land on can be pasted back.",
      .options = {{.name = "--no-browser",
                   .value = {},
                   .help = "Print the address instead of opening a browser"}},
      .run = run};
}

}  // namespace soundlake::cli
