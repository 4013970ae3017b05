// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/services.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/version.hpp"
#include "soundlake/base/zone.hpp"
#include "soundlake/cli/report.hpp"
#include "soundlake/cli/stores.hpp"
#include "soundlake/cli/temporary_folder.hpp"
#include "soundlake/spotify/extract.hpp"
#include "soundlake/spotify/token_endpoint.hpp"

namespace soundlake::cli {
namespace {

/// The simulated Spotify stands on this machine and minds no burst.
net::ServiceLimits simulated_limits() {
  return {.requests_per_second = 10'000, .burst = 10'000, .in_flight = 16};
}

std::string user_agent(const config::Settings& settings) {
  std::string agent = std::string("soundlake/") + base::version();
  const std::string& contact = settings.text("contact");
  return contact.empty() ? agent : agent + " ( " + contact + " )";
}

}  // namespace

base::Clock clock_of(const config::Settings& settings) {
  const std::string& now = settings.text("now");
  if (now.empty()) return base::system_clock();
  // Time goes on from there, or whatever waits for it would wait for ever.
  const auto started = std::chrono::steady_clock::now();
  return [start = *base::parse_utc(now), started] {
    return start + std::chrono::duration_cast<std::chrono::microseconds>(
                       std::chrono::steady_clock::now() - started);
  };
}

Services::Services(const Invocation& invocation, Listener listener)
    : settings_(invocation.settings),
      listener_(listener),
      talkative_(!invocation.quiet && !invocation.json),
      clock_(clock_of(settings_)) {
  if (listener_ != Listener::of_the_lake) return;
  listener_ = lake_exists() && open_lake().view().identity().simulated ? Listener::simulated
                                                                       : Listener::real;
}

Services::~Services() = default;

base::Progress& Services::progress() {
  if (!progress_) progress_ = talkative_ ? base::terminal_progress() : base::silent_progress();
  return *progress_;
}

base::Database& Services::state() {
  if (!state_) {
    if (simulated()) {
      temporary_home_ = std::make_unique<TemporaryFolder>();
      settings_.set("home", temporary_home_->path(), "the simulated listener");
    }
    state_ =
        std::make_unique<base::Database>(base::Database::open(settings_.path("home") / "state.db"));
  }
  return *state_;
}

net::Closures& Services::closures() {
  if (!closures_) closures_ = std::make_unique<net::Closures>(state());
  return *closures_;
}

net::ResponseCache& Services::response_cache() {
  if (!cache_) cache_ = std::make_unique<net::ResponseCache>(state());
  return *cache_;
}

net::Client& Services::client() {
  if (!client_) {
    net::Client::Options options;
    options.user_agent = user_agent(settings_);
    options.clock = clock_;
    client_ = std::make_unique<net::Client>(options, closures(), response_cache());
    client_->add_service(spotify::kService,
                         simulated() ? simulated_limits() : spotify::web_api_limits());
    client_->add_service(spotify::kAccountsService,
                         simulated() ? simulated_limits() : spotify::accounts_limits());
  }
  return *client_;
}

spotify::TokenStore& Services::token_store() {
  if (!tokens_) {
    auto& database = state();  // settles where home is
    tokens_ =
        std::make_unique<spotify::TokenStore>(database, settings_.path("home") / "token.lock");
  }
  return *tokens_;
}

spotify::App Services::app() {
  spotify::App app{.client_id = settings_.text("spotify_client_id"),
                   .client_secret = settings_.secret("spotify_client_secret"),
                   .redirect_uri = settings_.text("spotify_redirect_uri"),
                   .refresh_token = settings_.secret("spotify_refresh_token"),
                   .accounts_url = settings_.text("spotify_accounts_url")};
  if (app.client_id.empty()) {
    if (const auto token = token_store().load()) app.client_id = token->client_id;
  }
  return app;
}

spotify::Session& Services::session() {
  if (!session_)
    session_ = std::make_unique<spotify::Session>(app(), token_store(), client(), clock_);
  return *session_;
}

bool Services::knows_an_account() {
  if (!settings_.text("spotify_client_id").empty() || settings_.is_set("spotify_refresh_token"))
    return true;
  // Opening state.db would make it.
  return std::filesystem::exists(settings_.path("home") / "state.db") &&
         (session().signed_in() || !app().client_id.empty());
}

Stores& Services::stores() {
  if (!stores_) {
    stores_ =
        std::make_unique<Stores>(user_agent(settings_), settings_.text("single_writer") == "yes");
  }
  return *stores_;
}

std::shared_ptr<store::Store> Services::store() {
  return stores().at(settings_.text("lake"));
}

bool Services::lake_exists() {
  return lake::Lake::exists(*store());
}

lake::Lake Services::open_lake() {
  return lake::Lake::open(store(), clock_);
}

bool Services::lake_has_plays() {
  if (!lake_exists()) return false;
  const auto view = open_lake().view();
  return !view.identity().simulated && !view.play_years().empty();
}

lake::Lake Services::lake_to_write() {
  const std::string& zone = settings_.text("timezone");
  // Named here so that a wrong name is told before anything is made.
  if (!zone.empty()) base::Zone::named(zone);
  return lake::Lake::open_or_create(store(), clock_,
                                    {.timezone = zone.empty() ? base::Zone::system_name() : zone,
                                     .simulated = simulated(),
                                     .single_writer = settings_.text("single_writer") == "yes"});
}

void Services::tell_requests(Report& report) const {
  report.requests.clear();
  const auto add = [&report](const std::map<std::string, std::int64_t>& sent) {
    for (const auto& [service, number] : sent) report.requests[service] += number;
  };
  if (client_) add(client_->requests_sent());
  if (stores_) add(stores_->requests_sent());
}

}  // namespace soundlake::cli
