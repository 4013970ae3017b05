// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/stores.hpp"

#include "soundlake/base/database.hpp"
#include "soundlake/store/aws_config.hpp"
#include "soundlake/store/aws_credentials.hpp"
#include "soundlake/store/local_store.hpp"
#include "soundlake/store/s3_location.hpp"
#include "soundlake/store/s3_store.hpp"

#include <utility>

namespace soundlake::cli {

/// A client apart from the one for music services: S3 refuses wrong clocks, so the setting `now`
/// must not reach it, and nothing of it is worth keeping in state.db.
struct Stores::Network {
  base::Database database = base::Database::in_memory();
  net::Closures closures{database};
  net::ResponseCache cache{database};
  net::Client client;

  explicit Network(std::string user_agent)
      : client({.user_agent = std::move(user_agent)}, closures, cache) {}
};

Stores::Stores(std::string user_agent, bool single_writer)
    : user_agent_(std::move(user_agent)), single_writer_(single_writer) {}

Stores::~Stores() = default;

net::Client& Stores::client() {
  if (!network_) network_ = std::make_unique<Network>(user_agent_);
  return network_->client;
}

std::shared_ptr<store::Store> Stores::at(const std::string& uri) {
  auto& known = open_[uri];
  if (known) return known;
  if (store::is_s3_uri(uri)) {
    const auto environment = store::process_environment();
    known = std::make_shared<store::S3Store>(
        store::S3Store::Options{.where = store::parse_s3_uri(uri),
                                .endpoint = store::s3_endpoint(store::load_aws_config(environment)),
                                .credentials = store::aws_credentials(environment, client()),
                                .single_writer = single_writer_},
        client());
  } else {
    known = std::make_shared<store::LocalStore>(uri);
  }
  return known;
}

std::map<std::string, std::int64_t> Stores::requests_sent() const {
  std::map<std::string, std::int64_t> sent;
  if (!network_) return sent;
  for (const auto& [service, number] : network_->client.requests_sent()) {
    if (number > 0) sent[service] = number;
  }
  return sent;
}

}  // namespace soundlake::cli
