// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/net/http_server.hpp"

namespace soundlake::sim {

class SpotifySim;

/// The simulator's own addresses under /_sim/, for tests and by hand: requests, state, faults,
/// clock, options, reset. What cannot be understood is answered with 400, `error` and `hint`.
net::ServerResponse control(SpotifySim& spotify, const net::ServerRequest& request);

}  // namespace soundlake::sim
