// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <map>
#include <string>

namespace soundlake::config {

/// The settings written in config.toml as text, by name; empty when there is no such file. Throws
/// Error{config} for a file that is not TOML (with line), an unknown key (with the nearest known
/// one), a value that is neither text nor a whole number, or a secret in a file others may read.
std::map<std::string, std::string> read_config_toml(const std::filesystem::path& file);

}  // namespace soundlake::config
