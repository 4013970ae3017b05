// SPDX-License-Identifier: Apache-2.0
#include "soundlake/config/check_value.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/base/time.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>

namespace soundlake::config {
namespace {

[[noreturn]] void refuse(const Setting& setting, const std::string& text, const std::string& origin,
                         const std::string& wanted) {
  const std::string shown = setting.type == SettingType::secret ? "its value" : "'" + text + "'";
  throw Error(ErrorKind::config,
              setting.name + " (" + origin + "): " + shown + " is not " + wanted);
}

std::string spelled_out(const std::string& text, const std::string& home_folder) {
  const std::string whole =
      text == "~" || text.starts_with("~/") ? home_folder + text.substr(1) : text;
  const auto path = std::filesystem::absolute(whole).lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

std::string lake_path(const Setting& setting, std::string text, const std::string& origin,
                      const std::string& home_folder) {
  if (text.starts_with("file://")) text = text.substr(7);
  if (text.starts_with("s3://")) {
    while (text.ends_with('/') && text.size() > 5) text.pop_back();
    return text;
  }
  if (text.find("://") != std::string::npos)
    refuse(setting, text, origin, "a folder (a path or file://…) or s3://bucket/prefix");
  return spelled_out(text, home_folder);
}

}  // namespace

bool safe_service_url(const std::string& url) {
  if (url.starts_with("https://") && url.size() > 8) return true;
  if (!url.starts_with("http://")) return false;
  const std::string authority = url.substr(7, url.find_first_of("/?#", 7) - 7);
  if (authority.find('@') != std::string::npos) return false;
  const std::string host = authority.front() == '[' ? authority.substr(0, authority.find(']') + 1)
                                                    : authority.substr(0, authority.find(':'));
  return host == "127.0.0.1" || host == "[::1]" || host == "localhost";
}

std::string checked_value(const Setting& setting, const std::string& given,
                          const std::string& origin, const std::string& home_folder) {
  std::string text = base::trim(given);
  if (text.empty()) refuse(setting, given, origin, "a value (it is empty)");
  switch (setting.type) {
    case SettingType::text:
    case SettingType::secret:
      if (std::any_of(text.begin(), text.end(),
                      [](unsigned char c) { return c < ' ' || c == 127; })) {
        refuse(setting, text, origin, "one line of text");
      }
      return text;
    case SettingType::path:
      return spelled_out(text, home_folder);
    case SettingType::lake_uri:
      return lake_path(setting, text, origin, home_folder);
    case SettingType::url: {
      std::string url = text;
      while (url.ends_with('/')) url.pop_back();
      if (!safe_service_url(url)) {
        refuse(setting, text, origin, "an https:// address (plain http only to this machine)");
      }
      return url;
    }
    case SettingType::redirect:
      if (text.find("://") == std::string::npos) refuse(setting, text, origin, "a URL");
      return text;
    case SettingType::country: {
      std::string country;
      for (const char c : text)
        country += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      const bool letters =
          std::all_of(country.begin(), country.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
      if (country.size() != 2 || !letters)
        refuse(setting, text, origin, "a country code of two letters, such as DE");
      return country;
    }
    case SettingType::number: {
      const bool digits =
          std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
      if (!digits || text.size() > 9) refuse(setting, text, origin, "a whole number");
      return text;
    }
    case SettingType::instant:
      if (!base::parse_utc(text))
        refuse(setting, text, origin, "a moment like 2026-11-23T12:00:00Z");
      return text;
    case SettingType::yes_no:
      if (text != "yes" && text != "no") refuse(setting, text, origin, "yes or no");
      return text;
  }
  return text;
}

}  // namespace soundlake::config
