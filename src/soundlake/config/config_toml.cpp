// SPDX-License-Identifier: Apache-2.0
#include "soundlake/config/config_toml.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/files.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/config/settings.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <toml++/toml.h>

namespace soundlake::config {
namespace {

bool others_may_read(const std::filesystem::path& file) {
  struct stat info {};
  return ::stat(file.c_str(), &info) == 0 && (info.st_mode & 077) != 0;
}

const Setting* find_setting(const std::string& name) {
  for (const auto& setting : all_settings()) {
    if (setting.name == name) return &setting;
  }
  return nullptr;
}

std::string hint_for(const std::string& unknown) {
  std::vector<std::string> names;
  for (const auto& setting : all_settings()) names.push_back(setting.name);
  const auto near = base::nearest(unknown, names);
  return near ? "did you mean '" + *near + "'?" : "docs/settings.md lists the settings";
}

}  // namespace

std::map<std::string, std::string> read_config_toml(const std::filesystem::path& file) {
  std::map<std::string, std::string> values;
  const auto bytes = base::read_file(file);
  if (!bytes) return values;
  toml::table table;
  try {
    table = toml::parse(*bytes);
  } catch (const toml::parse_error& error) {
    throw Error(ErrorKind::config, fmt::format("{} line {} is not TOML: {}", file.string(),
                                               error.source().begin.line, error.description()));
  }
  for (const auto& [key, node] : table) {
    const std::string name(key.str());
    const Setting* setting = find_setting(name);
    if (setting == nullptr) {
      throw Error(ErrorKind::config, file.string() + " has an unknown setting '" + name + "'",
                  hint_for(name));
    }
    if (const auto text = node.value_exact<std::string>()) {
      values[name] = *text;
    } else if (const auto number = node.value_exact<std::int64_t>()) {
      values[name] = std::to_string(*number);
    } else {
      throw Error(ErrorKind::config, file.string() + ": the value of '" + name +
                                         "' must be text in quotes or a whole number");
    }
    if (setting->type == SettingType::secret && others_may_read(file)) {
      throw Error(ErrorKind::config,
                  file.string() + " holds the secret '" + name + "' and others may read it",
                  "run: chmod 600 " + file.string());
    }
  }
  return values;
}

}  // namespace soundlake::config
