// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace soundlake::cli {

/// The whole program: reads the command line, runs one command, prints its report. Returns the exit
/// code: 0 done, 1 failed, 2 usage, 3 done but some items wait or failed, 4 sign-in needed, 130
/// interrupted.
int main(int argc, char** argv);

}  // namespace soundlake::cli
