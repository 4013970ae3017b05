// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/files.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/hash.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace soundlake::base {
namespace {
namespace fs = std::filesystem;

class FilesTest : public testing::Test {
 protected:
  FilesTest() : folder_(fs::path(testing::TempDir()) / ("files-" + to_hex(random_bytes(6)))) {
    fs::create_directories(folder_);
  }
  ~FilesTest() override { fs::remove_all(folder_); }
  std::size_t files_there() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), {}));
  }
  fs::path folder_;
};

TEST_F(FilesTest, WritesPrivatelyAndReadsBack) {
  const std::string bytes("a\0b\xff", 4);
  write_file_atomic(folder_ / "deep/er/file", bytes);
  EXPECT_EQ(read_file(folder_ / "deep/er/file"), bytes);
  struct stat info {};
  ASSERT_EQ(::stat((folder_ / "deep/er/file").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  ASSERT_EQ(::stat((folder_ / "deep").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0700u);
}

TEST_F(FilesTest, AMissingFileIsNothingAndAFolderIsAnError) {
  EXPECT_EQ(read_file(folder_ / "nowhere"), std::nullopt);
  EXPECT_THROW(read_file(folder_), Error);
}

TEST_F(FilesTest, AWriteThatFailsLeavesTheOldFileAndNothingElse) {
  write_file_atomic(folder_ / "file", "old");
  // A limit on the size of files makes the write fail as a full disk would.
  struct rlimit before {};
  getrlimit(RLIMIT_FSIZE, &before);
  signal(SIGXFSZ, SIG_IGN);
  const struct rlimit small { 100, before.rlim_max };
  setrlimit(RLIMIT_FSIZE, &small);
  std::string message;
  try {
    write_file_atomic(folder_ / "file", std::string(10'000, 'x'));
  } catch (const Error& error) {
    message = error.message();
  }
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_THAT(message, testing::HasSubstr((folder_ / "file").string()));
  EXPECT_EQ(read_file(folder_ / "file"), "old");
  EXPECT_EQ(files_there(), 1u);
}

TEST_F(FilesTest, AFileWhereAFolderShouldBeIsNamed) {
  write_file_atomic(folder_ / "file", "x");
  try {
    write_file_atomic(folder_ / "file" / "below", "y");
    FAIL() << "was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::io);
    EXPECT_THAT(error.hint(), testing::HasSubstr("share that name"));
  }
}

}  // namespace
}  // namespace soundlake::base
