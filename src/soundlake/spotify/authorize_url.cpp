// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/authorize_url.hpp"

#include "soundlake/base/hash.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/net/http.hpp"

namespace soundlake::spotify {

std::string make_state() {
  return base::base64url(base::random_bytes(24));
}

std::string authorize_url(const App& app, const std::string& redirect_uri, const std::string& state,
                          const std::string& challenge) {
  std::vector<std::string> names;
  for (const Scope& scope : scopes()) names.push_back(scope.name);
  return app.accounts_url + "/authorize?" +
         net::url_query({{"client_id", app.client_id},
                         {"response_type", "code"},
                         {"redirect_uri", redirect_uri},
                         {"state", state},
                         {"scope", base::join(names, " ")},
                         {"code_challenge_method", "S256"},
                         {"code_challenge", challenge}});
}

}  // namespace soundlake::spotify
