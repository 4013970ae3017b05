// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/copy.hpp"

#include "soundlake/base/log.hpp"
#include "soundlake/lake/lake_test_support.hpp"
#include "soundlake/lake/manifest.hpp"

namespace soundlake::lake {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class CopyLake : public testing::Test {
 protected:
  CopyLake() { add(2023, 0); }

  void add(int year, int minute) {
    lake_.commit(a_run(), [&](Edit& edit) {
      auto plays = edit.plays_of(year);
      plays.push_back(a_play(year, minute));
      edit.replace_plays(year, std::move(plays));
    });
  }
  CopyResult copy(store::Store& to, const CopyOptions& options = {}) {
    return copy_lake(lake_, to, a_run("load"), kNoon, options);
  }
  std::size_t plays_there() {
    return Lake::open(there_, base::fixed_clock(kNoon)).view().rows<Play>().size();
  }
  /// Whether the copy holds each object of the lake and no other.
  void expect_equal() {
    const auto view = lake_.view();
    const auto copied = Lake::open(there_, base::fixed_clock(kNoon)).view();
    EXPECT_EQ(view.objects(), copied.objects());
    for (const auto& entry : view.objects()) {
      EXPECT_EQ(here_->get(entry.key)->bytes, there_->get(entry.key)->bytes) << entry.key;
    }
    for (const auto& key : keys_in(*there_)) {
      EXPECT_TRUE(key.starts_with(kLakeFolder) || here_->get(key)) << key;
    }
  }

  std::shared_ptr<store::MemoryStore> here_ = std::make_shared<store::MemoryStore>();
  std::shared_ptr<store::MemoryStore> there_ = std::make_shared<store::MemoryStore>();
  Lake lake_ = lake_in(here_);
};

TEST_F(CopyLake, SendsOnlyWhatChangedAndNothingWhenNothingDid) {
  EXPECT_EQ(copy(*there_).objects_uploaded, 2);  // plays and runs
  expect_equal();
  const int writes = there_->writes();
  EXPECT_EQ(copy(*there_).objects_unchanged, 2);
  EXPECT_EQ(there_->writes(), writes);
  add(2024, 0);
  const auto result = copy(*there_);
  EXPECT_EQ(result.objects_uploaded, 2) << "2024 and runs";
  EXPECT_EQ(result.objects_unchanged, 1);
  EXPECT_EQ(there_->writes(), writes + 4);
  expect_equal();
}

TEST_F(CopyLake, TakesOutWhatTheLakeHasNoMore) {
  add(2024, 0);
  copy(*there_);
  lake_.commit(a_run(), [](Edit& edit) { edit.replace_plays(2024, std::vector<Play>{}); });
  EXPECT_EQ(copy(*there_).objects_deleted, 1);
  expect_equal();
}

TEST_F(CopyLake, CanBeStoppedAfterAnyWriteAndGoesOnWithoutBeingTold) {
  for (const bool moves_on : {false, true}) {
    for (int writes = 0; writes < 8; ++writes) {
      SCOPED_TRACE(writes);
      there_ = std::make_shared<store::MemoryStore>();
      copy(*there_);
      const auto before = lake_.view().rows<Play>().size();
      add(2023, 100 + writes + (moves_on ? 50 : 0));
      add(2025, 100 + writes + (moves_on ? 50 : 0));
      const auto dying = store::crash_after(there_, writes);
      try {
        copy(*dying);
      } catch (const store::Crash&) {
      }
      EXPECT_GE(plays_there(), before) << "readers follow what lies there";
      if (moves_on) add(2024, writes);
      copy(*there_);
      expect_equal();
    }
  }
}

TEST_F(CopyLake, SendsAgainWhatWentBackToWhatItWas) {
  copy(*there_);
  const auto first = lake_.view().plays_of(2023);
  add(2023, 7);
  // HEAD is not swapped, the object is.
  try {
    copy(*store::crash_after(there_, 3));
  } catch (const store::Crash&) {
  }
  lake_.commit(a_run(), [&](Edit& edit) { edit.replace_plays(2023, first); });
  copy(*there_);
  expect_equal();
}

TEST_F(CopyLake, RefusesAnotherLakeBeforeAnythingIsWritten) {
  lake_in(there_).commit(a_run(), [](Edit& edit) { edit.replace<Artist>({an_artist("a", "A")}); });
  const int writes = there_->writes();
  const auto error = error_of([&] { copy(*there_); });
  EXPECT_EQ(error->kind(), ErrorKind::refused);
  EXPECT_THAT(error->message(), HasSubstr("another lake"));
  EXPECT_EQ(there_->writes(), writes);
}

TEST_F(CopyLake, RefusesOneThatMovedOnByItself) {
  copy(*there_);
  lake_in(there_).commit(a_run(), [](Edit& edit) { edit.replace<Artist>({an_artist("a", "A")}); });
  const int writes = there_->writes();
  for (int commits = 0; commits < 25; ++commits) {
    const auto error = error_of([&] { copy(*there_); });
    EXPECT_THAT(error->message(), HasSubstr("commits of its own"));
    add(2024, commits);
  }
  EXPECT_EQ(there_->writes(), writes);
}

TEST_F(CopyLake, ReachesAStateThatTheLakeHasLongPruned) {
  copy(*there_);
  for (int commits = 0; commits < 25; ++commits) add(2024, commits);
  copy(*there_);
  expect_equal();
  EXPECT_LE(keys_in(*there_, kManifestFolder).size(), 20U);
}

TEST_F(CopyLake, LeavesNoOlderStateAfterAPurge) {
  copy(*there_);
  add(2024, 0);
  copy(*there_, {.purge = true});
  EXPECT_EQ(keys_in(*there_, kManifestFolder).size(), 1U);
  expect_equal();
}

}  // namespace
}  // namespace soundlake::lake
