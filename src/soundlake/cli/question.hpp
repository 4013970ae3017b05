// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

namespace soundlake::cli {

/// One answered line from the terminal; nothing when it was closed.
std::optional<std::string> ask(const std::string& question);

/// A path as a person types it at a question, where no shell reads it: without the quotes or
/// backslashes that a terminal puts around a file dragged into it, and with `~` for home.
std::string path_as_typed(const std::string& answer);

}  // namespace soundlake::cli
