// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/net/http.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace soundlake::net {

/// A request that came in.
struct ServerRequest {
  std::string method;
  std::string path;                          ///< decoded, without the query
  std::map<std::string, std::string> query;  ///< decoded
  std::string raw_query;                     ///< as received
  Headers headers;
  std::string body;
};

struct ServerResponse {
  int status = 200;
  Headers headers;  ///< values with CR or LF are refused with 500
  std::string body;
  std::string content_type = "application/json";

  /// How the answer leaves; only the simulator uses anything but whole answers at once.
  enum class Delivery {
    whole,
    cut_body,  ///< Content-Length says all of the body, half of it is sent, then the connection
               ///< ends
    hang_up,   ///< the connection ends without an answer
  };
  Delivery delivery = Delivery::whole;
  std::chrono::milliseconds delay{0};  ///< before it leaves; other connections go on meanwhile
};

/// A small HTTP/1.1 server for this machine only (127.0.0.1 or [::1]), shared by login, sim and
/// later the dashboard. One thread serves all connections; the handler runs on it and must be
/// quick.
class HttpServer {
 public:
  struct Options {
    std::uint16_t port = 0;  ///< 0 lets the system choose
    bool ipv6 = false;       ///< listens on [::1] instead of 127.0.0.1
    std::size_t max_body = 1u << 20;
    std::size_t max_header = 16u << 10;
    int max_connections = 256;
    /// By then a request has to be complete, an answer taken.
    std::chrono::milliseconds idle{30'000};
    std::chrono::milliseconds grace{5'000};  ///< for answers on their way when the server stops
  };
  using Handler = std::function<ServerResponse(const ServerRequest&)>;

  /// Binds at once. Throws Error{io} when the port is taken, naming it. An exception in the handler
  /// becomes a 500 without its text. Requests reach the handler only when complete; what is too
  /// long or no HTTP is refused before (400, 413, 431). When all connections are taken, the one
  /// that has waited longest for a request is ended for the newcomer.
  HttpServer(Options options, Handler handler);
  ~HttpServer();  ///< stops
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  std::uint16_t port() const;
  /// `http://127.0.0.1:PORT` or `http://[::1]:PORT`
  std::string address() const;
  /// Serves on a thread of its own until stop().
  void start();
  /// Serves on this thread until stop() is called from another or from the handler, a stop signal
  /// came (base::stop_requested), or `until` passed. After `until` it may be called again; what is
  /// under way goes on then.
  void run(std::optional<std::chrono::steady_clock::time_point> until = std::nullopt);
  /// Ends serving for good: answers that are on their way are still sent (for `grace` at most),
  /// delayed ones are not. From another thread than the server's it waits for the end of start()'s.
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace soundlake::net
