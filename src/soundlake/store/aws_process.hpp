// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <string>

namespace soundlake::store {

/// What a shell command prints. Its stderr is ours, so that it can talk to the person; it has no
/// stdin. Throws Error{config}, without what it printed, when it fails, prints more than 1 MiB or
/// takes longer than `patience` (it is ended then), and Error{cancelled} when a stop was requested.
std::string output_of(const std::string& command, std::chrono::milliseconds patience);

}  // namespace soundlake::store
