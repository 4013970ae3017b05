// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/secret.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace soundlake::config {

/// What a value must look like; checked when it is read, with an error that names where it came
/// from.
enum class SettingType {
  text,
  path,      ///< a path; `~/` stands for the home folder
  lake_uri,  ///< a path, file://… or s3://bucket/prefix
  secret,    ///< never shown; no flag; `NAME_FILE` names a file that holds it
  url,       ///< https, or plain http to a loopback address; no trailing slash
  redirect,  ///< any URL; the sign-in checks it further
  country,   ///< two letters
  number,    ///< a whole number ≥ 0
  instant,   ///< 2026-11-23T12:00:00Z
  yes_no,    ///< "yes" or "no"; the flag takes no value and means yes
};

/// One setting, declared once in settings_table.cpp: flag, environment, config file, help, `doctor`
/// and docs/settings.md all come from this.
struct Setting {
  std::string name;  ///< TOML key; the flag is the same with dashes
  SettingType type = SettingType::text;
  std::string default_text;              ///< as shown in help; empty when there is none
  std::string help;                      ///< one sentence
  std::vector<std::string> environment;  ///< names, the first that is set wins

  /// Secrets have none: a process list would show it.
  bool has_flag() const { return type != SettingType::secret; }
  /// `--spotify-client-id`
  std::string flag() const;
};

/// All settings, in the order of docs/settings.md.
const std::vector<Setting>& all_settings();
/// The declaration of one. Throws Error{internal} for an unknown name.
const Setting& setting_named(const std::string& name);

using Environment = std::function<std::optional<std::string>(const std::string&)>;
/// The environment of this process; an empty variable counts as not set.
Environment process_environment();

/// Where config.toml lies: `$XDG_CONFIG_HOME/soundlake/` or `~/.config/soundlake/`.
std::filesystem::path config_file(const Environment& environment);

/// The value of each setting and where it came from: flag > environment > config file > default.
class Settings {
 public:
  struct Value {
    std::string text;
    std::string origin;  ///< "flag --lake", "environment SOUNDLAKE_LAKE", a file's path, "default"
  };

  /// @param flags values given on the command line, by setting name
  /// Throws Error{config} for a config.toml that cannot be read, an unknown key (with the nearest
  /// known one), a secret in a file that others may read, or a value of the wrong type.
  static Settings load(const std::map<std::string, std::string>& flags,
                       const Environment& environment);

  /// The text of a setting; its default when nothing was set. Empty when there is no default.
  const std::string& text(const std::string& name) const;
  std::filesystem::path path(const std::string& name) const;
  base::Secret secret(const std::string& name) const;
  long number(const std::string& name) const;
  /// Set by flag, environment or file.
  bool is_set(const std::string& name) const;
  const Value& value(const std::string& name) const;
  /// Replaces a value, for `demo`.
  void set(const std::string& name, const std::string& text, const std::string& origin);

 private:
  std::map<std::string, Value> values_;
};

/// The text of docs/settings.md.
std::string settings_markdown();

}  // namespace soundlake::config
