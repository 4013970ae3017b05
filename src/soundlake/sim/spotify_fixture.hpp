// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/error.hpp"
#include "soundlake/net/http.hpp"
#include "soundlake/sim/spotify_sim.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace soundlake::sim {

/// Test support: a small simulated Spotify with a clock that stands still, asked without a server.
class SpotifyFixture : public testing::Test {
 protected:
  using Form = std::vector<std::pair<std::string, std::string>>;

  static SimulationOptions small(AppClass app_class) {
    SimulationOptions options;
    options.artists = 30;
    options.plays = 3'000;
    options.app_class = app_class;
    options.clock = base::fixed_clock(*base::parse_utc("2026-11-20T12:00:00Z"));
    return options;
  }

  /// Begins again as another class.
  void be(AppClass app_class) { begin(small(app_class)); }
  void begin(const SimulationOptions& options) {
    spotify_ = std::make_unique<SpotifySim>(options);
    token_.clear();
  }
  SpotifySim& spotify() { return *spotify_; }

  net::ServerResponse ask(const std::string& method, const std::string& target,
                          const net::Headers& headers = {}, const std::string& body = {}) {
    net::ServerRequest request;
    request.method = method;
    const auto mark = target.find('?');
    request.path = target.substr(0, mark);
    if (mark != std::string::npos) request.raw_query = target.substr(mark + 1);
    request.query = net::parse_query(request.raw_query);
    request.headers = headers;
    request.body = body;
    return spotify_->handle(request);
  }
  net::ServerResponse post_token(const Form& form, const net::Headers& headers = {}) {
    return ask("POST", "/api/token", headers, net::url_query(form));
  }
  /// GET below /v1 with a good token.
  net::ServerResponse get(const std::string& target) {
    if (token_.empty()) token_ = fresh_token();
    return ask("GET", "/v1" + target, {{"Authorization", "Bearer " + token_}});
  }
  nlohmann::ordered_json get_json(const std::string& target) {
    const auto response = get(target);
    EXPECT_EQ(response.status, 200) << target << "\n" << response.body;
    return nlohmann::ordered_json::parse(response.body);
  }
  /// A copy, so that it may be the range of a loop.
  nlohmann::ordered_json items_of(const std::string& target) { return get_json(target)["items"]; }
  std::string fresh_token() {
    const auto response = post_token({{"grant_type", "refresh_token"},
                                      {"refresh_token", spotify_->refresh_token().reveal()},
                                      {"client_id", spotify_->client_id()}});
    EXPECT_EQ(response.status, 200) << response.body;
    return nlohmann::json::parse(response.body).at("access_token");
  }
  /// The id of the listener's best artist.
  std::string first_artist() { return get_json("/me/top/artists?limit=1")["items"][0]["id"]; }
  std::string first_track() { return get_json("/me/top/tracks?limit=1")["items"][0]["id"]; }
  std::string some_album() {
    return get_json("/artists/" + first_artist() + "/albums?limit=1")["items"][0]["id"];
  }

 private:
  std::unique_ptr<SpotifySim> spotify_ = std::make_unique<SpotifySim>(small(AppClass::extended));
  std::string token_;
};

}  // namespace soundlake::sim
