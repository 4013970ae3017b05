// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/report.hpp"

#include "soundlake/base/json.hpp"

#include <gtest/gtest.h>

namespace soundlake::cli {
namespace {

Wait wait(bool deferred) {
  return {.service = "spotify",
          .bucket = "artist-albums",
          .until = base::parse_utc("2026-11-24T00:00:00Z").value(),
          .deferred = deferred};
}

TEST(Report, IsOneObjectWithEveryNameAlsoWhenEmpty) {
  const auto document = base::JsonDocument::parse(Report("run").json(), "the report");
  const auto root = document.root();
  EXPECT_EQ(root["command"].text(), "run");
  EXPECT_EQ(root["status"].text(), "done");
  EXPECT_TRUE(root["elapsed_ms"].integer());
  EXPECT_TRUE(root["counts"].is_object());
  EXPECT_TRUE(root["requests"].is_object());
  EXPECT_TRUE(root["waits"].is_array());
  EXPECT_TRUE(root["problems"].is_array());
}

TEST(Report, WaitsAloneAreNoFailureAndWhatIsMissingIs) {
  Report report("extract");
  report.waits.push_back(wait(true));
  EXPECT_EQ(report.exit_code(), 0);
  report.partial = true;
  EXPECT_EQ(report.exit_code(), 3);
  const auto document = base::JsonDocument::parse(report.json(), "the report");
  EXPECT_EQ(document.root()["status"].text(), "partial");
  EXPECT_EQ(document.root()["waits"].items()[0]["until"].text(), "2026-11-24T00:00:00Z");
}

TEST(Report, TheFailureDecidesTheExitCode) {
  for (const auto& [kind, code] :
       std::vector<std::pair<ErrorKind, int>>{{ErrorKind::usage, 2},
                                              {ErrorKind::config, 2},
                                              {ErrorKind::sign_in, 4},
                                              {ErrorKind::cancelled, 130},
                                              {ErrorKind::network, 1},
                                              {ErrorKind::internal, 1}}) {
    Report report("run");
    report.waits.push_back(wait(false));
    report.fail(Error(kind, "it did not work", "do this"));
    EXPECT_EQ(report.exit_code(), code);
    const auto document = base::JsonDocument::parse(report.json(), "the report");
    EXPECT_EQ(document.root()["status"].text(), "failed");
    EXPECT_EQ(document.root()["problems"].items()[0]["hint"].text(), "do this");
  }
}

TEST(Report, BytesThatAreNotUtf8DoNotBreakTheObject) {
  Report report("run");
  report.problems.push_back({"data", "bad \xff name", "", ""});
  EXPECT_TRUE(base::JsonDocument::try_parse(report.json()));
}

}  // namespace
}  // namespace soundlake::cli
