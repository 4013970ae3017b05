// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/net/http_server.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace soundlake::sim {

/// The answers that Spotify gives besides data, in the shapes that people received.

net::ServerResponse json_answer(const nlohmann::ordered_json& body, int status = 200);
net::ServerResponse text_answer(const std::string& text, int status);
/// `{"error":{"status":403,"message":"Forbidden"}}`; without the key when the message is empty.
net::ServerResponse refusal(int status, const std::string& message);
/// 401 with the header that tells `missing_token` from `invalid_token`; the body does not.
net::ServerResponse bad_token(const std::string& why);
/// The limit of the short window.
net::ServerResponse rate_limited(int retry_after_s);
/// The quota of a day.
net::ServerResponse quota_exceeded(int retry_after_s);
/// The flat shape of the token endpoint, 400.
net::ServerResponse token_refusal(const std::string& error, const std::string& description);

}  // namespace soundlake::sim
