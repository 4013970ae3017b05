// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/secret.hpp"
#include "soundlake/base/time.hpp"
#include "soundlake/net/http_server.hpp"
#include "soundlake/sim/faults.hpp"
#include "soundlake/sim/history_export.hpp"
#include "soundlake/sim/simulation.hpp"

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace soundlake::sim {

/// A request of the product that the simulator saw.
struct SeenRequest {
  base::Instant at;  ///< by the simulator's clock
  std::string method;
  std::string path;    ///< "/v1/me/top/artists", without the query
  std::string query;   ///< as received
  std::string bucket;  ///< the quota it counts under; "accounts" for sign-in
  int status = 0;      ///< 0 when the connection was ended instead
};

/// What may be changed while serving; what is not set stays as it is.
struct Changes {
  std::optional<AppClass> app_class = {};
  std::optional<std::chrono::milliseconds> latency = {};
  std::map<std::string, int> ceilings = {};  ///< by bucket; 0 closes it, negative lifts the limit
  std::optional<int> window_ceiling = {};    ///< requests in any 30 seconds; 0 = no limit
  std::optional<int> album_page_limit = {};  ///< largest `limit` of GET /artists/{id}/albums
  std::optional<bool> deny = {};             ///< the person refuses at /authorize
  std::optional<bool> rotate = {};  ///< refreshing gives a new refresh token, the old one dies
  std::optional<bool> revoke = {};  ///< true: all refresh tokens given so far are revoked
};

/// A simulated Spotify as a function from request to answer: `/authorize`, `/api/token`, the Web
/// API under `/v1`, and the simulator's own controls under `/_sim` (docs/simulator.md). Its
/// functions may be called from any thread.
class SpotifySim {
 public:
  /// As Simulation; `options.port` is not used. Throws Error{usage}.
  explicit SpotifySim(const SimulationOptions& options);
  ~SpotifySim();
  SpotifySim(const SpotifySim&) = delete;
  SpotifySim& operator=(const SpotifySim&) = delete;

  net::ServerResponse handle(const net::ServerRequest& request);

  /// Throws Error{usage} when the fault cannot be understood.
  void add_fault(const Fault& fault);
  void clear_faults();
  void change(const Changes& changes);
  /// Moves the simulator's clock, never backwards past its start.
  void advance(std::chrono::microseconds by);
  base::Instant now() const;

  /// Requests of the product since the start or the last reset, oldest first.
  std::vector<SeenRequest> requests() const;
  /// The largest number of requests that were waiting for their answer at the same time.
  int peak_in_flight() const;
  /// Everything that can be set and where it stands, as GET /_sim/state shows it.
  nlohmann::ordered_json state() const;
  /// Forgets requests, quota counts and faults; clock, tokens and changes stay.
  void reset();

  /// The listener's privacy export as of `until`, or of now when that is earlier: the bytes of a
  /// zip.
  std::string history_export(ExportPackage package, base::Instant until) const;

  const std::string& client_id() const;
  const base::Secret& client_secret() const;
  const base::Secret& refresh_token() const;
  const std::string& listener_name() const;

 private:
  struct State;
  mutable std::mutex mutex_;
  std::unique_ptr<State> state_;
};

}  // namespace soundlake::sim
