// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/main.hpp"

int main(int argc, char** argv) {
  return soundlake::cli::main(argc, argv);
}
