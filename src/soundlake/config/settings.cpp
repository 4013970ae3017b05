// SPDX-License-Identifier: Apache-2.0
#include "soundlake/config/settings.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/files.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/config/check_value.hpp"
#include "soundlake/config/config_toml.hpp"

#include <cstdlib>
#include <utility>

namespace soundlake::config {
namespace fs = std::filesystem;

Environment process_environment() {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr || *value == '\0') return std::nullopt;
    return value;
  };
}

namespace {

fs::path home_folder(const Environment& environment) {
  return environment("HOME").value_or("/");
}

/// `$variable` when it is an absolute path (the XDG specification ignores relative ones), else
/// `~/fallback`.
fs::path xdg_folder(const Environment& environment, const char* variable, const char* fallback) {
  const auto set = environment(variable);
  if (set && fs::path(*set).is_absolute()) return *set;
  return home_folder(environment) / fallback;
}

std::string default_value(const Setting& setting, const Environment& environment) {
  if (setting.name == "lake")
    return xdg_folder(environment, "XDG_DATA_HOME", ".local/share") / "soundlake/lake";
  if (setting.name == "home")
    return xdg_folder(environment, "XDG_STATE_HOME", ".local/state") / "soundlake";
  if (setting.name == "timezone") return {};
  return setting.default_text;
}

/// The value of a secret kept in the file that `NAME_FILE` names, without its final line break.
std::string secret_of_file(const std::string& variable, const fs::path& path) {
  const auto bytes = base::read_file(path);
  if (!bytes) {
    throw Error(ErrorKind::config, variable + " names " + path.string() + ", which does not exist");
  }
  return base::trim(*bytes);
}

std::optional<Settings::Value> environment_value(const Setting& setting,
                                                 const Environment& environment) {
  for (const auto& name : setting.environment) {
    if (const auto text = environment(name)) return Settings::Value{*text, "environment " + name};
    if (setting.type != SettingType::secret) continue;
    if (const auto file = environment(name + "_FILE")) {
      return Settings::Value{secret_of_file(name + "_FILE", *file),
                             "environment " + name + "_FILE"};
    }
  }
  return std::nullopt;
}

}  // namespace

fs::path config_file(const Environment& environment) {
  return xdg_folder(environment, "XDG_CONFIG_HOME", ".config") / "soundlake" / "config.toml";
}

Settings Settings::load(const std::map<std::string, std::string>& flags,
                        const Environment& environment) {
  const fs::path file = config_file(environment);
  const auto from_file = read_config_toml(file);
  const std::string home = home_folder(environment);

  Settings settings;
  for (const auto& setting : all_settings()) {
    std::optional<Value> value;
    if (const auto flag = flags.find(setting.name); flag != flags.end()) {
      value = Value{flag->second, "flag " + setting.flag()};
    }
    if (!value) value = environment_value(setting, environment);
    if (const auto written = from_file.find(setting.name); !value && written != from_file.end()) {
      value = Value{written->second, file.string()};
    }
    if (value) {
      value->text = checked_value(setting, value->text, value->origin, home);
    } else {
      value = Value{default_value(setting, environment), "default"};
    }
    settings.values_[setting.name] = *std::move(value);
  }
  return settings;
}

const Settings::Value& Settings::value(const std::string& name) const {
  const auto found = values_.find(name);
  if (found == values_.end())
    throw Error(ErrorKind::internal, "there is no setting '" + name + "'");
  return found->second;
}

const std::string& Settings::text(const std::string& name) const {
  return value(name).text;
}
fs::path Settings::path(const std::string& name) const {
  return text(name);
}
base::Secret Settings::secret(const std::string& name) const {
  return base::Secret(text(name));
}
long Settings::number(const std::string& name) const {
  return std::stol(text(name));
}
bool Settings::is_set(const std::string& name) const {
  return value(name).origin != "default";
}

void Settings::set(const std::string& name, const std::string& text, const std::string& origin) {
  setting_named(name);
  values_[name] = Value{text, origin};
}

}  // namespace soundlake::config
