// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/spotify_sim.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/sim/accounts.hpp"
#include "soundlake/sim/answers.hpp"
#include "soundlake/sim/control.hpp"
#include "soundlake/sim/endpoints.hpp"
#include "soundlake/sim/listener.hpp"
#include "soundlake/sim/quotas.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace soundlake::sim {

using nlohmann::ordered_json;
using Steady = std::chrono::steady_clock;

struct SpotifySim::State {
  explicit State(const SimulationOptions& given)
      : options(given),
        start(given.clock()),
        listener(given.seed, given.artists, given.plays, start),
        accounts(given.seed, start) {
    set_rights();
    quotas.set_window(given.window_ceiling);
  }

  base::Instant now() const { return options.clock() + moved; }

  /// Those of the class with what was set beside it.
  void set_rights() {
    rights = rights_of(options.app_class);
    for (const auto& [bucket, ceiling] : options.ceilings) rights.ceilings[bucket] = ceiling;
    if (album_page_limit) {
      rights.album_page_limit = *album_page_limit;
      rights.album_page_default = std::min(rights.album_page_default, *album_page_limit);
    }
    quotas.set_ceilings(rights.ceilings);
  }

  net::ServerResponse serve_api(const net::ServerRequest& request,
                                const std::vector<std::string>& path, const std::string& bucket) {
    const auto authorization = net::find_header(request.headers, "authorization");
    if (!authorization || !authorization->starts_with("Bearer ")) return bad_token("missing_token");
    auto scopes = accounts.scopes_of(authorization->substr(7), now());
    if (!scopes) return bad_token("invalid_token");
    if (const auto refused = quotas.admit(bucket, now()))
      return refused->for_the_day ? quota_exceeded(refused->retry_after_s)
                                  : rate_limited(refused->retry_after_s);
    return answer({request, path, listener, rights, std::move(*scopes), now()});
  }

  net::ServerResponse serve(const net::ServerRequest& request, const std::vector<std::string>& path,
                            const std::string& bucket) {
    if (!path.empty()) return serve_api(request, path, bucket);
    if (request.path == "/authorize") return accounts.authorize(request, now());
    if (request.path == "/api/token") return accounts.token(request, now());
    return text_answer("Not found", 404);
  }

  /// Counts the requests whose answers are still under way, this one included. The handler itself
  /// takes no time, so a request is under way for as long as its answer is held back.
  void count_in_flight(Steady::duration held_back) {
    const auto arrived = Steady::now();
    std::erase_if(leaving, [arrived](Steady::time_point at) { return at <= arrived; });
    leaving.push_back(arrived + held_back);
    peak = std::max(peak, static_cast<int>(leaving.size()));
  }

  SimulationOptions options;
  base::Instant start;
  std::chrono::microseconds moved{0};
  std::optional<int> album_page_limit;
  Rights rights;
  Listener listener;
  Accounts accounts;
  Quotas quotas;
  Faults faults;
  std::vector<SeenRequest> seen;
  std::vector<Steady::time_point> leaving;
  int peak = 0;
};

SpotifySim::SpotifySim(const SimulationOptions& options)
    : state_(std::make_unique<State>(options)) {}
SpotifySim::~SpotifySim() = default;

net::ServerResponse SpotifySim::handle(const net::ServerRequest& request) {
  if (request.path.starts_with("/_sim/")) return control(*this, request);
  const std::lock_guard lock(mutex_);
  auto& state = *state_;
  const auto path = api_path(request.path);
  const auto bucket = path.empty() ? std::string("accounts") : bucket_of(path);
  const auto fault = state.faults.strike(request.method, request.path);
  auto response =
      fault && replaces_answer(*fault) ? answer_of(*fault) : state.serve(request, path, bucket);
  if (fault && !replaces_answer(*fault)) damage(*fault, response);
  response.delay = state.options.latency + (fault ? fault->delay : std::chrono::milliseconds(0));
  state.count_in_flight(response.delay);
  const bool answered = response.delivery != net::ServerResponse::Delivery::hang_up;
  state.seen.push_back({state.now(), request.method, request.path, request.raw_query, bucket,
                        answered ? response.status : 0});
  return response;
}

void SpotifySim::add_fault(const Fault& fault) {
  const std::lock_guard lock(mutex_);
  state_->faults.add(fault);
}

void SpotifySim::clear_faults() {
  const std::lock_guard lock(mutex_);
  state_->faults.clear();
}

void SpotifySim::change(const Changes& changes) {
  const std::lock_guard lock(mutex_);
  auto& state = *state_;
  if (changes.app_class) state.options.app_class = *changes.app_class;
  if (changes.latency) state.options.latency = *changes.latency;
  for (const auto& [bucket, ceiling] : changes.ceilings) state.options.ceilings[bucket] = ceiling;
  if (changes.album_page_limit) state.album_page_limit = *changes.album_page_limit;
  state.set_rights();
  if (changes.window_ceiling) state.quotas.set_window(*changes.window_ceiling);
  if (changes.deny) state.accounts.deny = *changes.deny;
  if (changes.rotate) state.accounts.rotate = *changes.rotate;
  if (changes.revoke.value_or(false)) state.accounts.revoke();
}

void SpotifySim::advance(std::chrono::microseconds by) {
  const std::lock_guard lock(mutex_);
  if (state_->now() + by < state_->start)
    throw Error(ErrorKind::usage, "the simulator's clock cannot go back before its start",
                "give a moment after " + base::format_utc(state_->start));
  state_->moved += by;
}

base::Instant SpotifySim::now() const {
  const std::lock_guard lock(mutex_);
  return state_->now();
}

std::vector<SeenRequest> SpotifySim::requests() const {
  const std::lock_guard lock(mutex_);
  return state_->seen;
}

int SpotifySim::peak_in_flight() const {
  const std::lock_guard lock(mutex_);
  return state_->peak;
}

void SpotifySim::reset() {
  const std::lock_guard lock(mutex_);
  state_->seen.clear();
  state_->leaving.clear();
  state_->peak = 0;
  state_->quotas.forget();
  state_->faults.clear();
}

ordered_json SpotifySim::state() const {
  const std::lock_guard lock(mutex_);
  const auto& state = *state_;
  ordered_json quotas = ordered_json::object();
  for (const auto& [bucket, ceiling] : state.quotas.ceilings())
    quotas[bucket] = {{"ceiling", ceiling}, {"used", state.quotas.used(bucket, state.now())}};
  return {{"now", base::format_utc(state.now())},
          {"seed", state.options.seed},
          {"artists", state.options.artists},
          {"plays", state.options.plays},
          {"app_class", name_of(state.options.app_class)},
          {"latency_ms", state.options.latency.count()},
          {"quotas", std::move(quotas)},
          {"window_ceiling", state.quotas.window()},
          {"album_page_limit", state.rights.album_page_limit},
          {"deny", state.accounts.deny},
          {"rotate", state.accounts.rotate},
          {"listener", state.listener.name()},
          {"client_id", state.accounts.client_id()},
          {"redirect_uris", Accounts::redirect_uris()},
          {"faults_pending", state.faults.pending()},
          {"requests", state.seen.size()},
          {"peak_in_flight", state.peak}};
}

std::string SpotifySim::history_export(ExportPackage package, base::Instant until) const {
  const std::lock_guard lock(mutex_);
  return sim::history_export(state_->listener,
                             {.package = package, .until = std::min(until, state_->now())});
}

const std::string& SpotifySim::client_id() const {
  return state_->accounts.client_id();
}
const base::Secret& SpotifySim::client_secret() const {
  return state_->accounts.client_secret();
}
const base::Secret& SpotifySim::refresh_token() const {
  return state_->accounts.refresh_token();
}
const std::string& SpotifySim::listener_name() const {
  return state_->listener.name();
}

}  // namespace soundlake::sim
