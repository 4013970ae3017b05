// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/lake.hpp"

#include "soundlake/lake/lake_test_support.hpp"
#include "soundlake/lake/manifest.hpp"

namespace soundlake::lake {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// As stores do that know no conditional writes, until they are told to compare by themselves.
class CarelessStore : public store::MemoryStore {
 public:
  std::optional<std::string> put(const std::string& key, std::string_view bytes,
                                 const store::Precondition& precondition) override {
    return store::MemoryStore::put(key, bytes,
                                   careful_ ? precondition : store::Precondition::none());
  }
  void keep_to_single_writer() override { careful_ = true; }
  bool careful() const { return careful_; }

 private:
  bool careful_ = false;
};

class LakeTest : public testing::Test {
 protected:
  std::shared_ptr<store::MemoryStore> store_ = std::make_shared<store::MemoryStore>();
  base::Clock clock_ = base::fixed_clock(kNoon);
  Lake::CreateOptions options_{.timezone = "Europe/Berlin", .simulated = false};
};

TEST_F(LakeTest, ANewOneIsClaimedByItsHeadAlone) {
  EXPECT_FALSE(Lake::exists(*store_));
  const auto lake = Lake::open_or_create(store_, clock_, options_);
  EXPECT_TRUE(Lake::exists(*store_));
  EXPECT_THAT(keys_in(*store_), ElementsAre("_soundlake/HEAD.json"));
  const auto view = lake.view();
  EXPECT_EQ(view.identity().timezone, "Europe/Berlin");
  EXPECT_FALSE(view.identity().account);
  EXPECT_FALSE(view.identity().simulated);
  EXPECT_THAT(view.objects(), IsEmpty());
  EXPECT_THAT(view.rows<Artist>(), IsEmpty());
  EXPECT_THAT(view.rows<Play>(), IsEmpty());
  EXPECT_THAT(view.play_years(), IsEmpty());
  EXPECT_FALSE(view.object("exports/a"));
}

TEST_F(LakeTest, OpeningAnExistingOneWritesNothingAndKeepsItsZone) {
  const auto first = Lake::open_or_create(store_, clock_, options_).view().identity();
  const int writes = store_->writes();
  options_.timezone = "Asia/Tokyo";
  EXPECT_EQ(Lake::open_or_create(store_, clock_, options_).view().identity(), first);
  EXPECT_EQ(Lake::open(store_, clock_).view().identity(), first);
  EXPECT_EQ(store_->writes(), writes);
}

RowSource<Track> tracks_made_on_demand(std::size_t count) {
  return {.count = count, .make = [](std::size_t i, Track& row) {
            row = a_track("track " + std::to_string(10'000 + i));
          }};
}

TEST_F(LakeTest, ATableIsFilledWithRowsThatAreMadeWhenTheyAreAskedFor) {
  auto lake = lake_in(store_);
  const auto rows = tracks_made_on_demand(12'000).all();
  const auto wanted = [&](const Track& row) { return row.key == rows[7].key; };
  lake.commit(a_run(), [&](Edit& edit) {
    edit.fill(tracks_made_on_demand(rows.size()));
    EXPECT_TRUE(edit.rows<Track>() == rows);
    EXPECT_THAT(edit.rows_where<Track>(wanted), testing::ElementsAre(rows[7]));
  });
  EXPECT_TRUE(lake.view().rows<Track>() == rows);
  EXPECT_THAT(lake.view().rows_where<Track>(wanted), testing::ElementsAre(rows[7]));
}

TEST_F(LakeTest, ATableThatHasRowsIsNotFilled) {
  auto lake = lake_in(store_);
  lake.commit(a_run(), [](Edit& edit) { edit.replace(std::vector{a_track("known")}); });
  const auto error = error_of(
      [&] { lake.commit(a_run(), [](Edit& edit) { edit.fill(tracks_made_on_demand(3)); }); });
  EXPECT_EQ(error->kind(), ErrorKind::internal);
}

TEST_F(LakeTest, OfTwoThatClaimAtOnceTheSecondOpensTheLakeOfTheFirst) {
  std::optional<LakeIdentity> first;
  const auto hooked =
      std::make_shared<store::HookedStore>(store_, [&](const store::HookedStore::Call& call) {
        if (call.what == "put")
          first = Lake::open_or_create(store_, clock_, options_).view().identity();
      });
  const auto second = Lake::open_or_create(hooked, clock_, options_).view().identity();
  EXPECT_EQ(second, first);
}

TEST_F(LakeTest, AClaimThatWasFollowedByACommitMeanwhileIsOpened) {
  const auto hooked =
      std::make_shared<store::HookedStore>(store_, [&](const store::HookedStore::Call& call) {
        if (call.what == "list" && !Lake::exists(*store_)) {
          lake_in(store_).commit(a_run(),
                                 [](Edit& edit) { edit.replace<Artist>({an_artist("a", "A")}); });
        }
      });
  EXPECT_THAT(names_of(Lake::open_or_create(hooked, clock_, options_).view().rows<Artist>()),
              ElementsAre("A"));
}

TEST_F(LakeTest, AStoreThatIgnoresPreconditionsGetsNoLake) {
  const auto careless = std::make_shared<CarelessStore>();
  const auto error = error_of([&] { Lake::open_or_create(careless, clock_, options_); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind(), ErrorKind::refused);
  EXPECT_THAT(error->hint(), HasSubstr("--single-writer"));
  EXPECT_THAT(keys_in(*careless), IsEmpty());
}

TEST_F(LakeTest, APromiseOfASingleWriterIsKeptByWhoeverOpensTheLakeLater) {
  const auto first = std::make_shared<CarelessStore>();
  first->keep_to_single_writer();
  options_.single_writer = true;
  Lake::open_or_create(first, clock_, options_);
  options_.single_writer = false;
  for (const bool to_write : {false, true}) {
    const auto later = std::make_shared<CarelessStore>();
    later->put(kHeadKey, first->get(kHeadKey)->bytes, store::Precondition::none());
    const auto lake =
        to_write ? Lake::open_or_create(later, clock_, options_) : Lake::open(later, clock_);
    EXPECT_TRUE(later->careful());
    EXPECT_TRUE(lake.view().identity().single_writer);
  }
}

TEST_F(LakeTest, OpeningNothingSaysHowALakeComesToBe) {
  const auto error = error_of([&] { Lake::open(store_, clock_); });
  EXPECT_EQ(error->kind(), ErrorKind::refused);
  EXPECT_THAT(error->message(), HasSubstr("no lake in memory:"));
  EXPECT_FALSE(error->hint().empty());
  EXPECT_EQ(store_->writes(), 0);
}

TEST_F(LakeTest, AForeignHeadIsRefusedAndLeftAlone) {
  store_->put(kHeadKey, "somebody's", store::Precondition::none());
  EXPECT_EQ(error_of([&] { Lake::open(store_, clock_); })->kind(), ErrorKind::refused);
  EXPECT_EQ(error_of([&] { Lake::open_or_create(store_, clock_, options_); })->kind(),
            ErrorKind::refused);
  EXPECT_EQ(store_->get(kHeadKey)->bytes, "somebody's");
}

TEST_F(LakeTest, ALakeThatLostItsHeadIsNotBegunAnew) {
  store_->put("_soundlake/manifests/0000000001-ab.json", "{}", store::Precondition::none());
  for (const auto& open : std::vector<std::function<void()>>{
           [&] { Lake::open(store_, clock_); },
           [&] { Lake::open_or_create(store_, clock_, options_); }}) {
    const auto error = error_of(open);
    EXPECT_EQ(error->kind(), ErrorKind::refused);
    EXPECT_THAT(error->message(), HasSubstr("0000000001-ab.json is there"));
  }
}

TEST_F(LakeTest, ALakeOfANewerVersionIsRefused) {
  Lake::open_or_create(store_, clock_, options_);
  auto head = store_->get(kHeadKey)->bytes;
  head.replace(head.find("\"format\": 1"), 11, "\"format\": 9");
  store_->put(kHeadKey, head, store::Precondition::none());
  const auto error = error_of([&] { Lake::open_or_create(store_, clock_, options_); });
  EXPECT_EQ(error->kind(), ErrorKind::refused);
  EXPECT_THAT(error->hint(), HasSubstr("update soundlake"));
}

TEST_F(LakeTest, SimulatedAndRealListeningAreNeverMixed) {
  Lake::open_or_create(store_, clock_, options_);
  const auto simulated_store = std::make_shared<store::MemoryStore>();
  Lake::open_or_create(simulated_store, clock_, {.timezone = "UTC", .simulated = true});
  const auto into_real = error_of(
      [&] { Lake::open_or_create(store_, clock_, {.timezone = "UTC", .simulated = true}); });
  EXPECT_EQ(into_real->kind(), ErrorKind::refused);
  EXPECT_THAT(into_real->message(), HasSubstr("a person's own"));
  const auto into_simulated =
      error_of([&] { Lake::open_or_create(simulated_store, clock_, options_); });
  EXPECT_EQ(into_simulated->kind(), ErrorKind::refused);
  EXPECT_THAT(into_simulated->message(), HasSubstr("holds simulated listening"));
}

TEST_F(LakeTest, ForeignFilesAreLeftAloneAndNeverItsObjects) {
  store_->put("notes.txt", "mine", store::Precondition::none());
  store_->put("artists/readme.md", "mine", store::Precondition::none());
  auto lake = Lake::open_or_create(store_, clock_, options_);
  lake.commit(a_run(), [](Edit& edit) { edit.replace<Artist>({an_artist("a", "A")}); });
  std::vector<std::string> keys;
  for (const auto& entry : lake.view().objects()) keys.push_back(entry.key);
  EXPECT_THAT(keys, ElementsAre("artists/artists.parquet", "runs/runs.parquet"));
  EXPECT_EQ(store_->get("notes.txt")->bytes, "mine");
  EXPECT_EQ(store_->get("artists/readme.md")->bytes, "mine");
}

TEST_F(LakeTest, AHeadThatNamesAMissingManifestIsAnErrorThatNamesIt) {
  auto lake = lake_in(store_);
  lake.commit(a_run(), [](Edit& edit) { edit.replace<Artist>({an_artist("a", "A")}); });
  const auto key = keys_in(*store_, kManifestFolder).at(0);
  store_->remove(key, store::Precondition::none());
  const auto error = error_of([&] { lake.view(); });
  EXPECT_EQ(error->kind(), ErrorKind::data);
  EXPECT_THAT(error->message(), HasSubstr(key));
  EXPECT_FALSE(error->hint().empty());
}

}  // namespace
}  // namespace soundlake::lake
