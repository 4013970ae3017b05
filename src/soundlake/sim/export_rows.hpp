// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/sim/listener.hpp"

#include <string>

/// The rows of the simulated listener's exports: JSON objects, indented as Spotify indents them.
namespace soundlake::sim {

/// Whether this play was a music video: the same tracks always are.
bool is_video(const SimulatedPlay& play);

/// A row of the extended streaming history with the 23 keys of 2025.
std::string extended_row(const Catalogue& catalogue, const SimulatedPlay& play);

/// A row of the account data's streaming history; empty for an episode that was withdrawn since.
std::string account_row(const Catalogue& catalogue, const SimulatedPlay& play);

}  // namespace soundlake::sim
