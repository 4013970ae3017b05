// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/cli/command.hpp"

/// One function per command; each is defined in the file of its name.
namespace soundlake::cli {

Command run_command();
Command login_command();
Command logout_command();
Command forget_command();
Command extract_command();
Command enrich_command();
Command import_command();
Command export_command();
Command load_command();
Command sql_command();
Command stats_command();
Command serve_command();
Command tableau_command();
Command doctor_command();
Command demo_command();
Command completion_command();
Command sim_command();

}  // namespace soundlake::cli
