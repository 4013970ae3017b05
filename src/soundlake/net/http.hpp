// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/secret.hpp"
#include "soundlake/base/time.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace soundlake::net {

/// Header names compare without case; the order received is kept.
using Headers = std::vector<std::pair<std::string, std::string>>;
/// The first header of this name.
std::optional<std::string> find_header(const Headers& headers, std::string_view name);

/// Percent-encodes everything but unreserved characters (RFC 3986).
std::string url_encode(std::string_view text);
/// Decodes %XX, and + as a blank when `plus_is_blank` (query strings, forms).
std::string url_decode(std::string_view text, bool plus_is_blank = true);
/// `a=1&b=x%20y`, for query strings and form bodies, in the order given.
std::string url_query(const std::vector<std::pair<std::string, std::string>>& parameters);
/// The parameters of a query string or form body; of a repeated name the first counts.
std::map<std::string, std::string> parse_query(std::string_view query);
/// The URL with the values of secret-bearing parameters (code, token, api_key, …) and any
/// user:password replaced, fit for logs and errors.
std::string redacted_url(std::string_view url);

/// One request to an outside service.
struct Request {
  std::string service;         ///< a name given to Client::add_service, e.g. "spotify"
  std::string bucket = "all";  ///< the quota the service counts it under, e.g. "artist-albums"
  std::string method = "GET";
  std::string url;
  Headers headers;
  std::string body;
  base::Secret bearer;     ///< sent as `Authorization: Bearer …` when not empty
  base::Secret basic;      ///< `user:password`, sent as `Authorization: Basic …` when not empty
  bool repeatable = true;  ///< may be sent again after a failure (a token exchange is not)
  std::size_t max_body = 8u << 20;  ///< a longer answer is a failure, in bytes
  std::chrono::milliseconds timeout{30'000};
  /// A transfer that stays below so many bytes a second for so long has stalled; this try fails.
  std::int64_t stalled_below = 1;
  std::chrono::seconds stalled_after{20};
  std::string ca_file;  ///< certificates to trust instead of the system's; empty: the system's
  /// Plain http to another machine than this one is allowed: a metadata service beside a cloud
  /// machine, or a store that its owner set up so.
  bool allow_plain_http = false;
  /// How long an answer may be reused without asking; zero asks every time.
  std::chrono::seconds fresh_for{0};
  /// Under which the answer is kept when `fresh_for` is set, e.g.
  /// "spotify/artists/1/albums?limit=10": independent of host and token.
  std::string cache_key;
};

/// What became of a request.
enum class Outcome {
  answered,  ///< the service answered (any HTTP status that is not a wait; look at `status`)
  closed,    ///< the quota bucket is closed for longer than we sleep: see `closed_until`
  /// No usable answer after all tries: see `problem`. With the `status`, when there was an answer:
  /// 408, 500, 502, 503 and 504 end here.
  failed,
};

struct Response {
  Outcome outcome = Outcome::failed;
  int status = 0;
  Headers headers;
  std::string body;
  base::Instant received_at;   ///< when the body came; a kept one keeps its time
  bool from_cache = false;     ///< the body is a kept one, unasked or confirmed by a 304
  int tries = 0;               ///< how often it was sent for this answer
  base::Instant closed_until;  ///< with Outcome::closed
  std::string problem;         ///< with Outcome::failed: one sentence without secrets

  /// Answered with 2xx.
  bool ok() const { return outcome == Outcome::answered && status >= 200 && status < 300; }
};

}  // namespace soundlake::net
