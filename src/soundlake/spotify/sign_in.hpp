// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"
#include "soundlake/net/client.hpp"
#include "soundlake/spotify/app.hpp"
#include "soundlake/spotify/token_store.hpp"

#include <chrono>
#include <functional>
#include <string>

namespace soundlake::spotify {

struct SignInOptions {
  bool no_browser = false;                                      ///< only print the address
  std::chrono::milliseconds timeout = std::chrono::minutes(5);  ///< for the person to answer
  int input = 0;  ///< descriptor to paste into; -1 for none
  /// Tells the person one line; empty: to stderr.
  std::function<void(const std::string&)> say;
  /// Opens the address; false when there is no browser here. Empty: open_in_browser().
  std::function<bool(const std::string& url)> open_browser;
};

struct SignInResult {
  std::string scopes;        ///< granted, separated by blanks
  bool another_app = false;  ///< the sign-in before this one was with another client id
  base::Instant ends;        ///< when Spotify will want a new one
};

/// Signs a person in: opens the authorization page (or prints it), waits for the redirect on its
/// loopback port or pasted on `input`, whichever comes first, exchanges the code and stores the
/// tokens. Requests that are no answer to this sign-in end nothing; an answer with another `state`
/// is refused and its code never used.
/// Throws Error{sign_in} when the person says no, nobody answers in time or Spotify does not take
/// the code; Error{config} for an unusable client id, secret or redirect; Error{network};
/// Error{cancelled}. What is stored already stays unless the sign-in succeeds.
SignInResult sign_in(const App& app, TokenStore& store, net::Client& client,
                     const base::Clock& clock, const SignInOptions& options);

}  // namespace soundlake::spotify
