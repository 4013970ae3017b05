// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/files.hpp"
#include "soundlake/net/http_server.hpp"
#include "soundlake/spotify/redirect_uri.hpp"
#include "soundlake/spotify/sign_in_answer.hpp"

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

namespace soundlake::spotify {

/// Waits on the redirect's loopback port for the browser to come back. Serves on a thread of its
/// own; only an answer to this sign-in ends up in take(), everything else gets a page and is gone.
class RedirectListener {
 public:
  /// Listens at once. Throws Error{io} when the port cannot be had.
  RedirectListener(const RedirectUri& redirect, std::string state);
  std::uint16_t port() const { return server_.port(); }
  /// Readable as soon as take() has something.
  int ready_fd() const { return ready_.get(); }
  /// The answer, once there is one.
  std::optional<SignInAnswer> take();

 private:
  net::ServerResponse handle(const net::ServerRequest& request);

  std::string path_;
  std::string state_;
  base::FileDescriptor ready_;
  std::mutex mutex_;
  std::optional<SignInAnswer> answer_;  ///< the first one counts
  net::HttpServer server_;              ///< last: it ends before what its handler uses
};

}  // namespace soundlake::spotify
