// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/answers.hpp"

#include <nlohmann/json.hpp>

namespace soundlake::sim {

net::ServerResponse json_answer(const nlohmann::ordered_json& body, int status) {
  net::ServerResponse response;
  response.status = status;
  response.content_type = "application/json; charset=utf-8";
  response.body = body.dump();
  return response;
}

net::ServerResponse text_answer(const std::string& text, int status) {
  net::ServerResponse response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = text;
  return response;
}

net::ServerResponse refusal(int status, const std::string& message) {
  nlohmann::ordered_json error = {{"status", status}};
  if (!message.empty()) error["message"] = message;
  return json_answer({{"error", error}}, status);
}

net::ServerResponse bad_token(const std::string& why) {
  auto response = refusal(401, "Missing/invalid/expired access token");
  response.headers.emplace_back("www-authenticate",
                                "Bearer realm=\"spotify\", error=\"" + why + "\"");
  return response;
}

net::ServerResponse rate_limited(int retry_after_s) {
  auto response = refusal(429, "API rate limit exceeded");
  response.headers.emplace_back("retry-after", std::to_string(retry_after_s));
  return response;
}

net::ServerResponse quota_exceeded(int retry_after_s) {
  auto response = json_answer(
      {{"error",
        {{"status", 429}, {"message", "Too many requests"}, {"reason", "QUOTA_EXCEEDED"}}}},
      429);
  response.headers.emplace_back("retry-after", std::to_string(retry_after_s));
  return response;
}

net::ServerResponse token_refusal(const std::string& error, const std::string& description) {
  return json_answer({{"error", error}, {"error_description", description}}, 400);
}

}  // namespace soundlake::sim
