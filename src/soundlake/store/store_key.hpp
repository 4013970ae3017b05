// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

namespace soundlake::store {

/// Whether this may be the key of an object in any store: relative, parts between single `/`, no
/// `.` or `..` part, no control characters, at most 1024 bytes (the limit of S3).
bool is_valid_key(std::string_view key);
/// Throws Error{internal} when it may not.
void check_key(std::string_view key);
/// Throws Error{internal} when this is no prefix for list(): empty, or a valid key with `/` behind
/// it.
void check_prefix(std::string_view prefix);

}  // namespace soundlake::store
