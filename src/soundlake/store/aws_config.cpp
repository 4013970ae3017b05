// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/aws_config.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/files.hpp"
#include "soundlake/base/text.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <utility>

namespace soundlake::store {
namespace {

std::optional<std::string> first_of(const AwsConfig& config,
                                    std::initializer_list<const char*> variables) {
  for (const char* name : variables) {
    if (auto value = config.environment(name)) return value;
  }
  return std::nullopt;
}

std::string file_of(const AwsEnvironment& environment, const char* variable, const char* name) {
  const std::string home = environment("HOME").value_or("");
  std::string path = environment(variable).value_or(home + "/.aws/" + name);
  if (path.starts_with("~/")) path = home + path.substr(1);
  return path;
}

const AwsSection& section(const AwsIni& ini, const std::string& name) {
  static const AwsSection kNone;
  const auto found = ini.find(name);
  return found == ini.end() ? kNone : found->second;
}

std::optional<std::string> value_of(const AwsSection& settings, const std::string& name) {
  const auto found = settings.find(name);
  if (found == settings.end() || found->second.empty()) return std::nullopt;
  return found->second;
}

[[noreturn]] void refuse_value(const std::string& name, const std::string& value,
                               const std::string& known) {
  throw Error(ErrorKind::config, fmt::format("{} cannot be '{}'", name, value),
              "it is one of: " + known);
}

S3Addressing addressing_of(const AwsConfig& config) {
  const std::string style = config.setting("s3.addressing_style").value_or("auto");
  if (style == "auto") return S3Addressing::automatic;
  if (style == "path") return S3Addressing::path;
  if (style == "virtual") return S3Addressing::virtual_host;
  refuse_value("addressing_style in the AWS configuration", style, "auto, path, virtual");
}

bool wants_checksums(const AwsConfig& config) {
  const char* const name = "AWS_REQUEST_CHECKSUM_CALCULATION";
  const std::string when = base::to_lower_ascii(config.environment(name).value_or(
      config.setting("request_checksum_calculation").value_or("when_supported")));
  if (when == "when_supported") return true;
  if (when == "when_required") return false;
  refuse_value(name, when, "when_supported, when_required");
}

}  // namespace

AwsEnvironment process_environment() {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr || *value == '\0') return std::nullopt;
    return value;
  };
}

AwsSection AwsConfig::profile_of_config(const std::string& name) const {
  const AwsSection& own = section(config, "profile " + name);
  return own.empty() && name == "default" ? section(config, name) : own;
}

AwsSection AwsConfig::profile_of_credentials(const std::string& name) const {
  return section(credentials, name);
}

bool AwsConfig::has_profile(const std::string& name) const {
  return config.contains("profile " + name) || credentials.contains(name) ||
         (name == "default" && config.contains(name));
}

std::optional<std::string> AwsConfig::setting(const std::string& name) const {
  return value_of(profile_of_config(profile), name);
}

AwsConfig load_aws_config(AwsEnvironment environment) {
  AwsConfig config;
  config.environment = std::move(environment);
  const std::string config_file = file_of(config.environment, "AWS_CONFIG_FILE", "config");
  const std::string credentials_file =
      file_of(config.environment, "AWS_SHARED_CREDENTIALS_FILE", "credentials");
  config.config = parse_aws_ini(base::read_file(config_file).value_or(""));
  config.credentials = parse_aws_ini(base::read_file(credentials_file).value_or(""));
  if (const auto named = first_of(config, {"AWS_PROFILE", "AWS_DEFAULT_PROFILE"})) {
    config.profile = *named;
    config.profile_named = true;
    if (!config.has_profile(*named)) {
      throw Error(ErrorKind::config, fmt::format("there is no AWS profile '{}'", *named),
                  fmt::format("check AWS_PROFILE; profiles are in {} and {}", config_file,
                              credentials_file));
    }
  }
  return config;
}

std::string aws_region(const AwsConfig& config) {
  if (const auto region = first_of(config, {"AWS_REGION", "AWS_DEFAULT_REGION"})) return *region;
  return config.setting("region").value_or("");
}

std::string aws_endpoint_url(const AwsConfig& config, const std::string& service) {
  const auto ignored =
      config.environment("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
          .value_or(config.setting("ignore_configured_endpoint_urls").value_or(""));
  if (base::to_lower_ascii(ignored) == "true") return "";
  std::string variable = "AWS_ENDPOINT_URL_" + service;
  std::transform(variable.begin(), variable.end(), variable.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  if (const auto url = first_of(config, {variable.c_str(), "AWS_ENDPOINT_URL"})) return *url;
  if (const auto services = config.setting("services")) {
    const AwsSection& own = section(config.config, "services " + *services);
    if (const auto url = value_of(own, service + ".endpoint_url")) return *url;
  }
  return config.setting("endpoint_url").value_or("");
}

std::string aws_ca_file(const AwsConfig& config) {
  const std::string file =
      config.environment("AWS_CA_BUNDLE").value_or(config.setting("ca_bundle").value_or(""));
  if (!file.empty() && ::access(file.c_str(), R_OK) != 0) {
    throw Error(ErrorKind::config, "the certificates in " + file + " cannot be read",
                "check AWS_CA_BUNDLE, and ca_bundle in the AWS configuration");
  }
  return file;
}

S3Endpoint s3_endpoint(const AwsConfig& config) {
  return {.url = aws_endpoint_url(config, "s3"),
          .region = aws_region(config),
          .addressing = addressing_of(config),
          .ca_file = aws_ca_file(config),
          .checksums = wants_checksums(config)};
}

}  // namespace soundlake::store
