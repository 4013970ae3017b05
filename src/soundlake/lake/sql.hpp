// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

namespace soundlake::lake {

/// The engines `sql_for` knows: duckdb, athena, spark.
const std::vector<std::string>& sql_engines();

/// Statements that make every table of a lake readable in an engine.
/// @param engine       one of `sql_engines()`
/// @param lake_address a path, `file://…` or `s3://bucket/prefix`
/// @param tables       the tables that the lake has; all when empty (DuckDB and Spark refuse to
///                     read a table that has no file yet)
/// Throws Error{usage} for another engine (naming the nearest one), an unknown table, and for
/// athena with a lake that is not in S3.
std::string sql_for(const std::string& engine, const std::string& lake_address,
                    const std::vector<std::string>& tables = {});

}  // namespace soundlake::lake
