// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/commands.hpp"

namespace soundlake::cli {

const std::vector<Command>& all_commands() {
  static const std::vector<Command> commands{
      run_command(),     login_command(),  logout_command(), forget_command(),
      extract_command(), enrich_command(), import_command(), export_command(),
      tableau_command(), load_command(),   sql_command(),    stats_command(),
      serve_command(),   doctor_command(), demo_command(),   completion_command(),
      sim_command(),
  };
  return commands;
}

}  // namespace soundlake::cli
