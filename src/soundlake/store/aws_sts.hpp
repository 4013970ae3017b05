// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/net/client.hpp"
#include "soundlake/store/aws_config.hpp"
#include "soundlake/store/aws_signature.hpp"

#include <optional>
#include <string>

/// Roles: temporary credentials from AWS's Security Token Service (AWS STS API Reference).
namespace soundlake::store {

/// A role to take on.
struct AwsRole {
  std::string arn;
  std::string session_name;      ///< what AWS's logs call us; empty: "soundlake"
  std::string external_id;       ///< what the role's owner agreed on with us, or empty
  std::string duration_seconds;  ///< empty: an hour
};

/// AssumeRole, signed with `own`. Throws Error{config} with STS's words when it refuses,
/// Error{network} when it is not reached.
AwsCredentials assume_role(const AwsConfig& config, net::Client& client, const AwsRole& role,
                           const AwsCredentials& own, base::Instant now);
/// AssumeRoleWithWebIdentity with the token in the file. Throws as assume_role() does, and when
/// there is no such file.
AwsCredentials assume_role_with_web_identity(const AwsConfig& config, net::Client& client,
                                             const AwsRole& role, const std::string& token_file);

}  // namespace soundlake::store
