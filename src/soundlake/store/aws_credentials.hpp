// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/store/aws_config.hpp"
#include "soundlake/store/s3_wire.hpp"

namespace soundlake::store {

/// The credentials that the AWS CLI would use here, found when they are first asked for: the
/// environment, the profile's role (AssumeRole), web identity, the profile's keys, its
/// credential_process, the container's, those of the EC2 machine. Temporary ones are got anew five
/// minutes before they end; files and environment are read again then. The source throws
/// Error{config} with the advice that belongs to it when there are none or they cannot be had.
/// The client must outlive the source.
/// Source of the order: "Configuration settings and precedence", AWS CLI User Guide.
CredentialSource aws_credentials(AwsEnvironment environment, net::Client& client,
                                 base::Clock clock = base::system_clock());

}  // namespace soundlake::store
