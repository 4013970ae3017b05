// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/database.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/files.hpp"
#include "soundlake/base/hash.hpp"
#include "soundlake/base/log.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace soundlake::base {
namespace {
namespace fs = std::filesystem;

class DatabaseTest : public testing::Test {
 protected:
  DatabaseTest() : folder_(fs::path(testing::TempDir()) / ("db-" + to_hex(random_bytes(6)))) {
    set_log_level(LogLevel::off);
  }
  ~DatabaseTest() override {
    set_log_level(LogLevel::info);
    fs::remove_all(folder_);
  }
  fs::path folder_;
};

TEST_F(DatabaseTest, KeepsRowsAcrossOpeningsInAPrivateFile) {
  {
    auto db = Database::open(folder_ / "state.db");
    db.execute("CREATE TABLE t(a TEXT, b INTEGER)");
    db.prepare("INSERT INTO t VALUES(?, ?)")
        .bind(0, std::string_view("x\0y", 3))
        .bind(1, std::int64_t{1} << 40)
        .run();
  }
  auto db = Database::open(folder_ / "state.db");
  auto query = db.prepare("SELECT a, b, NULL FROM t");
  ASSERT_TRUE(query.step());
  EXPECT_EQ(query.text(0), std::string("x\0y", 3));
  EXPECT_EQ(query.integer(1), std::int64_t{1} << 40);
  EXPECT_TRUE(query.is_null(2));
  EXPECT_FALSE(query.step());
  struct stat info {};
  ASSERT_EQ(::stat((folder_ / "state.db").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
}

TEST_F(DatabaseTest, ATransactionThatIsNotCommittedLeavesNoTrace) {
  auto db = Database::open(folder_ / "state.db");
  db.execute("CREATE TABLE t(a)");
  {
    DatabaseTransaction transaction(db);
    db.execute("INSERT INTO t VALUES(1)");
  }
  {
    DatabaseTransaction transaction(db);
    db.execute("INSERT INTO t VALUES(2)");
    transaction.commit();
  }
  auto query = db.prepare("SELECT group_concat(a) FROM t");
  query.step();
  EXPECT_EQ(query.text(0), "2");
}

TEST_F(DatabaseTest, ADamagedFileIsMovedAsideAndANewOneBegun) {
  write_file_atomic(folder_ / "state.db",
                    "this is no database, but it is long enough to be taken for one");
  auto db = Database::open(folder_ / "state.db");
  db.execute("CREATE TABLE t(a)");
  EXPECT_TRUE(fs::exists(folder_ / "state.db.damaged"));
}

TEST_F(DatabaseTest, WrongSqlIsAnError) {
  auto db = Database::in_memory();
  EXPECT_THROW(db.execute("NONSENSE"), Error);
}

}  // namespace
}  // namespace soundlake::base
