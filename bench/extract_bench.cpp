// SPDX-License-Identifier: Apache-2.0
// A first extraction of an unrestricted app from a service that takes 80 ms for each answer, beside
// the same calls made one by one. The simulated service runs in a process of its own, so that the
// memory shown is the extraction's.
//   extract_bench [latency in ms = 80]
#include "soundlake/base/files.hpp"
#include "soundlake/base/json.hpp"
#include "soundlake/base/progress.hpp"
#include "soundlake/lake/lake.hpp"
#include "soundlake/net/client.hpp"
#include "soundlake/sim/simulation.hpp"
#include "soundlake/spotify/extract.hpp"
#include "soundlake/spotify/token_source.hpp"
#include "soundlake/store/local_store.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace {

namespace base = soundlake::base;
namespace lake = soundlake::lake;
namespace net = soundlake::net;
namespace sim = soundlake::sim;
namespace spotify = soundlake::spotify;

constexpr double kBudgetRatio = 8;
constexpr double kBudgetMegabytes = 60;
const base::Instant kNow = *base::parse_utc("2026-11-23T09:00:00Z");

struct Service {
  std::string api_url;
  std::string accounts_url;
  std::string client_id;
  std::string refresh_token;
};

/// The simulated service in a child process.
class ServiceProcess {
 public:
  explicit ServiceProcess(std::chrono::milliseconds latency) {
    int ends[2];
    if (pipe(ends) != 0) std::abort();
    child_ = fork();
    if (child_ == 0) {
      close(ends[0]);
      serve(latency, ends[1]);
    }
    close(ends[1]);
    std::string text;
    char byte = 0;
    while (read(ends[0], &byte, 1) == 1) text += byte;
    close(ends[0]);
    const auto document = base::JsonDocument::parse(text, "the service's greeting");
    const auto word = [&](const char* name) { return document.root()[name].text().value_or(""); };
    service = {word("api"), word("accounts"), word("client"), word("refresh")};
  }
  ~ServiceProcess() {
    kill(child_, SIGTERM);
    waitpid(child_, nullptr, 0);
  }
  ServiceProcess(const ServiceProcess&) = delete;
  ServiceProcess& operator=(const ServiceProcess&) = delete;

  Service service;

 private:
  [[noreturn]] static void serve(std::chrono::milliseconds latency, int out) {
    sim::SimulationOptions options;
    options.app_class = sim::AppClass::extended;
    options.latency = latency;
    options.clock = base::fixed_clock(kNow);
    sim::Simulation simulation(options);
    const std::string greeting = fmt::format(
        R"({{"api":"{}","accounts":"{}","client":"{}","refresh":"{}"}})", simulation.api_url(),
        simulation.accounts_url(), simulation.client_id(), simulation.refresh_token().reveal());
    if (write(out, greeting.data(), greeting.size()) < 0) std::abort();
    close(out);
    simulation.run();
    std::_Exit(0);
  }
  pid_t child_ = -1;
};

class SignIn : public spotify::TokenSource {
 public:
  SignIn(net::Client& client, const Service& service) {
    net::Request request;
    request.service = "accounts";
    request.method = "POST";
    request.url = service.accounts_url + "/api/token";
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    request.body = net::url_query({{"grant_type", "refresh_token"},
                                   {"refresh_token", service.refresh_token},
                                   {"client_id", service.client_id}});
    const auto answer =
        base::JsonDocument::parse(client.fetch(std::move(request)).body, "the token answer");
    token_ = base::Secret(answer.root()["access_token"].text().value());
  }
  base::Secret token() override { return token_; }
  void refused(const base::Secret&) override {}

 private:
  base::Secret token_;
};

struct Result {
  double seconds = 0;
  double megabytes = 0;  ///< peak until the answers were gathered, before the commit
  std::int64_t requests = 0;
  std::vector<lake::Artist> artists;
  std::vector<lake::Album> albums;
  std::vector<lake::Track> tracks;
  std::vector<lake::ArtistAlbum> artist_albums;
  std::vector<lake::ArtistTopTrack> artist_top_tracks;
  std::vector<lake::Fact> facts;
};

/// Of this process so far.
double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

Result extract(const Service& service, const std::filesystem::path& home, int in_flight) {
  std::filesystem::create_directories(home);
  base::Database state = base::Database::open(home / "state.db");
  net::Closures closures(state);
  net::ResponseCache cache(state);
  net::Client::Options client_options;
  client_options.clock = base::fixed_clock(kNow);
  net::Client client(client_options, closures, cache);
  net::ServiceLimits limits = spotify::web_api_limits();
  limits.in_flight = in_flight;
  client.add_service(spotify::kService, limits);
  client.add_service("accounts", {});
  SignIn sign_in(client, service);
  lake::Lake lake =
      lake::Lake::open_or_create(std::make_shared<soundlake::store::LocalStore>(home / "lake"),
                                 base::fixed_clock(kNow), {.timezone = "UTC", .simulated = true});
  spotify::ExtractOptions options;
  options.api_url = service.api_url;
  options.client_id = service.client_id;
  options.clock = base::fixed_clock(kNow);
  const lake::View known = lake.view();
  const auto start = std::chrono::steady_clock::now();
  const auto found =
      spotify::extract(client, sign_in, state, known, options, *base::silent_progress());
  Result result;
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  result.megabytes = peak_megabytes();
  result.requests = client.requests_sent().at(spotify::kService);
  lake.commit({.command = "extract", .started_at = kNow},
              [&](lake::Edit& edit) { spotify::apply(found, edit); });
  const lake::View now = lake.view();
  result.artists = now.rows<lake::Artist>();
  result.albums = now.rows<lake::Album>();
  result.tracks = now.rows<lake::Track>();
  result.artist_albums = now.rows<lake::ArtistAlbum>();
  result.artist_top_tracks = now.rows<lake::ArtistTopTrack>();
  result.facts = now.rows<lake::Fact>();
  return result;
}

bool same(const Result& a, const Result& b) {
  return a.requests == b.requests && a.artists == b.artists && a.albums == b.albums &&
         a.tracks == b.tracks && a.artist_albums == b.artist_albums &&
         a.artist_top_tracks == b.artist_top_tracks && a.facts == b.facts;
}

}  // namespace

int main(int argc, char** argv) {
  const std::chrono::milliseconds latency(argc > 1 ? std::atoi(argv[1]) : 80);
  const ServiceProcess process(latency);
  const auto folder =
      std::filesystem::temp_directory_path() / fmt::format("extract_bench.{}", getpid());
  const double at_start = peak_megabytes();
  const Result together = extract(process.service, folder / "together", 16);
  const double megabytes = peak_megabytes();
  const Result one_by_one = extract(process.service, folder / "one_by_one", 1);
  std::filesystem::remove_all(folder);

  const double ratio = one_by_one.seconds / together.seconds;
  const bool equal = same(together, one_by_one);
  fmt::print("requests            {:>8}\n", together.requests);
  fmt::print("facts               {:>8}\n", together.facts.size());
  fmt::print("one by one          {:>8.2f} s\n", one_by_one.seconds);
  fmt::print("together            {:>8.2f} s\n", together.seconds);
  fmt::print("ratio               {:>8.1f}    budget ≥ {}\n", ratio, kBudgetRatio);
  fmt::print("memory: program     {:>8.1f} MB\n", at_start);
  fmt::print("  with all answers  {:>8.1f} MB\n", together.megabytes);
  fmt::print("  and the commit    {:>8.1f} MB budget ≤ {}\n", megabytes, kBudgetMegabytes);
  fmt::print("same result         {:>8}\n", equal ? "yes" : "NO");
  const bool kept =
      equal && together.requests > 100 && ratio >= kBudgetRatio && megabytes <= kBudgetMegabytes;
  return kept ? 0 : 1;
}
