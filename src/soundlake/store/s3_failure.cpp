// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/s3_failure.hpp"

#include "soundlake/base/text.hpp"
#include "soundlake/net/http_date.hpp"

#include <fmt/core.h>

#include <array>
#include <chrono>

namespace soundlake::store {
namespace {

/// S3 refuses signatures that are further away from its own clock.
constexpr auto kMaxSkew = std::chrono::minutes(15);

struct Advice {
  std::string_view code;
  ErrorKind kind;
  std::string_view meaning;
  std::string_view hint;  ///< {bucket} and {credentials} are filled in
};

// Amazon S3 API Reference, "List of error codes", as far as there is something to do about one.
constexpr std::array kAdvice = {
    Advice{"NoSuchBucket", ErrorKind::config, "there is no such bucket",
           "make it (aws s3 mb s3://{bucket}), or check the bucket's name and AWS_ENDPOINT_URL_S3"},
    Advice{"InvalidAccessKeyId", ErrorKind::config, "the access key is not known there",
           "check the credentials {credentials}, and that they belong to this endpoint"},
    Advice{"SignatureDoesNotMatch", ErrorKind::config,
           "the signature does not fit, so the secret key is not the access key's",
           "check the credentials {credentials}"},
    Advice{"ExpiredToken", ErrorKind::config, "the session has expired",
           "renew the credentials {credentials} (aws sso login, or a new session token) and run "
           "this again"},
    Advice{"TokenRefreshRequired", ErrorKind::config, "the session has to be renewed",
           "renew the credentials {credentials} and run this again"},
    Advice{"InvalidToken", ErrorKind::config, "the session token is not valid there",
           "renew the credentials {credentials}; without a session, AWS_SESSION_TOKEN must not be "
           "set"},
    Advice{"InvalidClientTokenId", ErrorKind::config, "the access key is not known there",
           "check the credentials {credentials}"},
    Advice{"AllAccessDisabled", ErrorKind::service, "the bucket's owner or AWS has closed it",
           "look at the bucket in the AWS console"},
    Advice{"InvalidObjectState", ErrorKind::service, "the object is archived",
           "restore it, and keep lifecycle rules from archiving the lake"},
    Advice{"QuotaExceeded", ErrorKind::service, "the store is full", "make room there"},
    Advice{"XAmzContentSHA256Mismatch", ErrorKind::data, "the bytes were changed on their way",
           "run this again; a proxy that rewrites uploads has to leave this host alone"},
    Advice{"BadDigest", ErrorKind::data, "the bytes were changed on their way",
           "run this again; a proxy that rewrites uploads has to leave this host alone"},
    Advice{"SlowDown", ErrorKind::service, "it has too much to do",
           "run this again later; what is done is not done again"},
    Advice{"NotImplemented", ErrorKind::refused, "it cannot do what this needs",
           "for a store without conditional writes use --single-writer; for one without checksums "
           "set AWS_REQUEST_CHECKSUM_CALCULATION=when_required"},
};

std::string filled(std::string_view text, const S3Attempt& attempt) {
  std::string filled_in(text);
  const auto fill = [&](std::string_view name, const std::string& value) {
    const auto at = filled_in.find(name);
    if (at != std::string::npos) filled_in.replace(at, name.size(), value);
  };
  fill("{bucket}", attempt.bucket);
  fill("{credentials}", attempt.credentials);
  return filled_in;
}

std::string place_of(const S3Attempt& attempt) {
  std::string uri = to_uri({.bucket = attempt.bucket, .prefix = attempt.key});
  if (attempt.endpoint.url.empty()) return uri;
  return uri + " at " + net::redacted_url(attempt.endpoint.url);
}

/// The action that AWS names in its newer refusals: "… is not authorized to perform: s3:PutObject
/// on resource …".
std::string refused_action(const S3Attempt& attempt, const std::string& message) {
  constexpr std::string_view kBefore = "to perform: ";
  const auto at = message.find(kBefore);
  if (at == std::string::npos) return attempt.action;
  const std::string rest = message.substr(at + kBefore.size());
  const std::string action = rest.substr(
      0,
      rest.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:-"));
  return action.find(':') == std::string::npos ? attempt.action : action;
}

Error denied(const S3Attempt& attempt, const std::string& says, const std::string& message) {
  const std::string action = refused_action(attempt, message);
  const std::string on = action == "s3:ListBucket" ? "the bucket " + attempt.bucket
                                                   : "the objects of " + attempt.bucket;
  return {ErrorKind::service, says + ": not allowed",
          fmt::format("allow {} on {} for the credentials {} (docs/s3.md has a policy)", action, on,
                      attempt.credentials)};
}

/// How far the server's clock is from ours, and theirs as it told it.
std::optional<base::Instant> server_clock(const S3Attempt& attempt, const S3Answer& answer) {
  if (const auto told = base::parse_utc(answer.error.server_time)) return told;
  return net::parse_http_date(answer.header("Date"), attempt.now);
}

std::optional<Error> skewed(const S3Attempt& attempt, const S3Answer& answer,
                            const std::string& says) {
  const auto theirs = server_clock(attempt, answer);
  const bool far = theirs && std::chrono::abs(*theirs - attempt.now) > kMaxSkew;
  const bool refused = answer.status() == 403 || answer.status() == 400;
  if (answer.error.code != "RequestTimeTooSkewed" && !(refused && far)) return std::nullopt;
  const auto seconds = [](base::Instant at) {
    return base::format_utc(std::chrono::floor<std::chrono::seconds>(at));
  };
  return Error(ErrorKind::config,
               fmt::format("{}: the clocks differ too much; it is {} here and {} there", says,
                           seconds(attempt.now), theirs ? seconds(*theirs) : "another time"),
               "set this machine's clock (timedatectl set-ntp true)");
}

}  // namespace

Error s3_failure(const S3Attempt& attempt, const S3Answer& answer) {
  const std::string doing = "cannot " + attempt.what + " " + place_of(attempt);
  const net::Response& response = answer.response;
  if (response.outcome == net::Outcome::closed) {
    return {ErrorKind::network,
            doing + ": S3 asks to wait until " + base::format_utc(response.closed_until),
            "run this again then"};
  }
  const std::string& code = answer.error.code;
  if (response.outcome == net::Outcome::failed && code.empty()) {
    return {ErrorKind::network, doing + ": " + response.problem,
            "check the network, the bucket's region and AWS_ENDPOINT_URL_S3, then run this again"};
  }
  const std::string says =
      fmt::format("{} ({} {})", doing, answer.status(), code.empty() ? "without a reason" : code);
  if (auto error = skewed(attempt, answer, says)) return *error;
  for (const auto& advice : kAdvice) {
    if (advice.code == code) {
      return {advice.kind, fmt::format("{}: {}", says, advice.meaning),
              filled(advice.hint, attempt)};
    }
  }
  if (answer.status() == 403) return denied(attempt, says, answer.error.message);
  const std::string region = answer.header("x-amz-bucket-region");
  if (answer.status() == 301 || answer.status() == 307 || !region.empty() ||
      !answer.error.region.empty()) {
    const std::string told = region.empty() ? answer.error.region : region;
    return {ErrorKind::config,
            fmt::format("{}: the bucket is elsewhere than in region {}", says,
                        attempt.endpoint.region.empty() ? kDefaultRegion : attempt.endpoint.region),
            told.empty() ? "set AWS_REGION to the bucket's region, and check AWS_ENDPOINT_URL_S3"
                         : "set AWS_REGION=" + told};
  }
  const std::string said =
      answer.error.message.empty() ? "" : ": " + base::repair_utf8(answer.error.message);
  return {answer.status() >= 500 ? ErrorKind::network : ErrorKind::service, says + said,
          code.empty() ? "check that AWS_ENDPOINT_URL_S3 is the address of an S3 service"
                       : "run this again; when it stays so, ask whoever runs that store"};
}

}  // namespace soundlake::store
