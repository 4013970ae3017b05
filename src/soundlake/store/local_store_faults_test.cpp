// SPDX-License-Identifier: Apache-2.0
// What the operating system may refuse. Each case runs in a child process, which alone has the
// small disk or the limit.
#include "soundlake/base/error.hpp"
#include "soundlake/store/local_store.hpp"
#include "soundlake/store/scratch_folder.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <functional>
#include <string>

namespace soundlake::store {
namespace {
namespace fs = std::filesystem;

constexpr int kGood = 0;
constexpr int kBad = 1;
constexpr int kNotPossibleHere = 2;

/// Runs `work` in a child process and gives what it returns.
int in_child(const std::function<int()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    int result = kBad;
    try {
      result = work();
    } catch (const std::exception& error) {
      std::fprintf(stderr, "unexpected: %s\n", error.what());
    }
    ::_exit(result);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : kBad;
}

bool write_text(const char* path, const std::string& text) {
  const int fd = ::open(path, O_WRONLY | O_CLOEXEC);
  const bool done =
      fd >= 0 && ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (fd >= 0) ::close(fd);
  return done;
}

/// Gives this process a small disk of its own at `folder`; false where that is not allowed.
bool mount_small_disk(const fs::path& folder) {
  const std::string user = std::to_string(::getuid());
  const std::string group = std::to_string(::getgid());
  if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
  write_text("/proc/self/setgroups", "deny");
  return write_text("/proc/self/uid_map", "0 " + user + " 1") &&
         write_text("/proc/self/gid_map", "0 " + group + " 1") &&
         ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         ::mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=256k") == 0;
}

std::size_t files_in(const fs::path& folder) {
  std::size_t count = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    count += entry.is_regular_file();
  return count;
}

/// Whether `write` fails as it should: Error{io} that names the folder and says what to do.
bool fails_well(const fs::path& folder, const std::function<void()>& write) {
  try {
    write();
  } catch (const Error& error) {
    const bool named = error.message().find(folder.string()) != std::string::npos;
    if (error.kind() == ErrorKind::io && named && !error.hint().empty()) return true;
    std::fprintf(stderr, "badly told: %s (%s)\n", error.what(), error.hint().c_str());
    return false;
  }
  std::fprintf(stderr, "written\n");
  return false;
}

TEST(LocalStoreFaults, AFullDiskLeavesTheOldObjectAndNothingElse) {
  const ScratchFolder scratch;
  const int result = in_child([&] {
    if (!mount_small_disk(scratch.path())) return kNotPossibleHere;
    LocalStore store(scratch.path());
    store.put("t/a", "old", Precondition::none());
    const std::string big(400'000, 'x');
    const bool told =
        fails_well(scratch.path(), [&] { store.put("t/a", big, Precondition::none()); }) &&
        fails_well(scratch.path(), [&] { store.put("t/b", big, Precondition::absent()); });
    const bool whole = store.get("t/a")->bytes == "old" && !store.get("t/b");
    const bool clean = files_in(scratch.path()) == 2;  // the object and the lock
    store.put("t/a", "new", Precondition::none());
    return told && whole && clean && store.get("t/a")->bytes == "new" ? kGood : kBad;
  });
  if (result == kNotPossibleHere) GTEST_SKIP() << "no file system may be mounted here";
  EXPECT_EQ(result, kGood);
}

TEST(LocalStoreFaults, AReadOnlyFolderIsAnErrorWithAHintAndStaysReadable) {
  const ScratchFolder scratch;
  const int result = in_child([&] {
    if (!mount_small_disk(scratch.path())) return kNotPossibleHere;
    LocalStore store(scratch.path());
    store.put("t/a", "old", Precondition::none());
    if (::mount("none", scratch.path().c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) != 0) {
      return kNotPossibleHere;
    }
    const bool told =
        fails_well(scratch.path(), [&] { store.put("t/a", "new", Precondition::none()); }) &&
        fails_well(scratch.path(), [&] { store.put("u/a", "new", Precondition::absent()); }) &&
        fails_well(scratch.path(), [&] { store.remove("t/a", Precondition::none()); });
    return told && store.get("t/a")->bytes == "old" && store.list("").size() == 1 ? kGood : kBad;
  });
  if (result == kNotPossibleHere) GTEST_SKIP() << "no file system may be mounted here";
  EXPECT_EQ(result, kGood);
}

TEST(LocalStoreFaults, AFolderOfSomebodyElseIsAnErrorWithAHint) {
  if (::getuid() == 0) GTEST_SKIP() << "root may write everywhere";
  const ScratchFolder scratch;
  fs::permissions(scratch.path(), fs::perms::owner_read | fs::perms::owner_exec);
  LocalStore store(scratch.path());
  EXPECT_TRUE(fails_well(scratch.path(), [&] { store.put("a", "x", Precondition::none()); }));
  fs::permissions(scratch.path(), fs::perms::owner_all);
}

TEST(LocalStoreFaults, ALimitOnFileSizesLeavesTheOldObjectAndNothingElse) {
  const ScratchFolder scratch;
  const int result = in_child([&] {
    LocalStore store(scratch.path());
    store.put("t/a", "old", Precondition::none());
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{.rlim_cur = 1000, .rlim_max = RLIM_INFINITY};
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return kNotPossibleHere;
    const std::string big(5000, 'x');
    const bool told =
        fails_well(scratch.path(), [&] { store.put("t/a", big, Precondition::none()); });
    return told && store.get("t/a")->bytes == "old" && files_in(scratch.path()) == 2 ? kGood : kBad;
  });
  if (result == kNotPossibleHere) GTEST_SKIP() << "no limit may be set here";
  EXPECT_EQ(result, kGood);
}

}  // namespace
}  // namespace soundlake::store
