// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/aws_ini.hpp"

#include "soundlake/base/text.hpp"

#include <optional>
#include <utility>

namespace soundlake::store {
namespace {

std::string section_name(std::string_view line) {
  std::string words;
  for (const auto& part : base::split(line.substr(1, line.find(']') - 1), ' ')) {
    std::string word;
    for (const char c : base::trim(part)) {
      if (c != '"' && c != '\'') word += c;
    }
    if (!word.empty()) words += (words.empty() ? "" : " ") + word;
  }
  return words;
}

std::optional<std::pair<std::string, std::string>> name_and_value(std::string_view line) {
  const auto equals = line.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  return std::pair(base::to_lower_ascii(base::trim(line.substr(0, equals))),
                   base::trim(line.substr(equals + 1)));
}

}  // namespace

AwsIni parse_aws_ini(std::string_view text) {
  AwsIni ini;
  AwsSection* section = nullptr;
  std::string outer;  // the setting that indented lines belong to
  for (const auto& line : base::split(text, '\n')) {
    const std::string words = base::trim(line);
    if (words.empty() || words.front() == '#' || words.front() == ';') continue;
    if (words.front() == '[') {
      section = &ini[section_name(words)];
      outer.clear();
      continue;
    }
    const auto setting = name_and_value(words);
    if (section == nullptr || !setting) continue;
    const bool indented = line.front() == ' ' || line.front() == '\t';
    if (indented && !outer.empty()) {
      (*section)[outer + "." + setting->first] = setting->second;
      continue;
    }
    outer = setting->second.empty() ? setting->first : "";
    (*section)[setting->first] = setting->second;
  }
  return ini;
}

}  // namespace soundlake::store
