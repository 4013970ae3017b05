// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/net/sigpipe_guard.hpp"

#include <curl/curl.h>

#include <memory>

namespace soundlake::net {

struct CurlEasyEnd {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct CurlMultiEnd {
  void operator()(CURLM* multi) const {
    const SigpipeGuard guard;  // it says goodbye on the connections of its pool
    curl_multi_cleanup(multi);
  }
};
struct CurlListEnd {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct CurlUrlEnd {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

using CurlEasy = std::unique_ptr<CURL, CurlEasyEnd>;
using CurlMulti = std::unique_ptr<CURLM, CurlMultiEnd>;
using CurlList = std::unique_ptr<curl_slist, CurlListEnd>;
using CurlUrl = std::unique_ptr<CURLU, CurlUrlEnd>;

}  // namespace soundlake::net
