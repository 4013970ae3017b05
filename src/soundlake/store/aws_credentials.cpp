// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/aws_credentials.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/log.hpp"
#include "soundlake/store/aws_metadata.hpp"
#include "soundlake/store/aws_process.hpp"
#include "soundlake/store/aws_sts.hpp"

#include <fmt/core.h>

#include <chrono>
#include <memory>
#include <set>
#include <utility>

namespace soundlake::store {
namespace {

constexpr std::chrono::minutes kRenewBefore{5};
constexpr std::chrono::seconds kProcessPatience{60};

std::string value(const AwsSection& section, const std::string& name) {
  const auto found = section.find(name);
  return found == section.end() ? "" : found->second;
}

std::string export_hint(const std::string& profile) {
  return fmt::format(
      "sign in with the AWS CLI, then set for soundlake in ~/.aws/config, in a profile of its own: "
      "credential_process = aws configure export-credentials --profile {} --format process",
      profile);
}

/// Looks through the places in turn.
class Search {
 public:
  Search(AwsConfig config, net::Client& client, base::Instant now)
      : config_(std::move(config)), client_(client), now_(now) {}

  AwsCredentials find() {
    if (auto found = from_environment()) return *found;
    if (auto found = from_role(config_.profile)) return *found;
    if (auto found = from_web_identity()) return *found;
    if (auto found = from_keys(config_.profile)) return *found;
    if (auto found = container_credentials(config_, client_)) return *found;
    refuse_sign_in(config_.profile);
    if (auto found = ec2_credentials(config_, client_)) return *found;
    throw Error(ErrorKind::config, "there are no AWS credentials",
                "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or run `aws "
                "configure`");
  }

 private:
  std::optional<AwsCredentials> from_environment() const {
    const auto key = config_.environment("AWS_ACCESS_KEY_ID");
    const auto secret = config_.environment("AWS_SECRET_ACCESS_KEY");
    if (!key && !secret) return std::nullopt;
    if (!key || !secret) {
      throw Error(ErrorKind::config,
                  key ? "AWS_ACCESS_KEY_ID is set, AWS_SECRET_ACCESS_KEY is not"
                      : "AWS_SECRET_ACCESS_KEY is set, AWS_ACCESS_KEY_ID is not",
                  "set both, or neither");
    }
    return AwsCredentials{
        .access_key_id = *key,
        .secret_access_key = base::Secret(*secret),
        .session_token = base::Secret(config_.environment("AWS_SESSION_TOKEN").value_or("")),
        .expires = {},
        .source = "from the environment"};
  }

  std::optional<AwsCredentials> from_role(const std::string& profile) {
    const AwsSection settings = config_.profile_of_config(profile);
    const AwsRole role{.arn = value(settings, "role_arn"),
                       .session_name = value(settings, "role_session_name"),
                       .external_id = value(settings, "external_id"),
                       .duration_seconds = value(settings, "duration_seconds")};
    if (role.arn.empty()) return std::nullopt;
    if (const auto token = value(settings, "web_identity_token_file"); !token.empty()) {
      return assume_role_with_web_identity(config_, client_, role, token);
    }
    if (!value(settings, "mfa_serial").empty()) {
      throw Error(ErrorKind::config,
                  fmt::format("the role of the AWS profile '{}' wants a code typed in", profile),
                  export_hint(profile));
    }
    return assume_role(config_, client_, role, source_of_role(profile, settings), now_);
  }

  AwsCredentials source_of_role(const std::string& profile, const AwsSection& settings) {
    const std::string from = value(settings, "source_profile");
    const std::string kind = value(settings, "credential_source");
    std::optional<AwsCredentials> found;
    if (!from.empty()) {
      if (!config_.has_profile(from)) {
        throw Error(ErrorKind::config,
                    fmt::format("the AWS profile '{}' takes its credentials from '{}', which is "
                                "not there",
                                profile, from),
                    "check source_profile in ~/.aws/config");
      }
      // A profile may name itself: then its own keys are meant.
      const bool seen = !visited_.insert(profile).second;
      if (seen) {
        throw Error(ErrorKind::config,
                    fmt::format("the AWS profile '{}' takes its credentials from itself", profile),
                    "check source_profile in ~/.aws/config");
      }
      if (from != profile) found = from_role(from);
      if (!found) found = from_keys(from);
      if (!found) refuse_sign_in(from);
    } else if (kind == "Environment") {
      found = from_environment();
    } else if (kind == "EcsContainer") {
      found = container_credentials(config_, client_);
    } else if (kind == "Ec2InstanceMetadata") {
      found = ec2_credentials(config_, client_);
    }
    if (!found) {
      throw Error(ErrorKind::config,
                  fmt::format("the AWS profile '{}' has a role and no credentials to take it on "
                              "with",
                              profile),
                  "set source_profile or credential_source in ~/.aws/config");
    }
    return *found;
  }

  std::optional<AwsCredentials> from_web_identity() {
    const auto token = config_.environment("AWS_WEB_IDENTITY_TOKEN_FILE");
    const auto arn = config_.environment("AWS_ROLE_ARN");
    if (!token || !arn) return std::nullopt;
    const AwsRole role{.arn = *arn,
                       .session_name = config_.environment("AWS_ROLE_SESSION_NAME").value_or(""),
                       .external_id = {},
                       .duration_seconds = {}};
    return assume_role_with_web_identity(config_, client_, role, *token);
  }

  std::optional<AwsCredentials> from_keys(const std::string& profile) const {
    const AwsSection config = config_.profile_of_config(profile);
    if (auto found = keys_in(config_.profile_of_credentials(profile), profile)) return found;
    for (const auto& section : {config_.profile_of_credentials(profile), config}) {
      const std::string command = value(section, "credential_process");
      if (!command.empty()) return from_process(command, profile);
    }
    return keys_in(config, profile);
  }

  static std::optional<AwsCredentials> keys_in(const AwsSection& section,
                                               const std::string& profile) {
    AwsCredentials keys{.access_key_id = value(section, "aws_access_key_id"),
                        .secret_access_key = base::Secret(value(section, "aws_secret_access_key")),
                        .session_token = base::Secret(value(section, "aws_session_token")),
                        .expires = {},
                        .source = "of the AWS profile '" + profile + "'"};
    if (keys.access_key_id.empty() || keys.secret_access_key.empty()) return std::nullopt;
    return keys;
  }

  static AwsCredentials from_process(const std::string& command, const std::string& profile) {
    auto keys = parse_aws_credentials_json(output_of(command, kProcessPatience));
    if (!keys) {
      throw Error(ErrorKind::config,
                  fmt::format("the credential_process of the AWS profile '{}' prints no "
                              "credentials",
                              profile),
                  "run that command by hand: it has to print JSON with AccessKeyId and "
                  "SecretAccessKey");
    }
    keys->source = "of the AWS profile '" + profile + "' (credential_process)";
    return *keys;
  }

  /// What only the AWS CLI itself can sign in to.
  void refuse_sign_in(const std::string& profile) const {
    const AwsSection settings = config_.profile_of_config(profile);
    for (const char* name : {"sso_session", "sso_start_url", "login_session"}) {
      if (value(settings, name).empty()) continue;
      throw Error(ErrorKind::config,
                  fmt::format("the AWS profile '{}' signs in through a browser, which soundlake "
                              "leaves to the AWS CLI",
                              profile),
                  export_hint(profile));
    }
  }

  AwsConfig config_;
  net::Client& client_;
  base::Instant now_;
  std::set<std::string> visited_;
};

/// Keeps what was found until it ends.
class Keeper {
 public:
  Keeper(AwsEnvironment environment, net::Client& client, base::Clock clock)
      : environment_(std::move(environment)), client_(client), clock_(std::move(clock)) {}

  AwsCredentials get(bool renew) {
    const auto now = clock_();
    const bool ends = found_ && found_->expires && *found_->expires - kRenewBefore <= now;
    // Some sources give the same ones until shortly before they end.
    const bool just_asked = found_ && now - asked_at_ < std::chrono::minutes(1);
    if (!found_ || renew || (ends && !just_asked)) look_up(now);
    return *found_;
  }

 private:
  void look_up(base::Instant now) {
    asked_at_ = now;
    try {
      found_ = Search(load_aws_config(environment_), client_, now).find();
    } catch (const Error& error) {
      const bool still_good = found_ && found_->expires && *found_->expires > now;
      if (!still_good || error.kind() == ErrorKind::cancelled) throw;
      base::log_warning(error.message() + "; going on with the credentials of before");
    }
  }

  AwsEnvironment environment_;
  net::Client& client_;
  base::Clock clock_;
  std::optional<AwsCredentials> found_;
  base::Instant asked_at_;
};

}  // namespace

CredentialSource aws_credentials(AwsEnvironment environment, net::Client& client,
                                 base::Clock clock) {
  const auto keeper = std::make_shared<Keeper>(std::move(environment), client, std::move(clock));
  return [keeper](bool renew) { return keeper->get(renew); };
}

}  // namespace soundlake::store
