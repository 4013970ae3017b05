// SPDX-License-Identifier: Apache-2.0
#include "soundlake/net/http_server.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/log.hpp"
#include "soundlake/base/stop.hpp"
#include "soundlake/net/response_head.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <list>
#include <string_view>
#include <thread>
#include <utility>

namespace soundlake::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;
using tcp = asio::ip::tcp;
using std::chrono::milliseconds;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
// How often run() looks for a stop signal.
constexpr milliseconds kSlice{100};
// What a refused client may still send before its connection ends; ending it at once would take the
// answer away from it (RST).
constexpr std::size_t kDrainBytes = 16u << 20;
// After an accept that failed, usually for want of file descriptors.
constexpr milliseconds kAcceptPause{50};

/// The status for a request that could not be read; 0 when there is nobody to tell.
int status_for(error_code error) {
  if (error == http::error::header_limit || error == http::error::buffer_overflow) return 431;
  if (error == http::error::body_limit) return 413;
  if (error == http::error::end_of_stream || error == http::error::partial_message) return 0;
  return error.category() == http::make_error_code(http::error::bad_target).category() ? 400 : 0;
}

ServerResponse plain_error(int status) {
  ServerResponse response;
  response.status = status;
  response.content_type = "text/plain";
  return response;
}

std::optional<ServerRequest> to_request(http::request<http::string_body> message) {
  const std::string_view target(message.target().data(), message.target().size());
  if (!target.starts_with('/')) return std::nullopt;
  const auto question = std::min(target.find('?'), target.size());
  ServerRequest request;
  request.method = std::string(message.method_string());
  request.path = url_decode(target.substr(0, question), false);
  request.raw_query = std::string(target.substr(std::min(question + 1, target.size())));
  request.query = parse_query(request.raw_query);
  for (const auto& field : message) {
    request.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
  }
  request.body = std::move(message.body());
  return request;
}

}  // namespace

struct HttpServer::Impl {
  /// One client; in the list, the one that has waited longest for a request first.
  struct Connection {
    Connection(Impl& owner_impl, tcp::socket socket)
        : owner(owner_impl), stream(std::move(socket)), pause(stream.get_executor()) {
      place = owner.connections.insert(owner.connections.end(), this);
    }
    ~Connection() {
      owner.connections.erase(place);
      if (owner.connections.empty() && !owner.ending) owner.grace.cancel();
    }
    void begin_waiting() {
      waiting = true;
      owner.connections.splice(owner.connections.end(), owner.connections, place);
    }
    void end_now() {
      waiting = false;
      stream.close();
      pause.cancel();
    }

    Impl& owner;
    beast::tcp_stream stream;
    asio::steady_timer pause;
    beast::flat_buffer buffer;
    std::list<Connection*>::iterator place;
    bool waiting = true;   ///< for (the rest of) a request
    bool writing = false;  ///< an answer
  };

  Impl(Options opts, Handler handle) : options(opts), handler(std::move(handle)) {}
  ~Impl() { ending = true; }

  void bind();
  const char* host() const { return options.ipv6 ? "[::1]" : "127.0.0.1"; }
  asio::awaitable<void> accept_all();
  asio::awaitable<void> serve(std::shared_ptr<Connection> connection);
  asio::awaitable<void> drain(Connection& connection);
  asio::awaitable<bool> deliver(Connection& connection, const ServerResponse& response,
                                bool head_only, bool keep_alive);
  ServerResponse answer(http::request<http::string_body> message);
  bool make_room();
  void shut_down();

  Options options;
  Handler handler;
  std::uint16_t bound_port = 0;
  std::atomic<bool> stopping = false;
  bool ending = false;  ///< members are going; connections end with `io`, after `grace`
  std::list<Connection*> connections;
  asio::io_context io{1};
  tcp::acceptor acceptor{io};
  asio::steady_timer accept_pause{io};
  asio::steady_timer grace{io};
  std::thread thread;
};

void HttpServer::Impl::bind() {
  tcp::endpoint endpoint(asio::ip::address_v4::loopback(), options.port);
  if (options.ipv6) endpoint.address(asio::ip::address_v6::loopback());
  error_code error;
  acceptor.open(endpoint.protocol(), error);
  // Without it a port that was in use a minute ago cannot be had again; two servers still exclude
  // each other.
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error == boost::system::errc::address_in_use) {
    throw Error(
        ErrorKind::io, fmt::format("the port {} is taken", options.port),
        fmt::format("end the program that uses it (`ss -ltnp 'sport = :{}'` names it), or choose "
                    "another port",
                    options.port));
  }
  if (error) {
    throw Error(ErrorKind::io,
                fmt::format("cannot listen on {}:{}: {}", host(), options.port, error.message()),
                "choose another port");
  }
  bound_port = acceptor.local_endpoint().port();
}

asio::awaitable<void> HttpServer::Impl::accept_all() {
  while (!stopping) {
    auto [error, socket] = co_await acceptor.async_accept(kAwait);
    if (stopping) co_return;
    if (error) {
      accept_pause.expires_after(kAcceptPause);
      co_await accept_pause.async_wait(kAwait);
      continue;
    }
    const auto most = static_cast<std::size_t>(std::max(1, options.max_connections));
    if (connections.size() >= most && !make_room()) continue;  // the newcomer is ended
    socket.set_option(tcp::no_delay(true), error);
    asio::co_spawn(io, serve(std::make_shared<Connection>(*this, std::move(socket))),
                   asio::detached);
  }
}

bool HttpServer::Impl::make_room() {
  const auto idlest =
      std::find_if(connections.begin(), connections.end(),
                   [](const Connection* connection) { return connection->waiting; });
  if (idlest == connections.end()) return false;
  (*idlest)->end_now();
  return true;
}

asio::awaitable<void> HttpServer::Impl::serve(std::shared_ptr<Connection> connection) {
  beast::tcp_stream& stream = connection->stream;
  bool keep_alive = true;
  while (keep_alive && !stopping) {
    http::request_parser<http::string_body> parser;
    parser.header_limit(static_cast<std::uint32_t>(options.max_header));
    parser.body_limit(options.max_body);
    connection->begin_waiting();
    // One deadline for the whole request, so that one that trickles in is cut as well.
    stream.expires_after(options.idle);
    auto [error, bytes] = co_await http::async_read(stream, connection->buffer, parser, kAwait);
    connection->waiting = false;
    if (stopping) co_return;
    if (error) {
      const int status = status_for(error);
      if (status == 0) co_return;
      co_await deliver(*connection, plain_error(status), false, false);
      break;
    }
    keep_alive = parser.get().keep_alive();
    const bool head_only = parser.get().method() == http::verb::head;
    const ServerResponse response = answer(parser.release());
    if (response.delay > milliseconds(0) && !stopping) {
      connection->pause.expires_after(response.delay);
      co_await connection->pause.async_wait(kAwait);
      if (stopping) co_return;
    }
    // The handler may have stopped the server: this answer still leaves, as the last one.
    keep_alive = keep_alive && !stopping;
    if (!co_await deliver(*connection, response, head_only, keep_alive)) co_return;
  }
  co_await drain(*connection);
}

asio::awaitable<void> HttpServer::Impl::drain(Connection& connection) {
  error_code ignored;
  connection.stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
  connection.begin_waiting();
  connection.stream.expires_after(options.idle);
  std::array<char, 16384> scratch{};
  std::size_t total = 0;
  while (!stopping && total < kDrainBytes) {
    auto [error, bytes] = co_await connection.stream.async_read_some(asio::buffer(scratch), kAwait);
    if (error) co_return;
    total += bytes;
  }
}

asio::awaitable<bool> HttpServer::Impl::deliver(Connection& connection,
                                                const ServerResponse& response, bool head_only,
                                                bool keep_alive) {
  if (response.delivery == ServerResponse::Delivery::hang_up) co_return false;
  const bool cut = response.delivery == ServerResponse::Delivery::cut_body;
  const auto head = response_head(response, keep_alive);
  std::string_view body = response.body;
  if (head_only || !has_body(response.status)) body = {};
  if (cut) body = body.substr(0, body.size() / 2);
  const std::array<asio::const_buffer, 2> parts = {asio::buffer(*head), asio::buffer(body)};
  connection.writing = true;
  connection.stream.expires_after(options.idle);
  auto [error, bytes] = co_await asio::async_write(connection.stream, parts, kAwait);
  connection.writing = false;
  co_return !error && !cut;
}

ServerResponse HttpServer::Impl::answer(http::request<http::string_body> message) {
  const auto request = to_request(std::move(message));
  if (!request) return plain_error(400);
  try {
    ServerResponse response = handler(*request);
    if (response_head(response, false)) return response;
    base::log_warning("an answer of the local server held a header that cannot be sent");
  } catch (const std::exception& error) {
    base::log_warning(std::string("the local server could not answer: ") + error.what());
  } catch (...) {
    base::log_warning("the local server could not answer");
  }
  return plain_error(500);
}

void HttpServer::Impl::shut_down() {
  if (!acceptor.is_open()) return;
  error_code ignored;
  acceptor.close(ignored);
  accept_pause.cancel();
  // While one is closed others stay in the list: a connection leaves it when its coroutine ends.
  for (Connection* connection : connections) {
    if (!connection->writing) connection->end_now();
  }
  if (connections.empty()) return;
  grace.expires_after(options.grace);
  grace.async_wait([this](error_code error) {
    if (!error) io.stop();
  });
}

HttpServer::HttpServer(Options options, Handler handler)
    : impl_(std::make_unique<Impl>(options, std::move(handler))) {
  impl_->bind();
  asio::co_spawn(impl_->io, impl_->accept_all(), asio::detached);
}

HttpServer::~HttpServer() {
  stop();
  if (impl_->thread.joinable()) impl_->thread.join();
}

std::uint16_t HttpServer::port() const {
  return impl_->bound_port;
}

std::string HttpServer::address() const {
  return fmt::format("http://{}:{}", impl_->host(), port());
}

void HttpServer::start() {
  impl_->thread = std::thread([impl = impl_.get()] { impl->io.run(); });
}

void HttpServer::run(std::optional<std::chrono::steady_clock::time_point> until) {
  using Clock = std::chrono::steady_clock;
  while (!impl_->io.stopped() && !base::stop_requested()) {
    auto slice = std::chrono::duration_cast<Clock::duration>(kSlice);
    if (until) slice = std::clamp(*until - Clock::now(), Clock::duration(0), slice);
    impl_->io.run_for(slice);
    if (until && Clock::now() >= *until) return;
  }
}

void HttpServer::stop() {
  if (!impl_->stopping.exchange(true)) {
    asio::post(impl_->io, [impl = impl_.get()] { impl->shut_down(); });
  }
  if (impl_->thread.joinable() && impl_->thread.get_id() != std::this_thread::get_id()) {
    impl_->thread.join();
  }
}

}  // namespace soundlake::net
