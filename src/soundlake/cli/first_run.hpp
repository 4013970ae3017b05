// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace soundlake::cli {

struct Invocation;
class Report;
class Services;

/// What `./run` does: the main job on what the person has (exports that are named, an account that
/// is signed in or configured, plays in the lake); else, on a terminal, one question; else the
/// simulated listener.
void first_run(const Invocation& invocation, Report& report);

/// The main job on what the person has: the exports among the arguments, then the account when
/// there is one (signing in first on a terminal). Where there is neither an account nor any play,
/// Error{sign_in}.
void work_for_the_person(Services& services, const Invocation& invocation, Report& report);

}  // namespace soundlake::cli
