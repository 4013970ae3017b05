// SPDX-License-Identifier: Apache-2.0
#include "soundlake/net/transfer.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/hash.hpp"
#include "soundlake/base/text.hpp"

#include <algorithm>
#include <new>
#include <string_view>

namespace soundlake::net {
namespace {

constexpr long kConnectTimeoutMs = 5'000;
constexpr std::size_t kMaxHeaderBytes = 256u << 10;

// The parallel HTTP/2 code of older ones loses transfers when a server says GOAWAY.
constexpr unsigned kFirstGoodHttp2 = 0x080100;

long http_version() {
  static const bool good = curl_version_info(CURLVERSION_NOW)->version_num >= kFirstGoodHttp2;
  return good ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1;
}

template <typename Value>
void set(CURL* easy, CURLoption option, Value value) {
  if (curl_easy_setopt(easy, option, value) != CURLE_OK) {
    throw Error(ErrorKind::internal, "libcurl refused option " + std::to_string(option));
  }
}

void append(CurlList& list, const std::string& line) {
  curl_slist* longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  list.release();
  list.reset(longer);
}

}  // namespace

Transfer::Transfer(const Request& request, const Extra& extra, std::int64_t& departures)
    : request_(request), departures_(departures), easy_(curl_easy_init()) {
  if (!easy_) throw std::bad_alloc();
  CURL* easy = easy_.get();
  set(easy, CURLOPT_URL, request.url.c_str());
  set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  set(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  set(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(easy, CURLOPT_HTTP_VERSION, http_version());
  set(easy, CURLOPT_PIPEWAIT, 1L);
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_ACCEPT_ENCODING, "");
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, kConnectTimeoutMs);
  set(easy, CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(request.stalled_below));
  set(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(request.stalled_after.count()));
  set(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
  set(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(easy, CURLOPT_ERRORBUFFER, error_text_);
  if (extra.direct) set(easy, CURLOPT_PROXY, "");
  if (!request.ca_file.empty()) set(easy, CURLOPT_CAINFO, request.ca_file.c_str());
  // On a connection of the pool libcurl would repeat what must not be repeated.
  if (!request.repeatable) set(easy, CURLOPT_FRESH_CONNECT, 1L);

  set(easy, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set(easy, CURLOPT_WRITEDATA, static_cast<void*>(this));
  set(easy, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  set(easy, CURLOPT_HEADERDATA, static_cast<void*>(this));
  set(easy, CURLOPT_PREREQFUNCTION, &Transfer::on_departure);
  set(easy, CURLOPT_PREREQDATA, static_cast<void*>(this));

  set_method_and_body();
  set_headers(extra);
}

void Transfer::set_method_and_body() {
  CURL* easy = easy_.get();
  const std::string& method = request_.method;
  if (method == "HEAD") {
    set(easy, CURLOPT_NOBODY, 1L);
    return;
  }
  if (method == "POST" || method == "PUT" || method == "PATCH" || !request_.body.empty()) {
    set(easy, CURLOPT_POST, 1L);
    set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    set(easy, CURLOPT_POSTFIELDS, request_.body.c_str());
  }
  set(easy, CURLOPT_CUSTOMREQUEST, method.c_str());
}

void Transfer::set_headers(const Extra& extra) {
  for (const auto& [name, value] : request_.headers) {
    // curl sends an empty header only when it is written with a semicolon.
    append(headers_, value.empty() ? name + ";" : std::string(name).append(": ").append(value));
  }
  // What curl would add by itself: a wait for "100 Continue", and a type nobody named.
  append(headers_, "Expect:");
  if (!find_header(request_.headers, "Content-Type")) append(headers_, "Content-Type:");
  if (!extra.user_agent.empty() && !find_header(request_.headers, "User-Agent")) {
    append(headers_, "User-Agent: " + extra.user_agent);
  }
  if (!extra.if_none_match.empty()) append(headers_, "If-None-Match: " + extra.if_none_match);
  if (!request_.bearer.empty())
    append(headers_, "Authorization: Bearer " + request_.bearer.reveal());
  if (!request_.basic.empty()) {
    append(headers_, "Authorization: Basic " + base::base64(request_.basic.reveal()));
  }
  set(easy_.get(), CURLOPT_HTTPHEADER, headers_.get());
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  std::string& body = transfer.result_.body;
  const std::size_t bytes = size * count;
  if (bytes > transfer.request_.max_body - std::min(body.size(), transfer.request_.max_body)) {
    transfer.result_.too_long = true;
    return CURL_WRITEFUNC_ERROR;
  }
  body.append(data, bytes);
  return bytes;
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::string_view line(data, size * count);
  transfer.header_bytes_ += line.size();
  if (transfer.header_bytes_ > kMaxHeaderBytes) {
    transfer.result_.too_long = true;
    return 0;
  }
  if (line.starts_with("HTTP/")) transfer.result_.headers.clear();  // after a 100 Continue
  const auto colon = line.find(':');
  if (colon != std::string_view::npos && !line.starts_with("HTTP/")) {
    transfer.result_.headers.emplace_back(std::string(line.substr(0, colon)),
                                          base::trim(line.substr(colon + 1)));
  }
  return line.size();
}

int Transfer::on_departure(void* self, char*, char*, int, int) {
  auto& transfer = *static_cast<Transfer*>(self);
  transfer.result_.sent = true;
  ++transfer.departures_;
  return CURL_PREREQFUNC_OK;
}

TryResult Transfer::result(CURLcode code) {
  long status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  result_.code = code;
  result_.status = static_cast<int>(status);
  curl_off_t elapsed_us = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_TOTAL_TIME_T, &elapsed_us);
  result_.stalled = code == CURLE_OPERATION_TIMEDOUT && result_.sent &&
                    std::chrono::microseconds(elapsed_us) < request_.timeout;
  if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CONNECT_ERROR) {
    result_.detail = error_text_;
  }
  return std::move(result_);
}

}  // namespace soundlake::net
