// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <csignal>

namespace soundlake::net {

/// Keeps SIGPIPE from this thread while it lives. OpenSSL writes to connections that the other side
/// has ended, and libcurl, told to leave signals alone (CURLOPT_NOSIGNAL), lets that end the
/// process. What the program makes of SIGPIPE elsewhere, on its stdout say, stays as it is.
class SigpipeGuard {
 public:
  SigpipeGuard();
  ~SigpipeGuard();
  SigpipeGuard(const SigpipeGuard&) = delete;
  SigpipeGuard& operator=(const SigpipeGuard&) = delete;

 private:
  sigset_t before_;
  bool pending_before_ = false;
};

}  // namespace soundlake::net
