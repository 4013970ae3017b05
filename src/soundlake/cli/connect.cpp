// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/connect.hpp"

#include "soundlake/cli/command.hpp"
#include "soundlake/cli/services.hpp"
#include "soundlake/spotify/capability.hpp"
#include "soundlake/spotify/extract.hpp"
#include "soundlake/spotify/sign_in.hpp"

#include <fmt/format.h>
#include <unistd.h>

namespace soundlake::cli {

bool at_a_terminal() {
  return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1;
}

std::string connect(Services& services, const ConnectOptions& options) {
  auto app = services.app();
  if (!options.client_id.empty()) app.client_id = options.client_id;
  spotify::SignInOptions sign_in_options;
  sign_in_options.no_browser = options.no_browser;
  const auto result = spotify::sign_in(app, services.token_store(), services.client(),
                                       services.clock(), sign_in_options);
  // Answers kept from before may be another account's.
  services.response_cache().forget(spotify::kService);
  if (result.another_app) {
    spotify::Capabilities::forget(services.state());
    services.closures().forget(spotify::kService);
  }
  return fmt::format(
      "Signed in to Spotify. The sign-in lasts until {}; soundlake tells you a month "
      "before.\nNext: soundlake run\n",
      base::format_day(base::utc_day(result.ends)));
}

void sign_in_when_possible(Services& services, const Invocation& invocation) {
  if (invocation.json || !at_a_terminal() || services.session().signed_in() ||
      services.app().client_id.empty())
    return;
  fmt::print(stderr, "{}", connect(services, {}));
}

}  // namespace soundlake::cli
