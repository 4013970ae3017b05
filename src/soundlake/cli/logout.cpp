// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/commands.hpp"
#include "soundlake/cli/report.hpp"
#include "soundlake/cli/services.hpp"
#include "soundlake/spotify/token_store.hpp"

namespace soundlake::cli {
namespace {

void run(const Invocation& invocation, Report& report) {
  Services services(invocation);
  const bool was_signed_in = services.token_store().load().has_value();
  services.token_store().forget();
  services.response_cache().forget("spotify");
  report.counts = {{"sign_ins_forgotten", was_signed_in ? 1 : 0}};
  report.summary =
      was_signed_in
          ? "Signed out: the tokens on this machine are forgotten. Your lake is as it was.\n"
            "To end the access at Spotify as well: spotify.com/account/apps → soundlake's app → "
            "Remove access.\n"
          : "Nobody was signed in. Your lake is as it was.\n";
}

}  // namespace

Command logout_command() {
  return {.name = "logout",
          .summary = "Forget the sign-in on this machine; the lake stays",
          .description =
              "Forget the tokens on this machine. The lake stays as it is; `forget` removes what "
              "came from Spotify's Web API.",
          .run = run};
}

}  // namespace soundlake::cli
