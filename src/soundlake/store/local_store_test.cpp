// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/local_store.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/hash.hpp"
#include "soundlake/store/scratch_folder.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace soundlake::store {
namespace {
namespace fs = std::filesystem;

class LocalStoreTest : public testing::Test {
 protected:
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(root_)) {
      if (entry.is_regular_file()) names.push_back(fs::relative(entry.path(), root_).string());
    }
    return names;
  }
  void write(const std::string& name, const std::string& bytes) const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name, std::ios::binary) << bytes;
  }
  void make_older(const std::string& name, std::chrono::minutes age) const {
    fs::last_write_time(root_ / name, fs::file_time_type::clock::now() - age);
  }
  static mode_t mode_of(const fs::path& path) {
    struct stat info {};
    EXPECT_EQ(::stat(path.c_str(), &info), 0) << path;
    return info.st_mode & 0777U;
  }

  ScratchFolder scratch_;
  fs::path root_ = scratch_.path() / "deep" / "lake";
  LocalStore store_{root_};
};

TEST_F(LocalStoreTest, ReadingMakesNoFolder) {
  EXPECT_FALSE(store_.get("a/b"));
  EXPECT_TRUE(store_.list("").empty());
  EXPECT_TRUE(store_.remove("a/b", Precondition::none()));
  EXPECT_FALSE(fs::exists(root_));
}

TEST_F(LocalStoreTest, IsReadableByItsOwnerOnly) {
  store_.put("a/b", "x", Precondition::none());
  EXPECT_EQ(mode_of(root_), 0700U);
  EXPECT_EQ(mode_of(root_ / "a"), 0700U);
  EXPECT_EQ(mode_of(root_ / "a/b"), 0600U);
}

TEST_F(LocalStoreTest, EtagIsTheSha256OfTheBytes) {
  EXPECT_EQ(store_.put("a", "bytes", Precondition::none()), base::sha256_hex("bytes"));
}

TEST_F(LocalStoreTest, NeverListsWhatIsBeingWrittenOrTheLock) {
  store_.put("a/b", "x", Precondition::none());
  write("a/.b.0123456789ab.tmp", "half");
  EXPECT_EQ(store_.list("").size(), 1U);
  EXPECT_TRUE(fs::exists(root_ / "_soundlake/lock"));
  EXPECT_TRUE(store_.list("_soundlake/").empty());
}

TEST_F(LocalStoreTest, RefusesTheNamesItKeepsForItself) {
  EXPECT_THROW(store_.put("_soundlake/lock", "x", Precondition::none()), Error);
  EXPECT_THROW(store_.get("a/.b.0123456789ab.tmp"), Error);
}

TEST_F(LocalStoreTest, ClearsOldLeftoversWithTheNextWriteIntoTheFolder) {
  write("a/.b.0123456789ab.tmp", "half");
  write("a/.c.0123456789ab.tmp", "half");
  write("a/.own.tmp", "somebody's");
  write("a/.d.0123456789AB.tmp", "somebody's");
  for (const char* name : {"a/.b.0123456789ab.tmp", "a/.own.tmp", "a/.d.0123456789AB.tmp"}) {
    make_older(name, std::chrono::minutes(61));
  }
  make_older("a/.c.0123456789ab.tmp", std::chrono::minutes(59));
  store_.put("a/b", "x", Precondition::none());
  EXPECT_THAT(files(),
              testing::UnorderedElementsAre("_soundlake/lock", "a/b", "a/.c.0123456789ab.tmp",
                                            "a/.own.tmp", "a/.d.0123456789AB.tmp"));
}

TEST_F(LocalStoreTest, TakesEmptyFoldersAwayButNotTheRoot) {
  store_.put("a/b/c/d", "x", Precondition::none());
  store_.put("a/e", "x", Precondition::none());
  store_.remove("a/b/c/d", Precondition::none());
  EXPECT_TRUE(fs::exists(root_ / "a"));
  EXPECT_FALSE(fs::exists(root_ / "a/b"));
  store_.remove("a/e", Precondition::none());
  EXPECT_FALSE(fs::exists(root_ / "a"));
  EXPECT_TRUE(fs::exists(root_));
}

TEST_F(LocalStoreTest, ARootGivenWithASlashOrAsRelativePathIsTheSame) {
  LocalStore with_slash(root_.string() + "/");
  with_slash.put("a/b", "x", Precondition::none());
  EXPECT_TRUE(store_.get("a/b"));
  EXPECT_EQ(with_slash.address(), root_.string());
  const auto before = fs::current_path();
  fs::current_path(root_);
  LocalStore here(".");
  EXPECT_EQ(here.list("").size(), 1U);
  here.remove("a/b", Precondition::none());
  fs::current_path(before);
  EXPECT_TRUE(store_.list("").empty());
}

TEST_F(LocalStoreTest, AFolderInTheWayOfAnObjectIsAnErrorWithAHint) {
  fs::create_directories(root_ / "a/b");
  EXPECT_FALSE(store_.get("a/b"));
  EXPECT_FALSE(store_.put("a/b", "x", Precondition::absent()));
  try {
    store_.put("a/b", "x", Precondition::none());
    FAIL() << "written";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::io);
    EXPECT_FALSE(error.hint().empty());
  }
  EXPECT_THAT(files(), testing::ElementsAre("_soundlake/lock"));
}

TEST_F(LocalStoreTest, AnObjectWhereAFolderIsNeededIsAnErrorWithAHint) {
  store_.put("a", "x", Precondition::none());
  try {
    store_.put("a/b", "y", Precondition::none());
    FAIL() << "written";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::io);
    EXPECT_FALSE(error.hint().empty());
  }
  EXPECT_EQ(store_.get("a")->bytes, "x");
}

TEST_F(LocalStoreTest, LeavesAndListsAForeignFileButNotOneWithAnImpossibleName) {
  write("notes.txt", "mine");
  write("line\nbreak", "mine");
  store_.put("a/b", "x", Precondition::none());
  EXPECT_EQ(store_.list("").size(), 2U);
  EXPECT_TRUE(fs::exists(root_ / "line\nbreak"));
}

TEST_F(LocalStoreTest, DoesNotFollowALoopOfLinks) {
  store_.put("a/b", "x", Precondition::none());
  fs::create_directory_symlink(root_, root_ / "a/again");
  EXPECT_EQ(store_.list("").size(), 1U);
}

TEST_F(LocalStoreTest, DoesNotPutAnAbsentObjectOverADanglingLink) {
  fs::create_directories(root_);
  fs::create_symlink(root_ / "nowhere", root_ / "a");
  EXPECT_FALSE(store_.get("a"));
  EXPECT_FALSE(store_.put("a", "x", Precondition::absent()));
  EXPECT_TRUE(fs::is_symlink(root_ / "a"));
}

}  // namespace
}  // namespace soundlake::store
