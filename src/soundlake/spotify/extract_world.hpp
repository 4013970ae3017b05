// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/json.hpp"
#include "soundlake/base/progress.hpp"
#include "soundlake/lake/lake.hpp"
#include "soundlake/net/client.hpp"
#include "soundlake/net/closures.hpp"
#include "soundlake/net/response_cache.hpp"
#include "soundlake/net/virtual_time.hpp"
#include "soundlake/sim/simulation.hpp"
#include "soundlake/sim/spotify_sim.hpp"
#include "soundlake/spotify/extract.hpp"
#include "soundlake/spotify/token_source.hpp"
#include "soundlake/store/memory_store.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

/// Test support: a simulated Spotify and listener, a lake in memory, and a person signed in.
namespace soundlake::spotify {

/// Refreshes at the simulator whenever it has no token; a refused one is forgotten at once.
class SimulatedSignIn : public TokenSource {
 public:
  SimulatedSignIn(net::Client& client, sim::Simulation& simulation)
      : client_(client), simulation_(simulation) {}
  base::Secret token() override {
    if (token_.empty()) {
      net::Request request;
      request.service = "accounts";
      request.method = "POST";
      request.url = simulation_.accounts_url() + "/api/token";
      request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
      request.body = net::url_query({{"grant_type", "refresh_token"},
                                     {"refresh_token", simulation_.refresh_token().reveal()},
                                     {"client_id", simulation_.client_id()}});
      const net::Response response = client_.fetch(std::move(request));
      const auto answer = base::JsonDocument::parse(response.body, "the token answer");
      token_ = base::Secret(answer.root()["access_token"].text().value());
      ++refreshed;
    }
    return token_;
  }
  void refused(const base::Secret& token) override {
    if (token == token_) token_ = base::Secret();
  }
  int refreshed = 0;

 private:
  net::Client& client_;
  sim::Simulation& simulation_;
  base::Secret token_;
};

/// One home and one lake, through several runs.
class World {
 public:
  explicit World(sim::SimulationOptions simulated) : simulation(with_clock(simulated)) {
    simulation.start();
    options.api_url = simulation.api_url();
    options.client_id = simulation.client_id();
    options.clock = time.clock();
  }

  /// Extracts and commits. The account is remembered, as the sign-in does.
  Extraction run() {
    // A new client each time, as each run of the program has one: only state.db stays.
    net::Closures closures(state);
    net::ResponseCache cache(state);
    net::Client::Options client_options;
    client_options.seed = 1;
    time.apply_to(client_options);
    net::Client client(std::move(client_options), closures, cache);
    client.add_service(kService, web_api_limits());
    client.add_service("accounts", {});
    SimulatedSignIn sign_in(client, simulation);
    seen_before_ = simulation.spotify().requests().size();
    const lake::View known = lake.view();
    Extraction found = extract(client, sign_in, state, known, options, *base::silent_progress());
    refreshed = sign_in.refreshed;
    options.account_id = found.account_id;
    committed = lake.commit({.command = "extract", .started_at = time.now()},
                            [&](lake::Edit& edit) {
                              keep_plays(edit, found.plays);
                              apply(found, edit);
                            })
                    .changed;
    return found;
  }

  void advance(std::chrono::hours by) {
    time.advance(by);
    simulation.spotify().advance(by);
  }
  void fault(const std::string& kind, const std::string& path, int times = 1, int after = 0) {
    sim::Fault fault;
    fault.kind = kind;
    fault.path = path;
    fault.times = times;
    fault.after = after;
    simulation.spotify().add_fault(fault);
  }

  /// Requests to the Web API that the simulator saw in the last run: all, those whose path ends so,
  /// or those that were refused (4xx).
  std::vector<sim::SeenRequest> seen(const std::string& path_end = "") const {
    std::vector<sim::SeenRequest> result;
    const auto all = simulation.spotify().requests();
    for (std::size_t i = seen_before_; i < all.size(); ++i) {
      if (all[i].path.starts_with("/v1/") && all[i].path.ends_with(path_end))
        result.push_back(all[i]);
    }
    return result;
  }
  std::size_t refused() const {
    const auto all = seen();
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [](const auto& r) { return r.status >= 400; }));
  }
  template <class Row>
  std::vector<Row> rows() const {
    return lake.view().rows<Row>();
  }
  /// Artists of the table that have rows in this list.
  template <class Row>
  std::size_t artists_in() const {
    std::set<std::string> keys;
    for (const Row& row : rows<Row>()) keys.insert(row.artist_key);
    return keys.size();
  }

  net::VirtualTime time{*base::parse_utc("2026-11-23T09:00:00Z")};
  mutable sim::Simulation simulation;
  base::Database state = base::Database::in_memory();
  lake::Lake lake = lake::Lake::open_or_create(std::make_shared<store::MemoryStore>(), time.clock(),
                                               {.timezone = "Europe/Berlin", .simulated = true});
  ExtractOptions options;
  int refreshed = 0;
  std::vector<std::string> committed;  ///< keys changed by the last run

 private:
  /// The simulator has a clock of its own, since it lives on another thread.
  sim::SimulationOptions with_clock(sim::SimulationOptions simulated) const {
    simulated.clock = base::fixed_clock(time.now());
    return simulated;
  }

  /// What history/ does, as far as extraction looks at it.
  static void keep_plays(lake::Edit& edit, const std::vector<lake::Play>& plays) {
    std::map<int, std::vector<lake::Play>> years;
    for (lake::Play play : plays) {
      play.play_id = std::to_string(base::to_unix_ms(play.played_at));
      play.local_date = base::utc_day(play.started_at);
      const int year = base::utc_year(play.played_at);
      auto& rows = years.try_emplace(year, edit.plays_of(year)).first->second;
      const auto same = [&](const lake::Play& row) { return row.play_id == play.play_id; };
      if (std::none_of(rows.begin(), rows.end(), same)) rows.push_back(play);
    }
    for (auto& [year, rows] : years) edit.replace_plays(year, std::move(rows));
  }

  std::size_t seen_before_ = 0;
};

}  // namespace soundlake::spotify
