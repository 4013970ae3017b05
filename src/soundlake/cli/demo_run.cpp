// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/demo_run.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/files.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/cli/pipeline.hpp"
#include "soundlake/cli/services.hpp"
#include "soundlake/cli/summary.hpp"
#include "soundlake/cli/temporary_folder.hpp"
#include "soundlake/sim/simulation.hpp"
#include "soundlake/sim/spotify_sim.hpp"

namespace soundlake::cli {
namespace {

/// How far the export stays behind the present: the plays after it come from the Web API alone, few
/// enough that its last 50 reach back to the export.
constexpr std::chrono::hours kExportAge{8};

sim::AppClass app_class_of(const std::string& name) {
  if (const auto app_class = sim::app_class_named(name)) return *app_class;
  throw Error(ErrorKind::usage, "there is no app class '" + name + "'",
              "the classes are " + base::join(sim::app_class_names(), ", "));
}

/// The same settings, pointed at the simulated Spotify and at a lake of its own.
Invocation pointed_at(const Invocation& invocation, const sim::Simulation& simulation,
                      const DemoOptions& options) {
  constexpr const char* kOrigin = "the simulated listener";
  Invocation demo = invocation;
  auto& settings = demo.settings;
  settings.set("spotify_api_url", simulation.api_url(), kOrigin);
  settings.set("spotify_accounts_url", simulation.accounts_url(), kOrigin);
  settings.set("spotify_client_id", simulation.client_id(), kOrigin);
  settings.set("spotify_client_secret", "", kOrigin);
  settings.set("spotify_refresh_token", simulation.refresh_token().reveal(), kOrigin);
  // A lake from the environment or the config file is the person's own; only a flag means this one.
  if (!settings.value("lake").origin.starts_with("flag ")) {
    settings.set("lake", std::filesystem::absolute(options.lake).lexically_normal(), kOrigin);
  }
  return demo;
}

}  // namespace

void demo_run(const Invocation& invocation, const DemoOptions& options, Report& report) {
  sim::SimulationOptions simulated;
  simulated.seed = options.seed;
  simulated.artists = options.artists;
  simulated.plays = options.plays;
  simulated.app_class = app_class_of(options.app_class);
  // The listener's time stands still during the run: no play ends between two of its answers.
  const std::string& now = invocation.settings.text("now");
  simulated.clock = base::fixed_clock(now.empty() ? base::system_clock()() : *base::parse_utc(now));
  sim::Simulation simulation(simulated);
  simulation.start();

  const TemporaryFolder download;
  const auto zip = download.path() / "my_spotify_data.zip";
  base::write_file_atomic(zip, simulation.spotify().history_export(sim::ExportPackage::extended,
                                                                   simulated.clock() - kExportAge));

  Services services(pointed_at(invocation, simulation, options), Services::Listener::simulated);
  const RunResult result = run_pipeline(services, {.command = "demo", .exports = {zip}}, report);
  report.summary = run_summary(services, result, report);
}

}  // namespace soundlake::cli
