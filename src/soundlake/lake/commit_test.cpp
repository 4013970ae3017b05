// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/version.hpp"
#include "soundlake/lake/lake_test_support.hpp"
#include "soundlake/lake/manifest.hpp"
#include "soundlake/lake/raw.hpp"
#include "soundlake/lake/status.hpp"

namespace soundlake::lake {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class CommitTest : public testing::Test {
 protected:
  void seed() {
    lake_.commit(a_run(), [](Edit& edit) {
      edit.replace<Artist>({an_artist("a", "A"), an_artist("b", "B")});
      edit.replace<Play>({a_play(2023, 1), a_play(2024, 1), a_play(2024, 2)});
      edit.put("exports/a.csv", "a,b\n");
    });
    writes_ = store_->writes();
  }
  std::vector<std::string> lake_keys() const {
    std::vector<std::string> keys;
    for (const auto& entry : lake_.view().objects()) keys.push_back(entry.key);
    return keys;
  }
  bool wrote() const { return store_->writes() != writes_; }

  std::shared_ptr<store::MemoryStore> store_ = std::make_shared<store::MemoryStore>();
  base::Instant now_ = kNoon;
  Lake lake_ = Lake::open_or_create(store_, [this] { return now_; },
                                    {.timezone = "Europe/Berlin", .simulated = false});
  int writes_ = store_->writes();
};

TEST_F(CommitTest, GivesReadersWhatWasPut) {
  seed();
  const auto view = lake_.view();
  EXPECT_THAT(names_of(view.rows<Artist>()), ElementsAre("A", "B"));
  EXPECT_THAT(view.play_years(), ElementsAre(2023, 2024));
  EXPECT_THAT(ids_of(view.plays_of(2024)), ElementsAre("2024-1", "2024-2"));
  EXPECT_THAT(ids_of(view.rows<Play>()), ElementsAre("2023-1", "2024-1", "2024-2"));
  EXPECT_EQ(view.object("exports/a.csv"), "a,b\n");
  EXPECT_THAT(lake_keys(), ElementsAre("artists/artists.parquet", "exports/a.csv",
                                       "plays/year=2023/plays.parquet",
                                       "plays/year=2024/plays.parquet", "runs/runs.parquet"));
}

TEST_F(CommitTest, LeavesNoTxnBehind) {
  seed();
  EXPECT_THAT(keys_in(*store_, kTxnFolder), IsEmpty());
  EXPECT_THAT(keys_in(*store_, kManifestFolder), SizeIs(1));
}

TEST_F(CommitTest, TellsWhichTablesAndExportsChanged) {
  const auto result = lake_.commit(a_run(), [](Edit& edit) {
    edit.replace<Artist>({an_artist("a", "A")});
    edit.put("exports/a.csv", "a");
    edit.add_raw("spotify", {"{}"});
  });
  EXPECT_TRUE(result.committed);
  EXPECT_THAT(result.changed, ElementsAre("artists/artists.parquet", "exports/a.csv"));
}

TEST_F(CommitTest, WritesNothingAtAllWhenNothingChanged) {
  seed();
  const auto result = lake_.commit(a_run(), [](Edit& edit) {
    edit.replace<Artist>({an_artist("b", "B"), an_artist("a", "A")});
    edit.replace<Play>({a_play(2024, 2), a_play(2024, 1), a_play(2023, 1)});
    edit.replace_plays(2020, {});
    edit.replace<Track>({});
    edit.put("exports/a.csv", "a,b\n");
    edit.remove("exports/never.csv");
    edit.set_timezone("Europe/Berlin");
    edit.claim_account("ann");
    edit.add_raw("spotify", {"{}"});
    edit.put("raw/spotify/2026-03-04.ndjson.zst", "x");
    EXPECT_FALSE(edit.changed());
  });
  EXPECT_FALSE(result.committed);
  EXPECT_THAT(result.changed, IsEmpty());
  EXPECT_FALSE(wrote());
}

TEST_F(CommitTest, AChangeThatIsTakenBackIsNoChange) {
  seed();
  const auto result = lake_.commit(a_run(), [](Edit& edit) {
    const auto before = edit.rows<Artist>();
    edit.replace<Artist>({});
    EXPECT_TRUE(edit.changed());
    EXPECT_THAT(edit.rows<Artist>(), IsEmpty());
    edit.replace(before);
    edit.put("exports/b.csv", "b");
    edit.remove("exports/b.csv");
  });
  EXPECT_FALSE(result.committed);
  EXPECT_FALSE(wrote());
}

TEST_F(CommitTest, RewritesOnlyTheObjectsWhoseRowsChanged) {
  seed();
  const auto before = lake_.view().objects();
  lake_.commit(a_run(), [](Edit& edit) { add_rows<Play>(edit, {a_play(2024, 3)}); });
  EXPECT_EQ(lake_.view().objects().at(2), before.at(2)) << "2023";
  EXPECT_NE(lake_.view().objects().at(3), before.at(3)) << "2024";
}

TEST_F(CommitTest, AnEditShowsItsOwnChanges) {
  seed();
  lake_.commit(a_run(), [](Edit& edit) {
    edit.replace_plays(2025, {a_play(2025, 1)});
    edit.replace_plays(2023, {});
    EXPECT_THAT(ids_of(edit.rows<Play>()), ElementsAre("2024-1", "2024-2", "2025-1"));
    EXPECT_THAT(edit.plays_of(2023), IsEmpty());
    EXPECT_THAT(edit.play_years(), ElementsAre(2024, 2025));
    EXPECT_THAT(ids_of(edit.view().plays_of(2023)), ElementsAre("2023-1"));
  });
}

TEST_F(CommitTest, AYearWithoutPlaysGoesAndATableWithoutRowsStaysReadable) {
  seed();
  lake_.commit(a_run(), [](Edit& edit) {
    edit.replace<Play>({a_play(2024, 1)});
    edit.replace<Artist>({});
  });
  EXPECT_FALSE(store_->get("plays/year=2023/plays.parquet"));
  EXPECT_THAT(lake_.view().play_years(), ElementsAre(2024));
  EXPECT_TRUE(store_->get("artists/artists.parquet"));
  EXPECT_THAT(lake_.view().rows<Artist>(), IsEmpty());
}

TEST_F(CommitTest, PlaysMayLieInTheirOwnYearOnly) {
  EXPECT_EQ(error_of([&] {
              lake_.commit(a_run(),
                           [](Edit& edit) { edit.replace_plays(2023, {a_play(2024, 1)}); });
            })->kind(),
            ErrorKind::internal);
  EXPECT_FALSE(wrote());
}

TEST_F(CommitTest, ObjectsArePutBelowExportsAndRawOnly) {
  for (const char* key :
       {"artists/artists.parquet", "_soundlake/HEAD.json", "exports/../x", "a", "exports/"}) {
    EXPECT_EQ(
        error_of([&] { lake_.commit(a_run(), [&](Edit& edit) { edit.put(key, "x"); }); })->kind(),
        ErrorKind::internal)
        << key;
  }
}

TEST_F(CommitTest, RemovesExportsAndWholeTables) {
  seed();
  const auto result = lake_.commit(a_run("forget"), [](Edit& edit) {
    edit.remove("artists/artists.parquet");
    edit.remove("exports/a.csv");
    EXPECT_THAT(edit.rows<Artist>(), IsEmpty());
  });
  EXPECT_THAT(result.changed, ElementsAre("artists/artists.parquet", "exports/a.csv"));
  EXPECT_FALSE(store_->get("artists/artists.parquet"));
  EXPECT_FALSE(lake_.view().object("exports/a.csv"));
}

TEST_F(CommitTest, EachRunThatChangedSomethingIsOneRow) {
  seed();
  lake_.commit(a_run(), [](Edit&) {});
  now_ = kNoon + std::chrono::hours(1);
  lake_.commit({.command = "enrich",
                .started_at = kNoon + std::chrono::minutes(58),
                .counts = R"({"bpm":2})",
                .requests = R"({"deezer":3})"},
               [](Edit& edit) {
                 edit.replace<Track>({a_track("t")});
                 edit.replace_plays(2023, {});
                 edit.put("exports/a.csv", "new");
               });
  const auto runs = lake_.view().rows<lake::Run>();
  ASSERT_THAT(runs, SizeIs(2));
  EXPECT_EQ(runs[1].command, "enrich");
  EXPECT_EQ(runs[1].started_at, kNoon + std::chrono::minutes(58));
  EXPECT_EQ(runs[1].finished_at, now_);
  EXPECT_EQ(runs[1].version, base::version());
  EXPECT_EQ(runs[1].changed, "exports plays tracks");
  EXPECT_EQ(runs[1].counts, R"({"bpm":2})");
  EXPECT_EQ(runs[1].requests, R"({"deezer":3})");
  EXPECT_NE(runs[0].run_id, runs[1].run_id);
}

TEST_F(CommitTest, PayloadsOfADayGatherInOneObjectPerService) {
  const auto extract = [](int n) {
    return [n](Edit& edit) {
      add_rows<Track>(edit, {a_track(std::to_string(n))});
      edit.add_raw("spotify", {"{\"n\":" + std::to_string(n) + "}"});
      edit.add_raw("deezer", {});
    };
  };
  lake_.commit(a_run(), extract(1));
  lake_.commit(a_run(), extract(2));
  const std::string key = "raw/spotify/2026-03-04.ndjson.zst";
  EXPECT_THAT(read_raw(*lake_.view().object(key), key), ElementsAre("{\"n\":1}", "{\"n\":2}"));
  EXPECT_THAT(lake_keys(), Not(Contains(HasSubstr("deezer"))));
}

TEST_F(CommitTest, PayloadsGoAfterThirtyDaysWithTheNextCommit) {
  lake_.commit(a_run(), [](Edit& edit) {
    edit.replace<Track>({a_track("1")});
    edit.add_raw("spotify", {"{}"});
  });
  const auto commit_at = [&](int days) {
    now_ = kNoon + std::chrono::days(days);
    lake_.commit(a_run(),
                 [&](Edit& edit) { add_rows<Track>(edit, {a_track(std::to_string(days))}); });
    return lake_keys();
  };
  EXPECT_THAT(commit_at(30), Contains("raw/spotify/2026-03-04.ndjson.zst"));
  EXPECT_THAT(commit_at(31), Not(Contains(HasSubstr("raw/"))));
  EXPECT_THAT(keys_in(*store_, "raw/"), IsEmpty());
}

TEST_F(CommitTest, ClaimsTheAccountBeforeItsFirstObjectAndKeepsOnlyAHash) {
  std::vector<std::string> order;
  auto hooked =
      std::make_shared<store::HookedStore>(store_, [&](const store::HookedStore::Call& call) {
        if (call.what == "put") order.push_back(call.key);
      });
  auto lake = lake_in(hooked);
  const auto build = [](Edit& edit) {
    edit.claim_account("ann");
    edit.replace<Artist>({an_artist("a", "A")});
  };
  lake.commit(a_run(), build);
  EXPECT_EQ(order.at(0), kHeadKey);
  const auto account = lake.view().identity().account;
  ASSERT_TRUE(account);
  EXPECT_THAT(*account, SizeIs(64));
  for (const auto& key : keys_in(*store_, "_soundlake/")) {
    EXPECT_THAT(store_->get(key)->bytes, Not(HasSubstr("ann"))) << key;
  }
  lake.commit(a_run(), build);
  EXPECT_EQ(lake.view().identity().account, account);
}

TEST_F(CommitTest, AnotherAccountIsRefusedAndWritesNothing) {
  lake_.commit(a_run(), [](Edit& edit) {
    edit.claim_account("ann");
    edit.replace<Artist>({an_artist("a", "A")});
  });
  const int writes = store_->writes();
  const auto error = error_of([&] {
    lake_.commit(a_run(), [](Edit& edit) {
      edit.replace<Artist>({an_artist("b", "B")});
      edit.claim_account("bob");
    });
  });
  EXPECT_EQ(error->kind(), ErrorKind::refused);
  EXPECT_THAT(error->hint(), HasSubstr("listener="));
  EXPECT_THAT(error->message(), Not(HasSubstr("bob")));
  EXPECT_EQ(store_->writes(), writes);
}

TEST_F(CommitTest, TheSameAccountHasAnotherHashInAnotherLake) {
  const auto claim = [](Edit& edit) {
    edit.claim_account("ann");
    edit.replace<Artist>({an_artist("a", "A")});
  };
  auto other = lake_in(std::make_shared<store::MemoryStore>());
  lake_.commit(a_run(), claim);
  other.commit(a_run(), claim);
  EXPECT_NE(lake_.view().identity().account, other.view().identity().account);
}

TEST_F(CommitTest, AnotherZoneIsAChangeOfItsOwn) {
  seed();
  EXPECT_TRUE(lake_.commit(a_run(), [](Edit& edit) { edit.set_timezone("Asia/Tokyo"); }).committed);
  EXPECT_EQ(lake_.view().identity().timezone, "Asia/Tokyo");
}

TEST_F(CommitTest, AForeignFileInThePlaceOfATableIsNotOverwritten) {
  store_->put("artists/artists.parquet", "somebody's", store::Precondition::none());
  const int writes = store_->writes();
  const auto error = error_of([&] {
    lake_.commit(a_run(), [](Edit& edit) {
      edit.replace<Album>({});
      edit.replace<Artist>({an_artist("a", "A")});
    });
  });
  EXPECT_EQ(error->kind(), ErrorKind::refused);
  EXPECT_THAT(error->message(), HasSubstr("artists/artists.parquet"));
  EXPECT_FALSE(error->hint().empty());
  EXPECT_EQ(store_->get("artists/artists.parquet")->bytes, "somebody's");
  EXPECT_EQ(store_->writes(), writes) << "nothing was begun";
}

TEST_F(CommitTest, AnObjectThatSomethingElseChangedIsAnErrorThatNamesIt) {
  seed();
  store_->put("artists/artists.parquet", "junk", store::Precondition::none());
  for (const auto& use : std::vector<std::function<void()>>{[&] { lake_.view().rows<Artist>(); },
                                                            [&] {
                                                              lake_.commit(a_run(), [](Edit& edit) {
                                                                add_rows<Artist>(
                                                                    edit, {an_artist("c", "C")});
                                                              });
                                                            }}) {
    const auto error = error_of(use);
    EXPECT_EQ(error->kind(), ErrorKind::data);
    EXPECT_THAT(error->message(), HasSubstr("artists/artists.parquet is not what"));
    EXPECT_FALSE(error->hint().empty());
  }
  store_->remove("artists/artists.parquet", store::Precondition::none());
  EXPECT_THAT(error_of([&] { lake_.view().rows<Artist>(); })->message(), HasSubstr("is missing"));
  EXPECT_THAT(ids_of(lake_.view().plays_of(2023)), ElementsAre("2023-1"))
      << "the rest stays readable";
}

TEST_F(CommitTest, AViewKeepsReadingAfterLaterCommits) {
  seed();
  const auto view = lake_.view();
  const auto& before = view.objects();
  for (int i = 10; i < 40; ++i) {  // more than manifests are kept
    lake_.commit(a_run(), [i](Edit& edit) { add_rows<Play>(edit, {a_play(2024, i)}); });
  }
  EXPECT_THAT(before, SizeIs(5));
  EXPECT_THAT(names_of(view.rows<Artist>()), ElementsAre("A", "B"));
  EXPECT_THAT(view.plays_of(2024), SizeIs(32)) << "the newest, when the old ones are gone";
  EXPECT_THAT(before, SizeIs(5)) << "what was handed out stays valid";
}

TEST_F(CommitTest, TheNewestTwentyManifestsStay) {
  for (int i = 0; i < 25; ++i) {
    lake_.commit(a_run(), [i](Edit& edit) { edit.replace<Track>({a_track(std::to_string(i))}); });
  }
  const auto keys = keys_in(*store_, kManifestFolder);
  ASSERT_THAT(keys, SizeIs(20));
  EXPECT_THAT(keys.front(), HasSubstr("0000000006-"));
  EXPECT_THAT(keys.back(), HasSubstr("0000000025-"));
}

TEST_F(CommitTest, APurgeLeavesNoOlderStateAndNoPayload) {
  seed();
  lake_.commit(a_run(), [](Edit& edit) {
    edit.replace<Track>({a_track("t")});
    edit.add_raw("spotify", {"{\"secret\":1}"});
  });
  const auto result = lake_.commit(a_run("forget"),
                                   [](Edit& edit) {
                                     edit.remove("tracks/tracks.parquet");
                                     edit.add_raw("spotify", {"{}"});
                                   },
                                   {.purge = true});
  EXPECT_TRUE(result.committed);
  EXPECT_THAT(result.changed, ElementsAre("tracks/tracks.parquet"));
  EXPECT_THAT(result.not_removed, IsEmpty());
  EXPECT_THAT(keys_in(*store_, "raw/"), IsEmpty());
  EXPECT_THAT(keys_in(*store_, kManifestFolder), SizeIs(1));
  EXPECT_THAT(keys_in(*store_, kTxnFolder), IsEmpty());
  EXPECT_THAT(names_of(lake_.view().rows<Artist>()), ElementsAre("A", "B")) << "what was to stay";
}

TEST_F(CommitTest, APurgeThatWasStoppedIsFinishedByTheNext) {
  seed();
  lake_.commit(a_run(), [](Edit& edit) { edit.replace<Track>({a_track("t")}); });
  const auto result = lake_.commit(a_run("forget"), [](Edit&) {}, {.purge = true});
  EXPECT_FALSE(result.committed);
  EXPECT_THAT(keys_in(*store_, kManifestFolder), SizeIs(1));
  EXPECT_THAT(names_of(lake_.view().rows<Artist>()), ElementsAre("A", "B"));
}

TEST_F(CommitTest, APurgeNamesWhatItCouldNotDelete) {
  seed();
  auto stubborn =
      std::make_shared<store::HookedStore>(store_, [](const store::HookedStore::Call& call) {
        if (call.what == "remove" && call.key.starts_with(kManifestFolder)) {
          throw Error(ErrorKind::io, "the disk says no");
        }
      });
  const auto result = lake_in(stubborn).commit(
      a_run("forget"), [](Edit& edit) { edit.remove("exports/a.csv"); }, {.purge = true});
  EXPECT_TRUE(result.committed);
  EXPECT_THAT(result.not_removed,
              ElementsAre(testing::AllOf(HasSubstr("_soundlake/manifests/0000000001-"),
                                         HasSubstr("the disk says no"))));
}

TEST_F(CommitTest, APurgeLeavesTheManifestOfAWriterThatIsAboutToSwapHead) {
  seed();
  auto purging =
      std::make_shared<store::HookedStore>(store_, [&](const store::HookedStore::Call& call) {
        if (call.what == "put" && call.key == kHeadKey) {
          lake_.commit(a_run("forget"), [](Edit&) {}, {.purge = true});
        }
      });
  lake_in(purging).commit(a_run(), [](Edit& edit) { edit.replace<Track>({a_track("t")}); });
  EXPECT_THAT(lake_.view().rows<Track>(), SizeIs(1));
}

TEST_F(CommitTest, GivesUpWithAConflictWhenOthersAreAlwaysFirst) {
  int n = 0;
  auto busy =
      std::make_shared<store::HookedStore>(store_, [&](const store::HookedStore::Call& call) {
        if (call.what != "put" || call.key != kHeadKey) return;
        lake_.commit(a_run(),
                     [&](Edit& edit) { add_rows<Track>(edit, {a_track(std::to_string(++n))}); });
      });
  const auto error = error_of([&] {
    lake_in(busy).commit(a_run(), [&](Edit& edit) {
      add_rows<Artist>(edit, {an_artist(std::to_string(++n), "x")});
    });
  });
  EXPECT_EQ(error->kind(), ErrorKind::conflict);
  EXPECT_FALSE(error->hint().empty());
}

TEST_F(CommitTest, StatusCountsWithoutReadingTables) {
  seed();
  const auto status = status_of(lake_.view());
  EXPECT_EQ(status.objects, 5U);
  EXPECT_EQ(status.table_rows.at("plays"), 3);
  EXPECT_EQ(status.table_rows.at("artists"), 2);
  EXPECT_EQ(status.table_rows.count("exports"), 0U);
  EXPECT_THAT(status.open_txns, IsEmpty());
  std::uint64_t bytes = 0;
  for (const auto& entry : lake_.view().objects()) bytes += store_->get(entry.key)->bytes.size();
  EXPECT_EQ(status.bytes, bytes);
}

}  // namespace
}  // namespace soundlake::lake
