// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/secret.hpp"

#include <map>
#include <string>
#include <string_view>

namespace soundlake::spotify {

/// What a redirect says about the sign-in under way.
struct SignInAnswer {
  enum class Kind {
    code_given,     ///< allowed: `code` is to be exchanged
    refused,        ///< Spotify or the person said no: `error`
    other_sign_in,  ///< `state` is missing or belongs to another sign-in: never to be used
    no_answer,      ///< neither code nor error in it
  };
  Kind kind = Kind::no_answer;
  base::Secret code;
  std::string error;  ///< Spotify's word, e.g. "access_denied": letters and underscores only
};

/// Reads the parameters of a redirect. Nothing in them counts unless their `state` is ours.
SignInAnswer read_answer(const std::map<std::string, std::string>& parameters,
                         const std::string& state);

/// The parameters in what a person pasted: the whole address, its part from `?` on, or
/// `code=…&state=…`; blanks, quotes and angle brackets around it are dropped.
std::map<std::string, std::string> pasted_parameters(std::string_view line);

}  // namespace soundlake::spotify
