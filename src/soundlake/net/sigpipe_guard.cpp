// SPDX-License-Identifier: Apache-2.0
#include "soundlake/net/sigpipe_guard.hpp"

#include <ctime>

namespace soundlake::net {
namespace {

sigset_t only_sigpipe() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGPIPE);
  return set;
}

bool sigpipe_pending() {
  sigset_t pending;
  sigemptyset(&pending);
  sigpending(&pending);
  return sigismember(&pending, SIGPIPE) == 1;
}

}  // namespace

SigpipeGuard::SigpipeGuard() {
  const sigset_t set = only_sigpipe();
  sigemptyset(&before_);
  pending_before_ = sigpipe_pending();
  pthread_sigmask(SIG_BLOCK, &set, &before_);
}

SigpipeGuard::~SigpipeGuard() {
  if (!pending_before_ && sigpipe_pending()) {
    const sigset_t set = only_sigpipe();
    const timespec no_wait{};
    sigtimedwait(&set, nullptr, &no_wait);
  }
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace soundlake::net
