// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/sql.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/lake/tables.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace soundlake::lake {
namespace {

constexpr std::string_view kFileScheme = "file://";
constexpr std::string_view kS3Scheme = "s3://";

bool is_s3(std::string_view address) {
  return address.starts_with(kS3Scheme);
}

/// The path that a file:// address means: the host left out, %20 and its like decoded.
std::string path_of_file_address(std::string_view address) {
  address.remove_prefix(kFileScheme.size());
  address.remove_prefix(std::min(address.find('/'), address.size()));
  std::string path;
  for (std::size_t i = 0; i < address.size(); ++i) {
    unsigned char byte = 0;
    const auto* digits = address.data() + i + 1;
    if (address[i] == '%' && i + 2 < address.size() &&
        std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
      path += static_cast<char>(byte);
      i += 2;
    } else {
      path += address[i];
    }
  }
  return path;
}

/// A path or s3:// address without a slash at its end.
std::string plain_address(const std::string& address) {
  auto plain = address.starts_with(kFileScheme) ? path_of_file_address(address) : address;
  while (plain.size() > 1 && plain.back() == '/') plain.pop_back();
  if (plain.empty() || plain == "s3:/") {
    throw Error(ErrorKind::usage, "the lake has no address",
                "Name it with --lake or SOUNDLAKE_LAKE.");
  }
  return plain;
}

std::string replaced(std::string_view text, std::string_view special, std::string_view before) {
  std::string result;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) result += before;
    result += c;
  }
  return result;
}

/// A text in standard SQL: DuckDB.
std::string sql_quoted(std::string_view text) {
  return "'" + replaced(text, "'", "'") + "'";
}

/// A text in Hive's and Spark's SQL, where a backslash escapes.
std::string hive_quoted(std::string_view text) {
  return "'" + replaced(text, "'\\", "\\") + "'";
}

/// The address as a pattern that matches only itself: DuckDB takes *, ? and [ in it for wildcards.
std::string as_pattern(std::string_view address) {
  std::string result;
  for (const char c : address) {
    result += c == '*' || c == '?' || c == '[' ? std::string("[") + c + "]" : std::string(1, c);
  }
  return result;
}

std::string duckdb_sql(const std::string& address, const std::vector<const TableInfo*>& tables) {
  std::string sql = "-- The tables of the soundlake lake as views, for DuckDB.\n";
  if (is_s3(address)) {
    sql +=
        "INSTALL httpfs;\nLOAD httpfs;\nINSTALL aws;\nLOAD aws;\n"
        "CREATE OR REPLACE SECRET soundlake (TYPE s3, PROVIDER credential_chain, SCOPE " +
        sql_quoted(address + "/") + ");\n";
  }
  for (const auto* table : tables) {
    const auto files = as_pattern(address + "/" + table->folder()) +
                       (table->partitioned() ? "*/" : "") + "*.parquet";
    sql += "CREATE OR REPLACE VIEW " + table->name + " AS SELECT * FROM read_parquet(" +
           sql_quoted(files) + ", union_by_name = true";
    if (table->partitioned()) sql += ", hive_partitioning = true, hive_types = {'year': INTEGER}";
    sql += ");\n";
  }
  return sql;
}

const char* hive_type(ColumnType type) {
  switch (type) {
    case ColumnType::text:
      return "string";
    case ColumnType::int32:
      return "int";
    case ColumnType::int64:
      return "bigint";
    case ColumnType::number:
      return "double";
    case ColumnType::boolean:
      return "boolean";
    case ColumnType::timestamp:
      return "timestamp";
    case ColumnType::day:
      return "date";
    case ColumnType::text_list:
      return "array<string>";
  }
  return "";
}

std::string athena_sql(const std::string& address, const std::vector<const TableInfo*>& tables) {
  if (!is_s3(address)) {
    throw Error(ErrorKind::usage, "Athena reads only from S3, and this lake is " + address,
                "Copy the lake with `soundlake load s3://bucket/prefix`, then ask with --lake "
                "s3://bucket/prefix.");
  }
  std::string sql =
      "-- The tables of the soundlake lake, for Amazon Athena (run the statements one by one). "
      "Times are UTC.\n";
  for (const auto* table : tables) {
    const auto folder = address + "/" + table->folder();
    sql += "CREATE EXTERNAL TABLE IF NOT EXISTS `" + table->name + "` (\n";
    for (const auto& column : table->columns) {
      sql += "  `" + column.name + "` " + hive_type(column.type) +
             (&column == &table->columns.back() ? "\n" : ",\n");
    }
    sql += ")\n";
    if (table->partitioned()) sql += "PARTITIONED BY (`year` int)\n";
    sql += "STORED AS PARQUET\nLOCATION " + hive_quoted(folder);
    if (table->partitioned()) {
      // The years follow from the paths alone, so no partition ever has to be added. Clocks of
      // offline devices may have stood at 1970.
      sql +=
          "\nTBLPROPERTIES (\n  'projection.enabled' = 'true',\n  'projection.year.type' = "
          "'integer',\n"
          "  'projection.year.range' = '1970,2099',\n  'storage.location.template' = " +
          hive_quoted(folder + "year=${year}/") + "\n)";
    }
    sql += ";\n";
  }
  return sql;
}

std::string spark_sql(const std::string& address, const std::vector<const TableInfo*>& tables) {
  // Hadoop's S3 client is called s3a, and a path without a scheme would be looked for in the
  // cluster's default store.
  const auto root = is_s3(address) ? "s3a://" + address.substr(kS3Scheme.size())
                                   : (address.starts_with('/') ? "file://" : "") + address;
  std::string sql = "-- The tables of the soundlake lake as views of the session, for Spark SQL.\n";
  for (const auto* table : tables) {
    sql += "CREATE OR REPLACE TEMPORARY VIEW " + table->name + "\nUSING parquet OPTIONS (path " +
           hive_quoted(replaced(root + "/" + table->name, "*?[]{}\\", "\\")) +
           ", mergeSchema 'true');\n";
  }
  return sql;
}

std::vector<const TableInfo*> chosen_tables(const std::vector<std::string>& names) {
  std::vector<const TableInfo*> chosen;
  std::vector<std::string> known;
  for (const auto& table : all_tables()) {
    known.push_back(table.name);
    if (names.empty() || std::find(names.begin(), names.end(), table.name) != names.end())
      chosen.push_back(&table);
  }
  for (const auto& name : names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    throw Error(ErrorKind::usage, "the lake has no table called " + name,
                "Tables are " + base::join(known, ", ") + ".");
  }
  return chosen;
}

}  // namespace

const std::vector<std::string>& sql_engines() {
  static const std::vector<std::string> engines = {"duckdb", "athena", "spark"};
  return engines;
}

std::string sql_for(const std::string& engine, const std::string& lake_address,
                    const std::vector<std::string>& tables) {
  const auto chosen = chosen_tables(tables);
  if (engine == "duckdb") return duckdb_sql(plain_address(lake_address), chosen);
  if (engine == "athena") return athena_sql(plain_address(lake_address), chosen);
  if (engine == "spark") return spark_sql(plain_address(lake_address), chosen);
  const auto near = base::nearest(engine, sql_engines());
  throw Error(ErrorKind::usage, "there is no SQL for the engine " + engine,
              (near ? "Did you mean " + *near + "? " : std::string()) + "Engines are " +
                  base::join(sql_engines(), ", ") + ".");
}

}  // namespace soundlake::lake
