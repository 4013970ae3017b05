// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/s3_wire.hpp"

#include "soundlake/base/hash.hpp"
#include "soundlake/base/log.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <utility>

namespace soundlake::store {
namespace {

/// How often one call is signed anew; net::Client repeats each of these by itself.
constexpr int kTries = 4;
constexpr std::size_t kMaxObject = 2U << 30U;
/// Big objects on slow lines take long; a transfer that stands still is noticed by its speed.
constexpr std::chrono::minutes kTimeout{30};
constexpr std::chrono::seconds kHeadTimeout{8};
constexpr std::int64_t kStalledBelow = 1000;

bool is_error_status(int status) {
  return status >= 300;
}

/// What goes better next time, though it comes with a status that does not say so.
bool is_passing(const std::string& code) {
  static constexpr std::array<std::string_view, 6> kCodes = {
      "RequestTimeout", "OperationAborted",   "ConditionalRequestConflict",
      "InternalError",  "ServiceUnavailable", "SlowDown"};
  return std::find(kCodes.begin(), kCodes.end(), code) != kCodes.end();
}

bool is_expired(const std::string& code) {
  return code == "ExpiredToken" || code == "ExpiredTokenException" ||
         code == "TokenRefreshRequired" || code == "RequestExpired";
}

}  // namespace

net::ServiceLimits s3_limits() {
  return {.requests_per_second = 1000, .burst = 1000, .in_flight = 32, .tries = 4};
}

S3Wire::S3Wire(Options options, net::Client& client)
    : options_(std::move(options)), client_(client) {
  root_of(options_.endpoint, options_.bucket);  // an endpoint that is no address is told at once
}

net::Request S3Wire::request_for(const S3Call& call) {
  const AwsCredentials credentials = options_.credentials(std::exchange(wants_renewal_, false));
  source_ = credentials.source;
  const S3Root root = root_of(options_.endpoint, options_.bucket);
  const std::string hash = base::sha256_raw(call.body);
  AwsRequest unsigned_request{.method = call.method,
                              .host = root.host,
                              .path = root.path + "/" + aws_encode_path(call.key),
                              .query = call.query,
                              .headers = call.headers,
                              .payload_hash = base::to_hex(hash)};
  auto& headers = unsigned_request.headers;
  headers.emplace_back("x-amz-content-sha256", unsigned_request.payload_hash);
  if (call.method == "PUT" && options_.endpoint.checksums) {
    // The first is how the SDKs announce the second; some stores keep no checksum without it.
    headers.emplace_back("x-amz-sdk-checksum-algorithm", "SHA256");
    headers.emplace_back("x-amz-checksum-sha256", base::base64(hash));
  }
  const AwsScope scope{
      .region = options_.endpoint.region.empty() ? kDefaultRegion : options_.endpoint.region,
      .service = "s3"};

  net::Request request;
  request.service = kS3Service;
  request.bucket = options_.bucket;
  request.method = call.method;
  request.headers = aws_signed_headers(unsigned_request, scope, credentials, options_.clock());
  request.url = root.url + unsigned_request.path;
  if (!call.query.empty()) request.url += "?" + aws_canonical_query(call.query);
  request.body = call.body;
  request.max_body = kMaxObject;
  request.timeout = call.method == "HEAD" ? kHeadTimeout : kTimeout;
  request.stalled_below = kStalledBelow;
  request.stalled_after = options_.patience;
  request.ca_file = options_.endpoint.ca_file;
  request.allow_plain_http = !options_.endpoint.url.empty();
  return request;
}

S3Answer S3Wire::answer_to(const S3Call& call, net::Response response) const {
  S3Answer answer{.response = std::move(response), .error = {}, .signatures = 1};
  // S3 may begin a 200 before it knows that it fails. What has an ETag is an object, whatever its
  // bytes look like.
  const bool is_object =
      call.method == "GET" && !call.key.empty() && !answer.header("ETag").empty();
  if (is_error_status(answer.status()) || !is_object) {
    answer.error = parse_s3_error(answer.response.body).value_or(S3Error{});
  }
  return answer;
}

bool S3Wire::learn_region(const S3Answer& answer) {
  std::string region = answer.header("x-amz-bucket-region");
  if (region.empty()) region = answer.error.region;
  const std::string current =
      options_.endpoint.region.empty() ? kDefaultRegion : options_.endpoint.region;
  if (region.empty() || region == current) return false;
  base::log_info(fmt::format("the bucket {} is in region {}, not {}; AWS_REGION={} saves a request",
                             options_.bucket, region, current, region));
  options_.endpoint.region = region;
  return true;
}

bool S3Wire::goes_again(const S3Answer& answer, int tries) {
  if (answer.ok()) renewed_ = false;
  if (answer.ok() || tries >= kTries || answer.response.outcome != net::Outcome::answered) {
    return false;
  }
  const int status = answer.status();
  if (status < 300) return true;  // an error within a 200
  if (status == 301 || status == 307 || status == 400 || status == 403) {
    if (learn_region(answer)) return true;
  }
  if (is_expired(answer.error.code) && !std::exchange(renewed_, true)) {
    wants_renewal_ = true;
    return true;
  }
  return is_passing(answer.error.code);
}

S3Answer S3Wire::ask(const S3Call& call) {
  for (int tries = 1;; ++tries) {
    S3Answer answer = answer_to(call, client_.fetch(request_for(call)));
    answer.signatures = tries;
    if (goes_again(answer, tries)) continue;
    if (call.method != "HEAD" || answer.status() < 300) return answer;
    // The answer to a HEAD has no body and so no reason; a GET of next to nothing tells it.
    S3Call in_words = call;
    in_words.method = "GET";
    in_words.headers.emplace_back("Range", "bytes=0-0");
    S3Answer told = ask(in_words);
    if (!told.ok() || tries >= kTries) return told;
  }
}

void S3Wire::send(S3Call call, Done done) {
  send_try(std::make_shared<S3Call>(std::move(call)), std::move(done), 1);
}

void S3Wire::send_try(std::shared_ptr<S3Call> call, Done done, int tries) {
  net::Request request = request_for(*call);
  client_.send(std::move(request), [this, call = std::move(call), done = std::move(done),
                                    tries](net::Response response) {
    S3Answer answer = answer_to(*call, std::move(response));
    answer.signatures = tries;
    if (goes_again(answer, tries)) return send_try(call, done, tries + 1);
    done(std::move(answer));
  });
}

Error S3Wire::failure(const std::string& what, const std::string& action, const S3Call& call,
                      const S3Answer& answer) const {
  return s3_failure({.what = what,
                     .action = action,
                     .bucket = options_.bucket,
                     .key = call.key,
                     .endpoint = options_.endpoint,
                     .credentials = source_,
                     .now = options_.clock()},
                    answer);
}

}  // namespace soundlake::store
