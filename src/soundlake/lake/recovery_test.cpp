// SPDX-License-Identifier: Apache-2.0
// What is left when a writer stops at any point, and what two writers do to each other at any
// point.
#include "soundlake/lake/recovery.hpp"

#include "soundlake/lake/lake_test_support.hpp"
#include "soundlake/lake/manifest.hpp"
#include "soundlake/lake/raw.hpp"

#include <cstdlib>
#include <random>

namespace soundlake::lake {
namespace {

using store::Crash;
using store::HookedStore;
using store::MemoryStore;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::SizeIs;
using testing::UnorderedElementsAre;

constexpr auto kTwoHours = std::chrono::hours(2);

void seed_build(Edit& edit) {
  edit.replace<Artist>({an_artist("s", "seed")});
  edit.replace<Play>({a_play(2022, 1), a_play(2023, 1)});
  edit.put("exports/list.json", "[]");
}

/// Touches old and new objects of every kind and removes one.
void big_build(Edit& edit) {
  add_rows<Artist>(edit, {an_artist("big", "big")});
  add_rows<Play>(edit, {a_play(2023, 2), a_play(2024, 2)});
  edit.replace_plays(2022, {});
  edit.put("exports/list.json", "[1]");
  edit.put("exports/new.json", "[2]");
  edit.add_raw("spotify", {"{\"big\":1}"});
  edit.claim_account("ann");
}

std::function<void(Edit&)> adding(const std::string& name, int minute) {
  return [name, minute](Edit& edit) {
    add_rows<Artist>(edit, {an_artist(name, name)});
    add_rows<Play>(edit, {a_play(2023, minute), a_play(2025, minute)});
    edit.put("exports/" + name + ".json", name);
    edit.add_raw("spotify", {"{\"" + name + "\":1}"});
  };
}

std::shared_ptr<MemoryStore> seeded_store() {
  auto store = std::make_shared<MemoryStore>();
  lake_in(store).commit(a_run("seed"), seed_build);
  return store;
}

/// Everything a reader can see, as text.
std::vector<std::string> contents(const View& view) {
  std::vector<std::string> all = names_of(view.rows<Artist>());
  for (const auto& id : ids_of(view.rows<Play>())) all.push_back(id);
  for (const auto& entry : view.objects()) {
    if (entry.key.starts_with("exports/")) {
      all.push_back(entry.key + "=" + view.object(entry.key).value_or("(gone)"));
    }
  }
  return all;
}

/// Reads every object: throws when one is not what the lake says.
void read_all(const View& view) {
  const auto objects = view.objects();
  for (const auto& entry : objects) view.object(entry.key);
  view.rows<lake::Run>();
}

/// Whether each part of the lake is as before or as after, never anything else.
void expect_before_or_after(const View& seen, const View& before, const View& after) {
  const auto one_of = [](const auto& value, const auto& a, const auto& b) {
    return value == a || value == b;
  };
  EXPECT_TRUE(one_of(seen.rows<Artist>(), before.rows<Artist>(), after.rows<Artist>()));
  for (const int year : {2022, 2023, 2024}) {
    EXPECT_TRUE(one_of(seen.plays_of(year), before.plays_of(year), after.plays_of(year))) << year;
  }
  for (const char* key : {"exports/list.json", "exports/new.json"}) {
    EXPECT_TRUE(one_of(seen.object(key), before.object(key), after.object(key))) << key;
  }
}

/// A commit that stops after `writes` writes; false when it came to its end.
bool crashes(const std::shared_ptr<store::Store>& store, int writes) {
  auto dying = store::crash_after(store, writes);
  try {
    lake_in(dying).commit(a_run("big"), big_build);
  } catch (const Crash&) {
    return true;
  }
  return false;
}

class CrashTest : public testing::Test {
 protected:
  CrashTest() {
    lake_in(whole_).commit(a_run("big"), big_build);
    after_ = lake_in(whole_).view();
  }
  /// Calls `check` with the store as each possible crash leaves it.
  void after_each_crash(const std::function<void(const std::shared_ptr<MemoryStore>&)>& check) {
    int points = 0;
    for (bool crashed = true; crashed; ++points) {
      SCOPED_TRACE("after " + std::to_string(points) + " writes");
      const auto store = seeded_store();
      crashed = crashes(store, points);
      check(store);
      if (HasFatalFailure() || HasFailure()) return;
    }
    EXPECT_GT(points, 12) << "the commit writes fewer objects than this test is about";
  }

  View before_ = lake_in(seeded_store()).view();
  std::shared_ptr<MemoryStore> whole_ = seeded_store();
  View after_;
};

TEST_F(CrashTest, AtAnyPointLeavesALakeThatReadersUnderstand) {
  after_each_crash([&](const std::shared_ptr<MemoryStore>& store) {
    const auto view = lake_in(store).view();
    read_all(view);
    expect_before_or_after(view, before_, after_);
  });
}

TEST_F(CrashTest, AtAnyPointIsMadeGoodByRunningAgain) {
  after_each_crash([&](const std::shared_ptr<MemoryStore>& store) {
    auto lake = lake_in(store);
    lake.commit(a_run("big"), big_build);
    EXPECT_EQ(contents(lake.view()), contents(after_));
    EXPECT_EQ(lake.view().identity().account.has_value(), true);
    EXPECT_FALSE(lake.commit(a_run("big"), big_build).committed)
        << "and then nothing is left to do";
  });
}

TEST_F(CrashTest, AtAnyPointIsAdoptedByTheNextCommitOfAnotherWriter) {
  after_each_crash([&](const std::shared_ptr<MemoryStore>& store) {
    const auto seen = contents(lake_in(store).view());
    auto other = lake_in(store, kNoon + kTwoHours);
    other.commit(a_run("other"), [](Edit& edit) { edit.replace<Track>({a_track("t")}); });
    EXPECT_EQ(contents(other.view()), seen) << "taken as it stood";
    EXPECT_THAT(other.view().rows<Track>(), SizeIs(1));
    EXPECT_THAT(keys_in(*store, kTxnFolder), IsEmpty());
    read_all(other.view());
    lake_in(store).commit(a_run("big"), big_build);
    EXPECT_EQ(contents(lake_in(store).view()), contents(after_));
  });
}

TEST_F(CrashTest, AtAnyPointIsAdoptedByACommitThatChangesNothingItself) {
  after_each_crash([&](const std::shared_ptr<MemoryStore>& store) {
    const auto unfinished = lake_in(store).view();
    const int writes = store->writes();
    auto other = lake_in(store, kNoon + kTwoHours);
    const auto result = other.commit(a_run("other"), [](Edit&) {});
    if (!result.committed) {
      EXPECT_EQ(store->writes(), writes) << "nothing to adopt, nothing written";
    }
    // Without the txns, only a manifest that names what lies there lets readers in.
    for (const auto& key : keys_in(*store, kTxnFolder))
      store->remove(key, store::Precondition::none());
    EXPECT_EQ(contents(other.view()), contents(unfinished));
  });
}

TEST_F(CrashTest, AtAnyPointOfTheFirstCommitLeavesALakeThatGoesOn) {
  for (int writes = 0; writes < 20; ++writes) {
    SCOPED_TRACE(writes);
    const auto store = std::make_shared<MemoryStore>();
    const bool crashed = crashes(store, writes);
    if (writes > 0) read_all(lake_in(store).view());
    lake_in(store).commit(a_run("big"), big_build);
    auto expected = lake_in(std::make_shared<MemoryStore>());
    expected.commit(a_run("big"), big_build);
    EXPECT_EQ(contents(lake_in(store).view()), contents(expected.view()));
    if (!crashed) return;
  }
  FAIL() << "the commit never ended";
}

TEST_F(CrashTest, OfManyRunsInARowLosesNothing) {
  const auto store = seeded_store();
  int points = 0;
  while (crashes(store, points)) ++points;
  read_all(lake_in(store).view());
  EXPECT_EQ(contents(lake_in(store).view()), contents(after_));
}

class TxnTest : public testing::Test {
 protected:
  /// A commit whose writer was stopped right before it would have named its manifest in HEAD.
  void leave_unfinished() {
    auto dying = std::make_shared<HookedStore>(store_, [](const HookedStore::Call& call) {
      if (call.what == "put" && call.key.starts_with(kManifestFolder)) throw Crash();
    });
    EXPECT_THROW(lake_in(dying).commit(a_run("dead"), adding("dead", 5)), Crash);
  }
  void commit_at(base::Instant now, const std::function<void(Edit&)>& build) {
    lake_in(store_, now).commit(a_run(), build);
  }
  std::vector<std::string> txns() const { return keys_in(*store_, kTxnFolder); }

  std::shared_ptr<MemoryStore> store_ = seeded_store();
};

TEST_F(TxnTest, IsToldWithWhatItIsAbout) {
  leave_unfinished();
  const auto open = lake_in(store_).view().open_txns();
  ASSERT_THAT(open, SizeIs(1));
  EXPECT_EQ(open[0].created_at, kNoon);
  EXPECT_THAT(open[0].keys, Contains("artists/artists.parquet"));
  EXPECT_THAT(names_of(lake_in(store_).view().rows<Artist>()), ElementsAre("dead", "seed"))
      << "readers see what is in place";
}

TEST_F(TxnTest, OfAWriterThatMayStillWriteStaysForAnHour) {
  auto dying = store::crash_after(store_, 2);
  EXPECT_THROW(lake_in(dying).commit(a_run("dead"), adding("dead", 5)), Crash);
  ASSERT_THAT(txns(), SizeIs(1));
  commit_at(kNoon + std::chrono::minutes(60), adding("one", 6));
  EXPECT_THAT(txns(), SizeIs(1));
  commit_at(kNoon + std::chrono::minutes(61), adding("two", 7));
  EXPECT_THAT(txns(), IsEmpty());
}

TEST_F(TxnTest, WhoseObjectsAreAllCommittedGoesWithTheNextCommitAndNotBefore) {
  auto dying = std::make_shared<HookedStore>(store_, [](const HookedStore::Call& call) {
    if (call.what == "remove") throw Crash();
  });
  EXPECT_THROW(lake_in(dying).commit(a_run("dead"), adding("dead", 5)), Crash);
  ASSERT_THAT(txns(), SizeIs(1));
  const int writes = store_->writes();
  commit_at(kNoon, [](Edit&) {});
  EXPECT_EQ(store_->writes(), writes) << "a run that changes nothing writes nothing";
  commit_at(kNoon, adding("next", 6));
  EXPECT_THAT(txns(), IsEmpty());
}

TEST_F(TxnTest, OfWhichAnObjectWasChangedByHandIsKeptAndTheObjectNamed) {
  leave_unfinished();
  store_->put("artists/artists.parquet", "junk", store::Precondition::none());
  commit_at(kNoon + kTwoHours, [](Edit& edit) { edit.put("exports/x", "x"); });
  EXPECT_THAT(txns(), SizeIs(1));
  const auto error = error_of([&] { lake_in(store_).view().rows<Artist>(); });
  EXPECT_EQ(error->kind(), ErrorKind::data);
  EXPECT_THAT(error->message(), HasSubstr("artists/artists.parquet"));
}

TEST_F(TxnTest, ThatCannotBeReadIsPassedOver) {
  store_->put("_soundlake/txn/junk.json", "{", store::Precondition::none());
  store_->put("_soundlake/txn/readme.txt", "hello", store::Precondition::none());
  store_->put("_soundlake/txn/a/b.json", "{}", store::Precondition::none());
  commit_at(kNoon, adding("next", 6));
  EXPECT_THAT(names_of(lake_in(store_).view().rows<Artist>()), ElementsAre("next", "seed"));
  EXPECT_THAT(txns(), SizeIs(3)) << "and left alone";
}

TEST_F(TxnTest, OfANewerFormatStopsUs) {
  store_->put("_soundlake/txn/x.json", R"({"format":2})", store::Precondition::none());
  EXPECT_EQ(error_of([&] { lake_in(store_).view(); })->kind(), ErrorKind::refused);
}

TEST_F(TxnTest, APurgeNamesTheTxnItHasToLeave) {
  auto dying = store::crash_after(store_, 2);
  EXPECT_THROW(lake_in(dying).commit(a_run("dead"), adding("dead", 5)), Crash);
  const auto result = lake_in(store_).commit(
      a_run("forget"), [](Edit& edit) { edit.remove("exports/list.json"); }, {.purge = true});
  EXPECT_THAT(result.not_removed, ElementsAre(HasSubstr(txns().at(0))));
}

// Two writers ---------------------------------------------------------------------------------

void expect_rows_of(const View& view, const std::vector<std::string>& names) {
  const auto artists = names_of(view.rows<Artist>());
  EXPECT_THAT(artists, IsSupersetOf(names));
  for (const auto& name : names) {
    if (name == "seed") continue;
    EXPECT_EQ(view.object("exports/" + name + ".json"), name);
  }
}

class TwoWritersTest : public testing::TestWithParam<std::chrono::hours> {
 protected:
  /// The other writer's clock may be far ahead: ours slept meanwhile.
  base::Instant others_now() const { return kNoon + GetParam(); }
};

TEST_P(TwoWritersTest, LoseNoRowWhereverTheOneComesBetweenTheOther) {
  int calls = 1;
  for (int at = 1; at <= calls; ++at) {
    SCOPED_TRACE("before call " + std::to_string(at));
    const auto store = seeded_store();
    auto interrupted = std::make_shared<HookedStore>(store, [&](const HookedStore::Call& call) {
      if (call.number == at) lake_in(store, others_now()).commit(a_run("B"), adding("B", 7));
    });
    const auto result = lake_in(interrupted).commit(a_run("A"), adding("A", 6));
    calls = interrupted->calls();
    EXPECT_TRUE(result.committed);
    const auto view = lake_in(store).view();
    read_all(view);
    expect_rows_of(view, {"seed", "A", "B"});
    EXPECT_THAT(ids_of(view.rows<Play>()),
                ElementsAre("2022-1", "2023-1", "2023-6", "2023-7", "2025-6", "2025-7"));
    EXPECT_THAT(keys_in(*store, kTxnFolder), IsEmpty());
    std::vector<std::string> commands;
    for (const auto& run : view.rows<lake::Run>()) commands.push_back(run.command);
    EXPECT_THAT(commands, UnorderedElementsAre("seed", "A", "B")) << "one row for each run";
    const std::string raw = "raw/spotify/2026-03-04.ndjson.zst";
    EXPECT_THAT(read_raw(*view.object(raw), raw), UnorderedElementsAre("{\"A\":1}", "{\"B\":1}"));
    if (HasFailure()) return;
  }
  EXPECT_GT(calls, 20);
}

TEST_P(TwoWritersTest, LoseNoRowWhenOneOfThemDiesWhileTheOtherWrites) {
  int calls = 1;
  for (int at = 1; at <= calls; ++at) {
    const int dies_after = 2 + at % 8;
    SCOPED_TRACE(std::to_string(at) + ", the other dies after " + std::to_string(dies_after));
    const auto store = seeded_store();
    auto interrupted = std::make_shared<HookedStore>(store, [&](const HookedStore::Call& call) {
      if (call.number != at) return;
      try {
        lake_in(store::crash_after(store, dies_after), others_now())
            .commit(a_run("B"), adding("B", 7));
      } catch (const Crash&) {
        // That is what this test is about.
      }
    });
    lake_in(interrupted).commit(a_run("A"), adding("A", 6));
    calls = std::max(calls, interrupted->calls());
    read_all(lake_in(store).view());
    expect_rows_of(lake_in(store).view(), {"seed", "A"});
    lake_in(store, others_now()).commit(a_run("B"), adding("B", 7));
    read_all(lake_in(store).view());
    expect_rows_of(lake_in(store).view(), {"seed", "A", "B"});
    if (HasFailure()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(Clocks, TwoWritersTest,
                         testing::Values(std::chrono::hours(0), std::chrono::hours(2)),
                         [](const auto& test) {
                           return "OtherIsAhead" + std::to_string(test.param.count()) + "Hours";
                         });

TEST(Readers, UnderstandTheLakeAtEveryStepOfACommit) {
  const auto store = seeded_store();
  const auto opened_before = lake_in(store).view();
  const auto before = lake_in(seeded_store()).view();
  const auto whole = seeded_store();
  lake_in(whole).commit(a_run("big"), big_build);
  const auto after = lake_in(whole).view();
  int looks = 0;
  auto watched = std::make_shared<HookedStore>(store, [&](const HookedStore::Call& call) {
    SCOPED_TRACE("before " + call.what + " " + call.key);
    ++looks;
    expect_before_or_after(lake_in(store).view(), before, after);
    read_all(opened_before);
  });
  lake_in(watched).commit(a_run("big"), big_build);
  EXPECT_GT(looks, 20);
  EXPECT_EQ(contents(opened_before), contents(after));
}

TEST(Readers, GetTheirRowsWhenTheLakeMovesOnWithinOneRead) {
  int at = 1;
  for (int calls = 1; at <= calls; ++at) {
    SCOPED_TRACE(at);
    const auto store = seeded_store();
    auto slow = std::make_shared<HookedStore>(store, [&](const HookedStore::Call& call) {
      if (call.number == at) lake_in(store).commit(a_run("big"), big_build);
    });
    const auto view = lake_in(slow).view();
    read_all(view);
    view.rows<Artist>();
    view.rows<Play>();
    calls = slow->calls();
  }
  EXPECT_GT(at, 6);
}

/// Writers that come between each other and die, at random.
TEST(ManyWriters, LoseNoCommittedRowWhateverHappens) {
  const unsigned seeds = std::getenv("SOUNDLAKE_LONG") != nullptr ? 400 : 12;
  for (unsigned seed = 0; seed < seeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const auto one_in = [&](unsigned n) { return random() % n == 0; };
    const auto store = seeded_store();
    std::vector<std::string> done = {"seed"};
    int writers = 0;
    base::Instant now = kNoon;
    std::function<void(int)> work = [&](int depth) {
      const int number = ++writers;
      const std::string name = "w" + std::to_string(number);
      bool dead = false;
      auto unlucky = std::make_shared<HookedStore>(store, [&](const HookedStore::Call&) {
        if (dead || one_in(60)) {
          dead = true;
          throw Crash();
        }
        if (depth < 2 && one_in(25)) work(depth + 1);
      });
      if (one_in(4)) now += std::chrono::minutes(40);
      try {
        lake_in(unlucky, now).commit(a_run(name), adding(name, 10 + number));
        done.push_back(name);
      } catch (const Crash&) {
        // Its rows may be there or not.
      }
    };
    for (int i = 0; i < 6; ++i) work(0);
    const auto view = lake_in(store).view();
    read_all(view);
    expect_rows_of(view, done);
    lake_in(store, now + kTwoHours).commit(a_run("last"), adding("last", 1000));
    EXPECT_THAT(keys_in(*store, kTxnFolder), IsEmpty());
    read_all(lake_in(store).view());
    expect_rows_of(lake_in(store).view(), done);
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace soundlake::lake
