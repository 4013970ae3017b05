// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace soundlake::spotify {

/// The programs to try for opening `url`, as argument lists: those of $BROWSER (separated by
/// colons, %s stands for the address), then xdg-open when there is a display.
std::vector<std::vector<std::string>> browser_commands(
    const std::function<std::optional<std::string>(const std::string&)>& environment,
    const std::string& url);

/// Starts the first of `commands` that can be started, without a shell, in a session of its own,
/// with its output discarded and none of our descriptors. False when none started.
bool start_detached(const std::vector<std::vector<std::string>>& commands);

/// Opens the address in this machine's browser, when there is a display or $BROWSER.
bool open_in_browser(const std::string& url);

}  // namespace soundlake::spotify
