// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/store/store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace soundlake::store {

/// One thing that a lake needs to do in a store.
struct Right {
  std::string name;  ///< list | delete | write | conditions | read
  bool there = false;
  std::string message;  ///< why it is not there
  std::string hint;
};

/// Tries what a lake will do there, with an object of its own that is gone afterwards: it is
/// written only when deleting is allowed. What depends on a right that is missing is not tried.
std::vector<Right> try_rights(Store& store);

}  // namespace soundlake::store
