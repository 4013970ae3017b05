// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/stop.hpp"

#include "soundlake/base/error.hpp"

#include <csignal>

namespace soundlake::base {
namespace {

// A signal handler may touch nothing but this.
volatile std::sig_atomic_t g_stop = 0;

extern "C" void on_stop_signal(int signal) {
  if (g_stop != 0) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
  g_stop = 1;
}

}  // namespace

void install_stop_signals() {
  struct sigaction action {};
  action.sa_handler = on_stop_signal;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

bool stop_requested() {
  return g_stop != 0;
}

void throw_if_stopped() {
  if (stop_requested())
    throw Error(ErrorKind::cancelled, "interrupted", "run the same command again to go on");
}

}  // namespace soundlake::base
