// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/net/client.hpp"
#include "soundlake/store/aws_config.hpp"
#include "soundlake/store/aws_signature.hpp"

#include <optional>
#include <string>
#include <string_view>

/// Credentials that AWS puts beside a container or an EC2 machine.
namespace soundlake::store {

/// Reads the JSON of credential_process, of containers and of EC2: AccessKeyId, SecretAccessKey,
/// SessionToken or Token, Expiration. Nothing when keys are missing.
std::optional<AwsCredentials> parse_aws_credentials_json(std::string_view json);

/// Those of the container, where AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or …_FULL_URI says that
/// there are some. Throws Error{config} for a URI that may not be asked in the clear,
/// Error{network} when it does not answer.
std::optional<AwsCredentials> container_credentials(const AwsConfig& config, net::Client& client);

/// Those of the EC2 machine (IMDSv2). Nothing when nobody answers within a second, as everywhere
/// else, or AWS_EC2_METADATA_DISABLED is true.
std::optional<AwsCredentials> ec2_credentials(const AwsConfig& config, net::Client& client);

}  // namespace soundlake::store
