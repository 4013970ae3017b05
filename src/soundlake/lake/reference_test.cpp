// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/reference.hpp"

#include "soundlake/base/files.hpp"
#include "soundlake/lake/tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace soundlake::lake {
namespace {

TEST(Reference, IsWhatTheDocumentsSay) {
  const std::string path = SOUNDLAKE_SOURCE_DIR "/docs/lake.md";
  if (std::getenv("SOUNDLAKE_ACCEPT") != nullptr) {
    base::write_file_atomic(path, lake_reference_markdown(), 0644);
    GTEST_SKIP() << path << " was written anew";
  }
  EXPECT_EQ(base::read_file(path).value_or(""), lake_reference_markdown())
      << "Run this test once with SOUNDLAKE_ACCEPT=1 and read what changed in docs/lake.md";
}

TEST(Reference, ListsEveryColumnOfEveryTable) {
  const auto page = lake_reference_markdown();
  for (const auto& table : all_tables()) {
    EXPECT_THAT(page, testing::HasSubstr("### " + table.name + "\n"));
    for (const auto& column : table.columns) {
      EXPECT_THAT(page,
                  testing::HasSubstr("| `" + column.name + "` | `" + name_of(column.type) + "` |"));
    }
  }
}

}  // namespace
}  // namespace soundlake::lake
