// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/net/client.hpp"
#include "soundlake/store/store.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace soundlake::cli {

/// Opens the places that lakes lie in, each once: folders, and buckets with what the AWS CLI's
/// environment and files say. It must outlive the stores it gave.
class Stores {
 public:
  /// @param single_writer the promise of the setting of that name
  Stores(std::string user_agent, bool single_writer);
  ~Stores();
  Stores(const Stores&) = delete;
  Stores& operator=(const Stores&) = delete;

  /// @param uri a path or `s3://bucket/prefix`
  /// Throws what parse_s3_uri, load_aws_config and s3_endpoint throw; nothing is sent.
  std::shared_ptr<store::Store> at(const std::string& uri);
  /// What was sent to S3, and for credentials (sts, …), by service.
  std::map<std::string, std::int64_t> requests_sent() const;

 private:
  struct Network;
  net::Client& client();
  std::string user_agent_;
  bool single_writer_;
  std::unique_ptr<Network> network_;
  std::map<std::string, std::shared_ptr<store::Store>> open_;
};

}  // namespace soundlake::cli
