// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"
#include "soundlake/net/client.hpp"
#include "soundlake/store/aws_signature.hpp"
#include "soundlake/store/s3_failure.hpp"
#include "soundlake/store/s3_location.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace soundlake::store {

/// Gives credentials that are good for some minutes at least. With `renew` they were refused as
/// expired, and others are wanted.
using CredentialSource = std::function<AwsCredentials(bool renew)>;

/// The name S3 has in net::Client and in reports.
inline constexpr const char* kS3Service = "s3";
/// What we allow ourselves towards S3: as many requests as lie open.
net::ServiceLimits s3_limits();

/// A transfer that stands still, or all but, for so long is given up and tried again. All tries
/// together, and the look at what became of a write, end within 100 s.
inline constexpr std::chrono::seconds kS3Patience{12};

/// A request to a bucket.
struct S3Call {
  std::string method = "GET";
  std::string key;  ///< whole; empty for the bucket itself
  std::vector<std::pair<std::string, std::string>> query;
  net::Headers headers;
  std::string body;
};

/// Signs requests to one bucket and sends them. Repeats what went wrong on the way (as net::Client
/// does), what S3 asks to be repeated, what was signed for another region than the bucket's (and
/// stays with the region told) and, with new credentials, what was refused as expired.
class S3Wire {
 public:
  struct Options {
    std::string bucket;
    S3Endpoint endpoint;
    CredentialSource credentials;
    base::Clock clock = base::system_clock();
    std::chrono::seconds patience = kS3Patience;
  };
  using Done = std::function<void(S3Answer)>;

  /// The client must outlive this and know the service `kS3Service`.
  S3Wire(Options options, net::Client& client);

  S3Answer ask(const S3Call& call);
  /// `done` is called from net::Client::run(). This must outlive that.
  void send(S3Call call, Done done);

  /// The error for an answer that cannot be gone on with.
  Error failure(const std::string& what, const std::string& action, const S3Call& call,
                const S3Answer& answer) const;
  const std::string& bucket() const { return options_.bucket; }
  bool checksums() const { return options_.endpoint.checksums; }
  net::Client& client() const { return client_; }

 private:
  void send_try(std::shared_ptr<S3Call> call, Done done, int tries);
  net::Request request_for(const S3Call& call);
  S3Answer answer_to(const S3Call& call, net::Response response) const;
  /// Whether the call should be sent again; changes what it would be signed with.
  bool goes_again(const S3Answer& answer, int tries);
  bool learn_region(const S3Answer& answer);

  Options options_;
  net::Client& client_;
  bool renewed_ = false;  ///< asked for other credentials since the last success
  bool wants_renewal_ = false;
  std::string source_;  ///< where the credentials that signed last are from
};

}  // namespace soundlake::store
