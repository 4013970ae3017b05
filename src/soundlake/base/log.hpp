// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

namespace soundlake::base {

enum class LogLevel { debug, info, warning, off };

/// Talk for the person, always on stderr; results go to stdout. Never give it a secret.
void set_log_level(LogLevel level);
void log_debug(const std::string& message);
void log_info(const std::string& message);
void log_warning(const std::string& message);

}  // namespace soundlake::base
