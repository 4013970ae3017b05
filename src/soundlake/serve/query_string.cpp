// SPDX-License-Identifier: Apache-2.0
#include "soundlake/serve/query_string.hpp"

#include "soundlake/net/http.hpp"

#include <algorithm>

namespace soundlake::serve {

stats::Pairs pairs_in(std::string_view query) {
  stats::Pairs pairs;
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const auto pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.empty()) continue;
    const auto equals = std::min(pair.find('='), pair.size());
    pairs.emplace_back(net::url_decode(pair.substr(0, equals)),
                       net::url_decode(pair.substr(std::min(equals + 1, pair.size()))));
  }
  return pairs;
}

}  // namespace soundlake::serve
