// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/secret.hpp"
#include "soundlake/base/time.hpp"
#include "soundlake/sim/app_class.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace soundlake::sim {

class SpotifySim;

struct SimulationOptions {
  std::uint64_t seed = 1;
  int artists = 60;    ///< in the catalogue that the listener knows
  int plays = 30'000;  ///< until now; about two years
  AppClass app_class = AppClass::restricted;
  std::chrono::milliseconds latency{0};  ///< of every answer to the product
  /// Requests in any 24 hours by bucket ("artist-albums"), replacing those of the class; see
  /// docs/simulator.md for the buckets.
  std::map<std::string, int> ceilings;
  int window_ceiling = 0;  ///< requests in any 30 seconds; 0 = no limit
  std::uint16_t port = 0;  ///< 0 lets the system choose
  base::Clock clock = base::system_clock();
};

/// A simulated listener with a simulated Spotify (sign-in and Web API) on 127.0.0.1. Everything it
/// tells is invented; the same seed, artists, plays and moment of start give the same listening. It
/// writes no files.
class Simulation {
 public:
  /// Invents the listener and binds the port. Throws Error{io} when the port is taken, Error{usage}
  /// for a number of artists or plays that makes no sense.
  explicit Simulation(SimulationOptions options = {});
  ~Simulation();  ///< stops
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  /// Serves on a thread of its own until destroyed.
  void start();
  /// Serves on this thread until a stop signal came (base::stop_requested).
  void run();

  /// For the setting spotify_api_url: `http://127.0.0.1:PORT/v1`
  std::string api_url() const;
  /// For the setting spotify_accounts_url: `http://127.0.0.1:PORT`
  std::string accounts_url() const;
  /// The one app that is registered, with the redirect URI http://127.0.0.1/callback on any port.
  const std::string& client_id() const;
  const base::Secret& client_secret() const;
  /// The listener has already signed in: refresh with the client id alone, as after PKCE. The same
  /// in every simulation with this seed.
  const base::Secret& refresh_token() const;
  const std::string& listener_name() const;

  /// What stands behind the port: faults, clock, requests seen. Safe to use while serving.
  SpotifySim& spotify();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace soundlake::sim
