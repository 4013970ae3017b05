// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/sql.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/lake/tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace soundlake::lake {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Error error_of(const std::string& engine, const std::string& address,
               const std::vector<std::string>& tables = {}) {
  try {
    sql_for(engine, address, tables);
  } catch (const Error& error) {
    return error;
  }
  return {ErrorKind::internal, "no error"};
}

TEST(Sql, GivesEveryTableToEveryEngine) {
  for (const auto& engine : sql_engines()) {
    const auto sql = sql_for(engine, "s3://bucket/lake");
    for (const auto& table : all_tables()) {
      EXPECT_THAT(sql, HasSubstr(table.name)) << engine;
      EXPECT_THAT(sql, HasSubstr("://bucket/lake/" + table.name)) << engine;
    }
  }
}

TEST(Sql, ReadsPlaysByYearInDuckDb) {
  EXPECT_THAT(
      sql_for("duckdb", "/home/ann/lake/"),
      AllOf(HasSubstr("CREATE OR REPLACE VIEW artists AS SELECT * FROM "
                      "read_parquet('/home/ann/lake/artists/*.parquet', union_by_name = true);\n"),
            HasSubstr("read_parquet('/home/ann/lake/plays/*/*.parquet', union_by_name = true, "
                      "hive_partitioning = true, hive_types = {'year': INTEGER});\n"),
            Not(HasSubstr("httpfs"))));
}

TEST(Sql, LetsDuckDbSignInToS3) {
  EXPECT_THAT(sql_for("duckdb", "s3://bucket/lake"),
              AllOf(HasSubstr("LOAD httpfs;"), HasSubstr("SCOPE 's3://bucket/lake/'")));
}

TEST(Sql, KeepsQuotesBlanksAndWildcardsOfAnAddress) {
  EXPECT_THAT(sql_for("duckdb", "/home/ann/Ann's lake [old]*"),
              HasSubstr("'/home/ann/Ann''s lake [[]old][*]/artists/*.parquet'"));
  EXPECT_THAT(sql_for("spark", "/home/ann/Ann's lake"),
              HasSubstr("(path 'file:///home/ann/Ann\\'s lake/artists'"));
  EXPECT_THAT(sql_for("athena", "s3://bucket/Ann's lake"),
              HasSubstr("LOCATION 's3://bucket/Ann\\'s lake/artists/'"));
}

TEST(Sql, TakesAFileAddressForAPath) {
  EXPECT_EQ(sql_for("duckdb", "file:///home/ann/my%20lake/"),
            sql_for("duckdb", "/home/ann/my lake"));
  EXPECT_EQ(sql_for("duckdb", "file://localhost/lake%2"), sql_for("duckdb", "/lake%2"));
}

TEST(Sql, DeclaresColumnsAndYearsForAthena) {
  const auto sql = sql_for("athena", "s3://bucket/lake");
  EXPECT_THAT(
      sql,
      AllOf(
          HasSubstr("CREATE EXTERNAL TABLE IF NOT EXISTS `gaps` (\n  `from` timestamp,\n"),
          HasSubstr("  `genres` array<string>,\n"), HasSubstr("  `local_date` date,\n"),
          HasSubstr("  `ms_played` bigint,\n"), HasSubstr("  `bpm` double,\n"),
          HasSubstr(
              "PARTITIONED BY (`year` int)\nSTORED AS PARQUET\nLOCATION 's3://bucket/lake/plays/'"),
          HasSubstr("'storage.location.template' = 's3://bucket/lake/plays/year=${year}/'")));
}

TEST(Sql, RefusesAthenaOnAFolder) {
  const auto error = error_of("athena", "/home/ann/lake");
  EXPECT_EQ(error.kind(), ErrorKind::usage);
  EXPECT_THAT(error.hint(), HasSubstr("soundlake load s3://"));
}

TEST(Sql, ReadsWithHadoopsClientInSpark) {
  EXPECT_THAT(sql_for("spark", "s3://bucket/lake"),
              HasSubstr("(path 's3a://bucket/lake/plays', mergeSchema 'true')"));
}

TEST(Sql, LeavesOutTablesThatTheLakeDoesNotHave) {
  const auto sql = sql_for("duckdb", "/lake", {"artists", "plays"});
  EXPECT_THAT(sql, AllOf(HasSubstr("VIEW artists"), HasSubstr("VIEW plays"),
                         Not(HasSubstr("VIEW albums"))));
  EXPECT_EQ(error_of("duckdb", "/lake", {"songs"}).kind(), ErrorKind::usage);
}

TEST(Sql, NamesTheEngineThatWasMeant) {
  const auto error = error_of("duckdbb", "/lake");
  EXPECT_EQ(error.kind(), ErrorKind::usage);
  EXPECT_THAT(error.hint(), AllOf(HasSubstr("Did you mean duckdb?"), HasSubstr("athena")));
  EXPECT_EQ(error_of("duckdb", "").kind(), ErrorKind::usage);
}

}  // namespace
}  // namespace soundlake::lake
