// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/error.hpp"
#include "soundlake/base/time.hpp"
#include "soundlake/net/http.hpp"
#include "soundlake/store/s3_location.hpp"
#include "soundlake/store/s3_xml.hpp"

#include <string>

namespace soundlake::store {

/// What S3 said to one request, after all tries.
struct S3Answer {
  net::Response response;
  S3Error error;       ///< empty code: it said none
  int signatures = 1;  ///< how often the call was signed for this answer
  /// No try before this answer's can have been carried out.
  bool sent_once() const { return signatures == 1 && response.tries == 1; }
  /// 2xx, and no error in its body.
  bool ok() const { return response.ok() && error.code.empty(); }
  int status() const { return response.status; }
  std::string header(std::string_view name) const {
    return net::find_header(response.headers, name).value_or("");
  }
};

/// A request and its circumstances, for messages.
struct S3Attempt {
  std::string what;    ///< "read", "write", "delete", "list"
  std::string action;  ///< what a policy has to allow: "s3:GetObject"
  std::string bucket;
  std::string key;  ///< empty for the bucket itself
  S3Endpoint endpoint;
  std::string credentials;  ///< where they are from
  base::Instant now;        ///< our clock when the answer came
};

/// Why the attempt did not work, and what to do about it: names bucket, key and code.
Error s3_failure(const S3Attempt& attempt, const S3Answer& answer);

}  // namespace soundlake::store
