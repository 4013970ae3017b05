// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/net/response_cache.hpp"
#include "soundlake/spotify/api.hpp"
#include "soundlake/spotify/capability.hpp"
#include "soundlake/spotify/collector.hpp"
#include "soundlake/spotify/extract.hpp"

#include <functional>
#include <string>

namespace soundlake::spotify {

/// What every fetch of one extraction works with.
struct Asking {
  Api& api;
  Collector& collector;
  Capabilities& capabilities;
  net::ResponseCache& cache;
  base::Database& state;
  const ExtractOptions& options;
  Extraction& found;
  base::Instant now;
  std::function<void()> changed;  ///< to be called after an answer, when something may go on

  /// The answer kept under this key can be had without a request.
  bool fresh(const std::string& key) const {
    const auto kept = cache.find(kService, key);
    return kept && kept->fresh_until > now;
  }
};

}  // namespace soundlake::spotify
