// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace soundlake::cli {

struct Invocation;
class Report;

/// What `./run` does: the main job on the real account when one is signed in or configured (signing
/// in first on a terminal); else, on a terminal, one question; else the simulated listener.
void first_run(const Invocation& invocation, Report& report);

}  // namespace soundlake::cli
