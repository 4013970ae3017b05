// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace soundlake::base {

/// Turns SIGINT and SIGTERM into a flag that long work looks at; a second signal ends the process
/// at once. What is written atomically stays whole either way.
void install_stop_signals();
bool stop_requested();
/// Throws Error{cancelled} when a stop was requested.
void throw_if_stopped();

}  // namespace soundlake::base
