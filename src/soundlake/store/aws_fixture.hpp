// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/files.hpp"
#include "soundlake/store/aws_config.hpp"
#include "soundlake/store/scratch_folder.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

/// Test support: a machine with an environment and ~/.aws of its own.
namespace soundlake::store {

class AwsTest : public testing::Test {
 protected:
  AwsTest() { variables_["HOME"] = folder_.path(); }

  AwsEnvironment environment() {
    return [this](const std::string& name) -> std::optional<std::string> {
      const auto found = variables_.find(name);
      if (found == variables_.end() || found->second.empty()) return std::nullopt;
      return found->second;
    };
  }
  AwsConfig load() { return load_aws_config(environment()); }
  void write_config(const std::string& text) {
    base::write_file_atomic(folder_.path() / ".aws/config", text);
  }
  void write_credentials(const std::string& text) {
    base::write_file_atomic(folder_.path() / ".aws/credentials", text);
  }

  ScratchFolder folder_;
  std::map<std::string, std::string> variables_;
};

}  // namespace soundlake::store
