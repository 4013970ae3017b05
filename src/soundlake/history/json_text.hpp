// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

namespace soundlake::history {

/// The value of a JSON text from the bytes between its quotes: escapes resolved, everything that is
/// no Unicode (stray bytes, lone surrogates) and the character NUL, which no name contains, as
/// U+FFFD. Never fails: an escape that JSON does not know stands for the character behind the
/// backslash.
std::string text_of_json(std::string_view between_quotes);

/// The bytes for showing in a message: at most 40 characters on one line, control characters as
/// `\x1b`.
std::string shown(std::string_view bytes);

}  // namespace soundlake::history
