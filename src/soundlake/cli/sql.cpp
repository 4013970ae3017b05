// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/sql.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/cli/commands.hpp"
#include "soundlake/cli/report.hpp"
#include "soundlake/cli/services.hpp"
#include "soundlake/lake/status.hpp"

namespace soundlake::cli {
namespace {

void run(const Invocation& invocation, Report& report) {
  Services services(invocation);
  const auto lake = services.open_lake();
  std::vector<std::string> tables;
  for (const auto& [table, rows] : lake::status_of(lake.view()).table_rows) tables.push_back(table);
  if (tables.empty()) {
    throw Error(ErrorKind::refused, "the lake " + lake.store().address() + " has no table yet",
                "run: soundlake run");
  }
  report.text =
      lake::sql_for(invocation.value("--engine", "duckdb"), lake.store().address(), tables);
}

}  // namespace

Command sql_command() {
  return {.name = "sql",
          .summary = "Print views or DDL that let a SQL engine read the lake",
          .description =
              "Print the statements with which DuckDB, Athena or Spark reads this lake's tables.",
          .options = {{.name = "--engine",
                       .value = "ENGINE",
                       .help = "duckdb (default), athena or spark",
                       .choices = {"duckdb", "athena", "spark"}}},
          .run = run};
}

}  // namespace soundlake::cli
