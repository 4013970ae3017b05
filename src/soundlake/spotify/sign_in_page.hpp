// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/net/http_server.hpp"

namespace soundlake::spotify {

/// What the browser shows at the end of a sign-in.
enum class SignInPage {
  done,           ///< 200: the answer has arrived
  declined,       ///< 200: the person said no, or Spotify did
  other_sign_in,  ///< 400: the answer belongs to another sign-in
  no_answer,      ///< 400: neither yes nor no in it
  not_here,       ///< 404: any other address
  wrong_method,   ///< 405: not a GET
};

/// The page with its status: one self-contained HTML text, light or dark as the browser likes it,
/// that asks no other host for anything and shows nothing of the request.
net::ServerResponse sign_in_page(SignInPage page);

}  // namespace soundlake::spotify
