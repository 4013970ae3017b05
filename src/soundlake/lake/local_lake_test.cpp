// SPDX-License-Identifier: Apache-2.0
// Lakes in a folder: several processes and threads, real kills.
#include "soundlake/base/files.hpp"
#include "soundlake/lake/lake_test_support.hpp"
#include "soundlake/lake/manifest.hpp"
#include "soundlake/store/local_store.hpp"
#include "soundlake/store/scratch_folder.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <random>
#include <thread>

namespace soundlake::lake {
namespace {

using store::HookedStore;
using store::LocalStore;
using store::ScratchFolder;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::SizeIs;

constexpr const char* kFolderVariable = "SOUNDLAKE_TEST_LAKE";

std::vector<std::string> files_in(const std::filesystem::path& folder) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const auto time = entry.last_write_time().time_since_epoch().count();
    files.push_back(entry.path().string() + " " + std::to_string(time));
  }
  std::sort(files.begin(), files.end());
  return files;
}

void grow(Edit& edit, int n) {
  add_rows<Artist>(edit, {an_artist("a" + std::to_string(n), "artist " + std::to_string(n))});
  add_rows<Play>(edit, {a_play(2020 + n % 3, n)});
  edit.put("exports/count.txt", std::to_string(edit.rows<Artist>().size()));
}

TEST(LocalLake, ARunThatChangesNothingTouchesNoFile) {
  const ScratchFolder folder;
  auto lake = lake_in(std::make_shared<LocalStore>(folder.path()));
  lake.commit(a_run(), [](Edit& edit) { grow(edit, 1); });
  const auto before = files_in(folder.path());
  EXPECT_FALSE(lake.commit(a_run(), [](Edit& edit) { grow(edit, 1); }).committed);
  lake_in(std::make_shared<LocalStore>(folder.path())).view().rows<Play>();
  EXPECT_EQ(files_in(folder.path()), before);
}

TEST(LocalLake, SeveralWritersAndAReaderAtOnceLoseNothing) {
  constexpr int kWriters = 3;
  constexpr int kCommits = 4;
  const ScratchFolder folder;
  lake_in(std::make_shared<LocalStore>(folder.path()));
  std::atomic<int> working = kWriters;
  std::atomic<int> failures = 0;
  std::vector<std::thread> threads;
  const auto guarded = [&](const std::function<void()>& work) {
    try {
      work();
    } catch (const std::exception& error) {
      ++failures;
      std::fprintf(stderr, "%s\n", error.what());
    }
  };
  for (int writer = 0; writer < kWriters; ++writer) {
    threads.emplace_back([&, writer] {
      guarded([&] {
        for (int i = 0; i < kCommits; ++i) {
          lake_in(std::make_shared<LocalStore>(folder.path())).commit(a_run(), [&](Edit& edit) {
            grow(edit, writer * kCommits + i);
          });
        }
      });
      --working;
    });
  }
  threads.emplace_back([&] {
    guarded([&] {
      while (working > 0) {
        const auto view = lake_in(std::make_shared<LocalStore>(folder.path())).view();
        view.rows<Play>();
        view.rows<Artist>();
      }
    });
  });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(failures, 0);
  LocalStore store(folder.path());
  const auto view = lake_in(std::make_shared<LocalStore>(folder.path())).view();
  EXPECT_THAT(view.rows<Artist>(), SizeIs(kWriters * kCommits));
  EXPECT_THAT(view.rows<Play>(), SizeIs(kWriters * kCommits));
  EXPECT_THAT(view.rows<lake::Run>(), SizeIs(kWriters * kCommits));
  EXPECT_EQ(view.object("exports/count.txt"), std::to_string(kWriters * kCommits));
  EXPECT_THAT(keys_in(store, kTxnFolder), IsEmpty());
}

// The process that is killed: the same program, told by the environment where the lake is. It says
// before each call to the store, and after each commit, that it got there, in bytes that no text
// has.
constexpr char kCalled = '\x01';
constexpr char kCommitted = '\x02';

TEST(KilledWriter, DISABLED_Child) {
  const char* folder = std::getenv(kFolderVariable);
  ASSERT_NE(folder, nullptr);
  const auto say = [](char what) { ASSERT_EQ(::write(STDOUT_FILENO, &what, 1), 1); };
  auto store = std::make_shared<HookedStore>(std::make_shared<LocalStore>(folder),
                                             [&](const HookedStore::Call&) { say(kCalled); });
  auto lake = lake_in(store);
  const auto known = static_cast<int>(lake.view().rows<Artist>().size());
  for (int i = 0; i < 1000; ++i) {
    lake.commit(a_run(), [&](Edit& edit) { grow(edit, known + i); });
    say(kCommitted);
  }
}

struct Killed {
  int commits = 0;  ///< that the child said were done
};

/// Runs the child on the lake and kills it once it has made `calls` calls.
Killed run_and_kill(const std::filesystem::path& folder, int calls) {
  int out[2] = {};
  EXPECT_EQ(::pipe2(out, O_CLOEXEC), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::setenv(kFolderVariable, folder.c_str(), 1);
    ::dup2(out[1], STDOUT_FILENO);
    ::execl("/proc/self/exe", "child", "--gtest_also_run_disabled_tests", "--gtest_brief=1",
            "--gtest_filter=KilledWriter.DISABLED_Child", nullptr);
    ::_exit(127);
  }
  ::close(out[1]);
  const base::FileDescriptor from_child(out[0]);
  Killed killed;
  char said = 0;
  const auto count = [&] {
    if (said == kCalled) --calls;
    if (said == kCommitted) ++killed.commits;
  };
  while (calls > 0 && ::read(from_child.get(), &said, 1) == 1) count();
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_LE(calls, 0) << "the child ended by itself with status " << status;
  while (::read(from_child.get(), &said, 1) == 1) count();  // what it said before it died
  return killed;
}

TEST(KilledWriter, AtRandomPointsLosesNoCommitAndLeavesTheLakeReadable) {
  const int kills = std::getenv("SOUNDLAKE_LONG") != nullptr ? 200 : 20;
  const ScratchFolder folder;
  lake_in(std::make_shared<LocalStore>(folder.path()));
  std::mt19937 random(4711);
  std::size_t least = 0;
  for (int i = 0; i < kills; ++i) {
    SCOPED_TRACE("kill " + std::to_string(i));
    const auto killed = run_and_kill(folder.path(), 1 + static_cast<int>(random() % 60));
    least += static_cast<std::size_t>(killed.commits);
    auto lake = lake_in(std::make_shared<LocalStore>(folder.path()));
    const auto view = lake.view();
    const auto artists = view.rows<Artist>();
    EXPECT_GE(artists.size(), least) << "a commit that was done is gone";
    EXPECT_GE(view.rows<Play>().size() + 1, least);
    for (const auto& entry : view.objects()) EXPECT_TRUE(view.object(entry.key)) << entry.key;
    // The next run repeats what was cut off, and then nothing is missing.
    lake.commit(a_run(), [&](Edit& edit) {
      for (std::size_t n = 0; n < artists.size(); ++n) grow(edit, static_cast<int>(n));
    });
    EXPECT_EQ(lake.view().rows<Play>().size(), artists.size());
    least = artists.size();
    if (testing::Test::HasFailure()) return;
  }
  auto last = Lake::open(std::make_shared<LocalStore>(folder.path()),
                         base::fixed_clock(kNoon + std::chrono::hours(2)));
  last.commit(a_run(), [](Edit& edit) { grow(edit, 1'000'000); });
  LocalStore store(folder.path());
  EXPECT_THAT(keys_in(store, kTxnFolder), IsEmpty());
}

}  // namespace
}  // namespace soundlake::lake
