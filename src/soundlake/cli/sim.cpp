// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/error.hpp"
#include "soundlake/base/files.hpp"
#include "soundlake/cli/commands.hpp"
#include "soundlake/cli/report.hpp"
#include "soundlake/cli/services.hpp"
#include "soundlake/sim/simulation.hpp"
#include "soundlake/sim/spotify_sim.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace soundlake::cli {
namespace {

/// Writes the listener's privacy export instead of serving.
void write_export(const Invocation& invocation, const sim::SimulationOptions& options) {
  const std::filesystem::path file = invocation.value("--export");
  const auto package = sim::export_package_named(invocation.value("--package", "extended")).value();
  const sim::SpotifySim spotify(options);
  const auto until = base::parse_utc(invocation.value("--until"));
  if (invocation.has("--until") && !until)
    throw Error(ErrorKind::usage, "--until takes a time such as 2026-11-20T12:00:00Z");
  base::write_file_atomic(file, spotify.history_export(package, until.value_or(spotify.now())));
  fmt::print(stderr, "{}: the {} history of \"{}\", who does not exist\n", file.string(),
             invocation.value("--package", "extended"), spotify.listener_name());
}

void run(const Invocation& invocation, Report&) {
  sim::SimulationOptions options;
  options.seed = static_cast<std::uint64_t>(invocation.number("--seed", 1));
  options.artists = static_cast<int>(invocation.number("--artists", options.artists));
  options.plays = static_cast<int>(invocation.number("--plays", options.plays));
  options.app_class = sim::app_class_named(invocation.value("--app-class", "restricted")).value();
  options.latency = std::chrono::milliseconds(invocation.number("--latency", 0));
  options.port = static_cast<std::uint16_t>(invocation.number("--port", 0));
  // A set present stands still until /_sim/clock moves it, so that a test sees the same plays
  // however long it takes.
  if (invocation.settings.is_set("now")) {
    options.clock = base::fixed_clock(*base::parse_utc(invocation.settings.text("now")));
  }
  if (invocation.has("--export")) {
    write_export(invocation, options);
    return;
  }
  sim::Simulation simulation(options);
  // Settings for a shell or a test; the empty line says that they are complete.
  fmt::print(
      "SOUNDLAKE_SPOTIFY_API_URL={}\nSOUNDLAKE_SPOTIFY_ACCOUNTS_URL={}\nSPOTIFY_CLIENT_ID={}"
      "\nSPOTIFY_REFRESH_TOKEN={}\n\n",
      simulation.api_url(), simulation.accounts_url(), simulation.client_id(),
      simulation.refresh_token().reveal());
  std::fflush(stdout);
  fmt::print(stderr,
             "The simulated Spotify of \"{}\" ({}) serves until Ctrl-C; docs/simulator.md tells "
             "how to script it.\n",
             simulation.listener_name(), sim::name_of(options.app_class));
  simulation.run();
}

}  // namespace

Command sim_command() {
  return {
      .name = "sim",
      .summary = "Serve the simulated services alone",
      .description =
          "Serve a simulated Spotify on 127.0.0.1 until interrupted, for tests and for trying "
          "things by hand. Prints the settings that point "
          "soundlake at it: env $(…) style lines, then an empty one.",
      .options =
          {{.name = "--port", .value = "N", .help = "Port; 0 takes a free one (default)"},
           {.name = "--seed",
            .value = "N",
            .help = "Another listener for every number (default 1)"},
           {.name = "--artists", .value = "N", .help = "Artists the listener knows (default 60)"},
           {.name = "--plays", .value = "N", .help = "Plays until now (default 30000)"},
           {.name = "--latency", .value = "MS", .help = "Delay of every answer, in ms (default 0)"},
           {.name = "--app-class",
            .value = "CLASS",
            .help = "restricted (an app made today, default), postponed or extended",
            .choices = sim::app_class_names()},
           {.name = "--export",
            .value = "FILE",
            .help = "Write the listener's privacy export there instead of serving"},
           {.name = "--package",
            .value = "PACKAGE",
            .help = "Of --export: extended (all the history, default) or account (a year of it)",
            .choices = sim::export_package_names()},
           {.name = "--until",
            .value = "TIME",
            .help = "Of --export: the last play in it ended by then (default: now)"}},
      .hidden = true,
      .run = run};
}

}  // namespace soundlake::cli
