// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/config/settings.hpp"

#include <string>

namespace soundlake::config {

/// The value as the setting's type wants it (`~/` spelled out, country in capitals, no trailing
/// slash). Throws Error{config} naming setting and origin; a secret's text is never shown.
std::string checked_value(const Setting& setting, const std::string& given,
                          const std::string& origin, const std::string& home_folder);

/// Whether a URL is https, or plain http to this machine (127.0.0.1, [::1], localhost).
bool safe_service_url(const std::string& url);

}  // namespace soundlake::config
