// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/first_run.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/cli/connect.hpp"
#include "soundlake/cli/demo_run.hpp"
#include "soundlake/cli/pipeline.hpp"
#include "soundlake/cli/question.hpp"
#include "soundlake/cli/services.hpp"
#include "soundlake/cli/summary.hpp"
#include "soundlake/spotify/app.hpp"

#include <fmt/format.h>

namespace soundlake::cli {
namespace {

enum class Choice { account, privacy_export, simulated };

Choice choose() {
  for (;;) {
    const auto answer =
        ask("\nWhat shall soundlake work on?\n\n"
            "  1  my Spotify account (needs Spotify Premium and two minutes to make a free app)\n"
            "  2  my listening history as Spotify sent it to me (the zip; needs nothing else)\n"
            "  3  the simulated listener: invented music, nothing to sign in to\n\n"
            "1, 2 or 3 [3]: ");
    if (!answer) throw Error(ErrorKind::cancelled, "no answer", "run ./run again");
    if (*answer == "1") return Choice::account;
    if (*answer == "2") return Choice::privacy_export;
    if (answer->empty() || *answer == "3") return Choice::simulated;
  }
}

/// Walks the person to an app of their own and signs in with it.
void connect_a_new_app(const Invocation& invocation) {
  Services services(invocation);
  fmt::print(stderr, "\n{}\n\n", spotify::steps_to_an_app());
  const auto id = ask("Client ID of your app: ");
  if (!id || id->empty()) {
    throw Error(ErrorKind::sign_in, "no client id was given",
                "run ./run again when the app is made");
  }
  fmt::print(stderr, "{}", connect(services, {.client_id = *id}));
}

/// The invocation with the path that the person types, or drags into the terminal.
Invocation with_export(Invocation invocation) {
  fmt::print(stderr,
             "\nSpotify sends it on request: https://www.spotify.com/account/privacy → \"Extended "
             "streaming history\".\n\n");
  const auto path = ask("The zip, or the folder it was unpacked to: ");
  if (!path || path->empty()) {
    throw Error(ErrorKind::usage, "no export was named",
                "run: ./run my_spotify_data.zip, when it is there");
  }
  invocation.arguments = {path_as_typed(*path)};
  return invocation;
}

void work(const Invocation& invocation, Report& report) {
  // Built after the question: a session reads what is stored when it begins.
  Services services(invocation);
  work_for_the_person(services, invocation, report);
}

bool has_something(const Invocation& invocation) {
  Services services(invocation);
  return !invocation.arguments.empty() || services.knows_an_account() || services.lake_has_plays();
}

}  // namespace

void work_for_the_person(Services& services, const Invocation& invocation, Report& report) {
  const bool account = services.knows_an_account();
  const bool extract = account || (invocation.arguments.empty() && !services.lake_has_plays());
  if (account) sign_in_when_possible(services, invocation);
  const auto result =
      run_pipeline(services,
                   {.command = "run",
                    .exports = {invocation.arguments.begin(), invocation.arguments.end()},
                    .extract = extract},
                   report);
  report.summary = run_summary(services, result, report);
}

void first_run(const Invocation& invocation, Report& report) {
  if (has_something(invocation)) {
    work(invocation, report);
    return;
  }
  const auto choice = at_a_terminal() && !invocation.json ? choose() : Choice::simulated;
  if (choice == Choice::simulated) {
    demo_run(invocation, {.lake = invocation.value("--demo-lake", "demo-lake")}, report);
  } else if (choice == Choice::privacy_export) {
    work(with_export(invocation), report);
  } else {
    connect_a_new_app(invocation);
    work(invocation, report);
  }
}

}  // namespace soundlake::cli
