// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/version.hpp"

namespace soundlake::base {

const char* version() {
  return SOUNDLAKE_VERSION;
}

}  // namespace soundlake::base
