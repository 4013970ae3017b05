// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <string_view>

namespace soundlake::store {

/// A section of ~/.aws/config or ~/.aws/credentials. A setting inside another one has both names:
/// `s3.addressing_style`.
using AwsSection = std::map<std::string, std::string>;
/// Sections by the words in their brackets, quotes and repeated blanks taken out: `profile ann`.
using AwsIni = std::map<std::string, AwsSection>;

/// Reads the files of the AWS CLI as it does ("Configuration and credential file settings", AWS CLI
/// User Guide): names without case, comments on lines of their own, sections of one name are one.
/// Lines that are none of these are passed over.
AwsIni parse_aws_ini(std::string_view text);

}  // namespace soundlake::store
