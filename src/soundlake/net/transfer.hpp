// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/net/curl_handles.hpp"
#include "soundlake/net/http.hpp"

#include <cstdint>
#include <string>

namespace soundlake::net {

/// What one try of a request came to.
struct TryResult {
  CURLcode code = CURLE_OK;
  int status = 0;
  Headers headers;
  std::string body;
  bool sent = false;      ///< a connection was up and the request began to leave
  bool too_long = false;  ///< ended by us: more than Request::max_body
  bool stalled = false;   ///< ended by us: slower than Request::stalled_below for too long
  std::string detail;     ///< curl's words, for certificate problems only
};

/// One try of a request as an easy handle, to be added to a multi handle.
class Transfer {
 public:
  struct Extra {
    std::string user_agent;
    std::string if_none_match;  ///< the ETag of a kept answer
    bool direct = false;        ///< not through a proxy
  };
  /// The request must outlive this and keep its place. `departures` is counted up each time the
  /// request leaves: libcurl itself repeats one that met a dying connection of its pool.
  Transfer(const Request& request, const Extra& extra, std::int64_t& departures);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  CURL* handle() const { return easy_.get(); }
  /// What it came to; call once, after curl said that it ended with `code`.
  TryResult result(CURLcode code);

 private:
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  static int on_departure(void* self, char*, char*, int, int);
  void set_method_and_body();
  void set_headers(const Extra& extra);

  const Request& request_;
  std::int64_t& departures_;
  TryResult result_;
  std::size_t header_bytes_ = 0;
  char error_text_[CURL_ERROR_SIZE] = {};
  CurlList headers_;
  CurlEasy easy_;  // last, so that it ends before what it points to
};

}  // namespace soundlake::net
