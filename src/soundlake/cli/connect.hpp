// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

namespace soundlake::cli {

struct Invocation;
class Services;

struct ConnectOptions {
  bool no_browser = false;
  std::string client_id{};  ///< typed in just now; empty: the settings' one
};

/// Signs the person in to Spotify and returns what to say afterwards. Throws as spotify::sign_in.
std::string connect(Services& services, const ConnectOptions& options);

/// Signs in when nobody is, the app is known and there is a terminal to do it on.
void sign_in_when_possible(Services& services, const Invocation& invocation);

/// Whether a person sits at the terminal: stdin and stderr are one.
bool at_a_terminal();

}  // namespace soundlake::cli
