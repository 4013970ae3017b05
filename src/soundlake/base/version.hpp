// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace soundlake::base {

/// The version of this program, as CMakeLists.txt's project() says: "0.1.0".
const char* version();

}  // namespace soundlake::base
