// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/error.hpp"
#include "soundlake/cli/commands.hpp"
#include "soundlake/cli/report.hpp"
#include "soundlake/cli/services.hpp"
#include "soundlake/cli/web_assets.hpp"
#include "soundlake/net/http_server.hpp"
#include "soundlake/serve/app.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <optional>

namespace soundlake::cli {
namespace {

constexpr long kDefaultPort = 8787;
constexpr std::chrono::milliseconds kLookEvery{1000};

std::uint16_t port_of(const Invocation& invocation) {
  const auto port = invocation.number("--port", kDefaultPort);
  if (port < 0 || port > 65535)
    throw Error(ErrorKind::usage, "--port takes 0 to 65535", "0 takes a free port");
  return static_cast<std::uint16_t>(port);
}

void run(const Invocation& invocation, Report&) {
  std::vector<std::string> hosts;
  if (invocation.has("--allow-host")) hosts.push_back(invocation.value("--allow-host"));
  // The port first: a taken one is told before a large lake is read.
  std::optional<serve::App> app;
  net::HttpServer server({.port = port_of(invocation)}, [&app](const net::ServerRequest& request) {
    return app.value().answer(request);
  });
  Services services(invocation);
  serve::LakeWatch watch(services.open_lake(), kLookEvery);
  const auto address = server.address();
  app.emplace(serve::Guard(server.port(), hosts),
              serve::App::Parts{.lake = [&watch] { return watch.newest(); },
                                .clock = services.clock(),
                                .assets = web_assets(),
                                .token_used =
                                    [&](const std::string& path) {
                                      fmt::print(stderr, "For another browser: {}{}\n", address,
                                                 path);
                                    }});
  // The address is the result that scripts wait for; with --json stdout holds one object, at the
  // end.
  fmt::print(invocation.json ? stderr : stdout, "{}{}\n", address, app->entrance());
  std::fflush(stdout);
  fmt::print(stderr, "The dashboard serves{} on this machine until Ctrl-C.\n",
             watch.newest()->identity.simulated ? " the simulated listener's lake" : "");
  server.run();
}

}  // namespace

Command serve_command() {
  return {.name = "serve",
          .summary = "The dashboard in a browser, on this machine only",
          .description =
              "Serves the dashboard on 127.0.0.1 until interrupted and prints its address. Only "
              "the browser that opens this address first is let in; every such browser makes "
              "another address. Makes no request to anybody. docs/dashboard.md tells the rest.",
          .options = {{.name = "--port",
                       .value = "N",
                       .help = "Port; 0 takes a free one (default 8787)"},
                      {.name = "--allow-host",
                       .value = "NAME",
                       .help = "Name under which a reverse proxy of yours passes requests on"}},
          .run = run};
}

}  // namespace soundlake::cli
