// SPDX-License-Identifier: Apache-2.0
#include "soundlake/net/verdict.hpp"

#include "soundlake/base/text.hpp"
#include "soundlake/base/time.hpp"

#include <fmt/core.h>

namespace soundlake::net {
namespace {

std::string size_of(std::size_t bytes) {
  if (bytes >= (1u << 20)) return fmt::format("{} MiB", bytes >> 20);
  if (bytes >= (1u << 10)) return fmt::format("{} KiB", bytes >> 10);
  return fmt::format("{} bytes", bytes);
}

std::string patience(std::chrono::milliseconds timeout) {
  if (timeout < std::chrono::seconds(1)) return fmt::format("{} ms", timeout.count());
  return base::format_duration(timeout);
}

std::string what_happened(const Request& request, const TryResult& result) {
  const std::string& service = request.service;
  if (result.too_long)
    return fmt::format("{} sent more than {}", service, size_of(request.max_body));
  switch (result.code) {
    case CURLE_OK:
      return fmt::format("{} answered HTTP {}", service, result.status);
    case CURLE_OPERATION_TIMEDOUT:
      if (result.stalled) {
        return fmt::format("{} stood still for {}", service, patience(request.stalled_after));
      }
      return result.sent
                 ? fmt::format("{} did not answer within {}", service, patience(request.timeout))
                 : fmt::format("{} could not be reached in time", service);
    case CURLE_COULDNT_RESOLVE_HOST:
      return fmt::format("the address of {} could not be looked up (no network?)", service);
    case CURLE_COULDNT_RESOLVE_PROXY:
      return fmt::format("the address of the proxy on the way to {} could not be looked up",
                         service);
    case CURLE_COULDNT_CONNECT:
      return fmt::format("{} could not be reached", service);
    case CURLE_GOT_NOTHING:
      return fmt::format("{} ended the connection without an answer", service);
    case CURLE_PARTIAL_FILE:
      return fmt::format("{} ended the connection within its answer", service);
    case CURLE_PEER_FAILED_VERIFICATION:
      return fmt::format("the certificate of {} is not trusted ({})", service, result.detail);
    case CURLE_SSL_CONNECT_ERROR:
      return fmt::format("no encrypted connection to {} came about ({})", service, result.detail);
    default:
      // curl's general words for the code; they hold nothing of the request.
      return fmt::format("the connection to {} failed ({})", service,
                         base::to_lower_ascii(curl_easy_strerror(result.code)));
  }
}

}  // namespace

Verdict verdict_of(const TryResult& result) {
  if (result.too_long) return Verdict::hopeless;
  switch (result.code) {
    case CURLE_OK:
      break;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_OUT_OF_MEMORY:
      return Verdict::hopeless;
    default:
      return Verdict::trouble;
  }
  switch (result.status) {
    case 429:
      return Verdict::throttled;
    case 408:
    case 500:
    case 502:
    case 503:
    case 504:
      return Verdict::trouble;
    default:
      return Verdict::answered;
  }
}

bool timed_out(const TryResult& result) {
  return result.code == CURLE_OPERATION_TIMEDOUT;
}

std::string problem_of(const Request& request, const TryResult& result, int tries) {
  const std::string url = redacted_url(request.url);
  const std::string address = url.substr(0, url.find_first_of("?#"));
  const std::string repeated = tries > 1 ? fmt::format(", tried {} times", tries) : std::string();
  return fmt::format("{} ({} {}{})", what_happened(request, result), request.method, address,
                     repeated);
}

}  // namespace soundlake::net
