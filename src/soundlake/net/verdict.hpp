// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/net/transfer.hpp"

#include <string>

namespace soundlake::net {

/// What a try means for its request.
enum class Verdict {
  answered,   ///< the service's answer, whatever its status says
  throttled,  ///< 429: too many requests
  trouble,    ///< may go better next time: 408, 500, 502, 503, 504, a lost connection, no answer in
              ///< time
  hopeless,   ///< goes no better next time: an untrusted certificate, an answer that is too long
};

Verdict verdict_of(const TryResult& result);

/// Whether our patience ended, rather than the service's; such a retry costs more.
bool timed_out(const TryResult& result);

/// What went wrong, as one sentence that names the service and the redacted address without its
/// query. For tries that are not `answered`.
std::string problem_of(const Request& request, const TryResult& result, int tries);

}  // namespace soundlake::net
