// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/first_run.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/cli/connect.hpp"
#include "soundlake/cli/demo_run.hpp"
#include "soundlake/cli/pipeline.hpp"
#include "soundlake/cli/services.hpp"
#include "soundlake/cli/summary.hpp"
#include "soundlake/spotify/app.hpp"

#include <fmt/format.h>

#include <iostream>

namespace soundlake::cli {
namespace {

/// One answered line from the terminal; nothing when it was closed.
std::optional<std::string> ask(const std::string& question) {
  fmt::print(stderr, "{}", question);
  std::string line;
  if (!std::getline(std::cin, line)) return std::nullopt;
  return base::trim(line);
}

bool wants_to_connect() {
  for (;;) {
    const auto answer =
        ask("\nWhat shall soundlake work on?\n\n"
            "  1  my Spotify account (needs Spotify Premium and two minutes to make a free app)\n"
            "  2  the simulated listener: invented music, nothing to sign in to\n\n"
            "1 or 2 [2]: ");
    if (!answer) throw Error(ErrorKind::cancelled, "no answer", "run ./run again");
    if (*answer == "1") return true;
    if (answer->empty() || *answer == "2") return false;
  }
}

/// Walks the person to an app of their own and signs in with it.
void connect_a_new_app(Services& services) {
  fmt::print(stderr, "\n{}\n\n", spotify::steps_to_an_app());
  const auto id = ask("Client ID of your app: ");
  if (!id || id->empty()) {
    throw Error(ErrorKind::sign_in, "no client id was given",
                "run ./run again when the app is made");
  }
  fmt::print(stderr, "{}", connect(services, {.client_id = *id}));
}

void work_on_the_account(Services& services, Report& report) {
  const RunResult result = run_pipeline(services, "run", report);
  report.summary = run_summary(services, result, report);
}

}  // namespace

void first_run(const Invocation& invocation, Report& report) {
  Services services(invocation);
  const bool configured = services.session().signed_in() || !services.app().client_id.empty() ||
                          services.settings().is_set("spotify_refresh_token");
  if (configured) {
    sign_in_when_possible(services, invocation);
    work_on_the_account(services, report);
    return;
  }
  if (at_a_terminal() && !invocation.json && wants_to_connect()) {
    connect_a_new_app(services);
    // The session was built before the sign-in; a new one reads what is stored now.
    Services connected(invocation);
    work_on_the_account(connected, report);
    return;
  }
  demo_run(invocation, {.lake = invocation.value("--demo-lake", "demo-lake")}, report);
}

}  // namespace soundlake::cli
