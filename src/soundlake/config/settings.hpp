// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "soundlake/base/secret.hpp"

namespace soundlake::config {

enum class SettingType { text, path, secret, url, list, number };

/// One setting, declared once in settings.cpp: flag, environment, config file, help, doctor and
/// docs/settings.md all come from this.
struct Setting {
  std::string name;                      ///< TOML key and flag, e.g. "spotify_api_url" → --spotify-api-url
  SettingType type = SettingType::text;
  std::string default_text;              ///< as shown in help; "–" when there is none
  std::string help;                      ///< one sentence
  std::vector<std::string> environment;  ///< names, the first wins
  bool flag = true;                      ///< secrets have none: a process list would show it
};

/// All settings, in the order of docs/settings.md.
const std::vector<Setting>& all_settings();

/// The value of each setting and where it came from: flag > environment > config file > default.
class Settings {
 public:
  struct Value {
    std::string text;
    std::string origin;  ///< "flag --lake", "environment SOUNDLAKE_LAKE", "/home/…/config.toml", "default"
  };
  using Environment = std::function<std::optional<std::string>(const std::string&)>;

  /// @param flags values given on the command line, by setting name
  /// Throws Error{config} for a config.toml that cannot be read, an unknown key (with the nearest
  /// known one), a secret in a file that others may read, or a value of the wrong type.
  static Settings load(const std::map<std::string, std::string>& flags, const Environment& environment);
  /// The process's environment.
  static Environment process_environment();

  /// The text of a setting; its default when nothing was set. Empty when there is no default.
  const std::string& text(const std::string& name) const;
  std::filesystem::path path(const std::string& name) const;
  base::Secret secret(const std::string& name) const;
  long number(const std::string& name) const;
  std::vector<std::string> list(const std::string& name) const;
  /// Set by flag, environment or file.
  bool is_set(const std::string& name) const;
  const Value& value(const std::string& name) const;
  /// For `demo` and tests: replaces a value, origin as given.
  void set(const std::string& name, const std::string& text, const std::string& origin);

 private:
  std::map<std::string, Value> values_;
};

}  // namespace soundlake::config
