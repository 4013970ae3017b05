// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/store/aws_ini.hpp"
#include "soundlake/store/s3_location.hpp"

#include <functional>
#include <optional>
#include <string>

/// What the AWS CLI would be told on this machine: environment, ~/.aws/config, ~/.aws/credentials.
namespace soundlake::store {

/// The value of an environment variable; nothing when it is not set or empty.
using AwsEnvironment = std::function<std::optional<std::string>(const std::string&)>;
/// The environment of this process.
AwsEnvironment process_environment();

struct AwsConfig {
  AwsEnvironment environment;
  std::string profile = "default";
  bool profile_named = false;  ///< by AWS_PROFILE or AWS_DEFAULT_PROFILE
  AwsIni config;               ///< ~/.aws/config, or AWS_CONFIG_FILE
  AwsIni credentials;          ///< ~/.aws/credentials, or AWS_SHARED_CREDENTIALS_FILE

  /// A profile's section of ~/.aws/config, and of ~/.aws/credentials; empty when there is none.
  AwsSection profile_of_config(const std::string& name) const;
  AwsSection profile_of_credentials(const std::string& name) const;
  bool has_profile(const std::string& name) const;
  /// A setting of the chosen profile in ~/.aws/config; nothing when it is missing or empty.
  std::optional<std::string> setting(const std::string& name) const;
};

/// Reads the files; a missing one is empty. Throws Error{config} when AWS_PROFILE names a profile
/// that is in neither, Error{io} when one cannot be read.
AwsConfig load_aws_config(AwsEnvironment environment);

/// AWS_REGION, AWS_DEFAULT_REGION, the profile's `region`; empty when none is set.
std::string aws_region(const AwsConfig& config);
/// The address set for a service ("s3", "sts"): AWS_ENDPOINT_URL_<SERVICE>, AWS_ENDPOINT_URL, the
/// profile's `services` section, its `endpoint_url`; empty for AWS's own.
std::string aws_endpoint_url(const AwsConfig& config, const std::string& service);
/// AWS_CA_BUNDLE or `ca_bundle`; empty for the system's certificates. Throws Error{config} when
/// there is no such file.
std::string aws_ca_file(const AwsConfig& config);
/// Where S3 is and how it is asked, from all of these, `s3.addressing_style` and
/// AWS_REQUEST_CHECKSUM_CALCULATION or `request_checksum_calculation`. Throws Error{config} for
/// values that these do not know.
S3Endpoint s3_endpoint(const AwsConfig& config);

}  // namespace soundlake::store
