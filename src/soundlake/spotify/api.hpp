// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/json.hpp"
#include "soundlake/base/time.hpp"
#include "soundlake/net/client.hpp"
#include "soundlake/spotify/error_body.hpp"
#include "soundlake/spotify/extract.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace soundlake::spotify {

/// One question to the Web API.
struct Call {
  std::string name;    ///< for people: "GET /artists/{id}/albums"
  std::string bucket;  ///< the quota it counts under
  std::string path;    ///< below the root, e.g. "/artists/0TnO/albums"
  std::vector<std::pair<std::string, std::string>> query;
  std::chrono::seconds fresh_for{0};
  std::string cache_key;
  bool personal = false;  ///< about the person: never kept in raw/
};

/// What became of it.
struct Answer {
  enum class Kind {
    ok,       ///< `root` holds the JSON
    refused,  ///< 4xx: `refusal`
    closed,   ///< the bucket is closed; noted in the waits
    failed,   ///< no usable answer; noted in the problems
  };
  Kind kind = Kind::failed;
  std::optional<base::JsonDocument> document;
  base::JsonValue root;
  Refusal refusal;
  base::Instant received_at;
  bool from_cache = false;

  bool ok() const { return kind == Kind::ok; }
};

/// Asks the Web API: adds root and token, renews a refused token, reads error bodies, and notes
/// waits, problems, refusals and raw payloads in the extraction.
class Api {
 public:
  using Done = std::function<void(const Answer&)>;

  /// All must outlive this.
  Api(net::Client& client, TokenSource& token, std::string root, Extraction& found,
      base::Progress& progress);

  /// Queues a question; `done` is called from run(), exactly once. An Error it throws, or one for a
  /// refusal that ends everything, comes out of run().
  void get(Call call, Done done);
  void run();
  /// Notes that an answer was no use though it came (an item list without items, say): a problem,
  /// and its copy in the cache does not count.
  void unusable(const Call& call, const std::string& what);
  /// Notes a refusal that is no matter of what the app may do.
  void unexpected(const Call& call, const Refusal& refusal);
  /// Answers that must be asked again: keys of the response cache.
  const std::vector<std::string>& unusable_keys() const { return unusable_keys_; }

 private:
  void send(Call call, Done done, int refused_tokens);
  void handle(const Call& call, const Done& done, const net::Response& response);
  void note_wait(const Call& call, base::Instant until);

  net::Client& client_;
  TokenSource& token_;
  std::string root_;
  Extraction& found_;
  base::Progress& progress_;
  std::int64_t answered_ = 0;
  std::vector<std::string> unusable_keys_;
};

/// The query of a `next` link, when it leads to a further page of the same question: whatever host
/// it names, the question stays where it was asked. Nothing when it leads elsewhere.
std::optional<std::vector<std::pair<std::string, std::string>>> query_of_next(
    const std::string& link, const Call& call);

}  // namespace soundlake::spotify
