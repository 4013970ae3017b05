// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/simulation.hpp"

#include "soundlake/net/http_server.hpp"
#include "soundlake/sim/spotify_sim.hpp"

namespace soundlake::sim {

struct Simulation::Parts {
  explicit Parts(const SimulationOptions& options)
      : spotify(options), server({.port = options.port}, [this](const net::ServerRequest& request) {
          return spotify.handle(request);
        }) {}

  SpotifySim spotify;
  net::HttpServer server;  // the last, so that it stops first
};

Simulation::Simulation(SimulationOptions options) : parts_(std::make_unique<Parts>(options)) {}
Simulation::~Simulation() = default;

void Simulation::start() {
  parts_->server.start();
}
void Simulation::run() {
  parts_->server.run();
}

std::string Simulation::api_url() const {
  return parts_->server.address() + "/v1";
}
std::string Simulation::accounts_url() const {
  return parts_->server.address();
}
const std::string& Simulation::client_id() const {
  return parts_->spotify.client_id();
}
const base::Secret& Simulation::client_secret() const {
  return parts_->spotify.client_secret();
}
const base::Secret& Simulation::refresh_token() const {
  return parts_->spotify.refresh_token();
}
const std::string& Simulation::listener_name() const {
  return parts_->spotify.listener_name();
}
SpotifySim& Simulation::spotify() {
  return parts_->spotify;
}

}  // namespace soundlake::sim
