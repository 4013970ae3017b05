// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

namespace soundlake::cli {

class Services;

/// One thing `doctor` found.
struct Finding {
  enum class State {
    good,
    attention,  ///< works, but look at it
    missing,    ///< does not work
    note,
  };
  std::string section;
  std::string name;  ///< for scripts, e.g. "genres"
  State state = State::note;
  std::string text;  ///< one sentence
  std::string hint;  ///< what to do; may be empty
};

/// Looks at sign-in, app, quotas and lake. Asks no service but S3, where the settings name a place
/// there.
std::vector<Finding> find_out(Services& services);

}  // namespace soundlake::cli
