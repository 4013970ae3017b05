// SPDX-License-Identifier: Apache-2.0
#include "soundlake/serve/problem.hpp"

#include <nlohmann/json.hpp>

namespace soundlake::serve {

net::ServerResponse problem(int status, const std::string& title, const std::string& detail,
                            const std::string& hint) {
  using Json = nlohmann::ordered_json;
  Json object{{"type", "about:blank"}, {"title", title}, {"status", status}, {"detail", detail}};
  if (!hint.empty()) object["hint"] = hint;
  net::ServerResponse response;
  response.status = status;
  response.content_type = "application/problem+json";
  response.headers.emplace_back("Cache-Control", "no-store");
  // What a query said comes back in the detail, and need not be UTF-8.
  response.body = object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  return response;
}

net::ServerResponse problem(const Error& error) {
  const bool usage = error.kind() == ErrorKind::usage;
  return problem(usage ? 400 : 503, usage ? "Bad Request" : "Service Unavailable", error.message(),
                 error.hint());
}

}  // namespace soundlake::serve
