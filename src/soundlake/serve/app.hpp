// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"
#include "soundlake/net/http_server.hpp"
#include "soundlake/serve/guard.hpp"
#include "soundlake/serve/lake_watch.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace soundlake::serve {

/// A file of the page, packed by gzip at build time.
struct Asset {
  std::string_view path;  ///< "/assets/main-4f2a.js"; "/index.html" is the page itself
  std::string_view content_type;
  std::string_view packed;
};

/// Answers the requests of the dashboard: the page, its files and the JSON API (docs/dashboard.md).
/// A path is looked up in what is built in and never opened.
class App {
 public:
  struct Parts {
    std::function<std::shared_ptr<const Loaded>()> lake;
    base::Clock clock;
    std::vector<Asset> assets;
    /// Called when a browser has used the token, with the address for the next one.
    std::function<void(const std::string& path)> token_used = [](const std::string&) {};
  };

  App(Guard guard, Parts parts);

  net::ServerResponse answer(const net::ServerRequest& request);
  /// `/?token=…`: what the next new browser opens.
  std::string entrance() const;

 private:
  net::ServerResponse admitted(const net::ServerRequest& request);
  net::ServerResponse let_in(const net::ServerRequest& request);
  net::ServerResponse file(const net::ServerRequest& request, const Asset& asset) const;
  net::ServerResponse api(const net::ServerRequest& request) const;
  const Asset* asset_at(std::string_view path) const;

  Guard guard_;
  Parts parts_;
};

}  // namespace soundlake::serve
