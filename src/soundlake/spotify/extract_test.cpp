// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/extract.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/spotify/extract_world.hpp"

#include <gmock/gmock.h>

namespace soundlake::spotify {
namespace {

using sim::AppClass;
using std::chrono::hours;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

sim::SimulationOptions listener(AppClass app_class) {
  sim::SimulationOptions options;
  options.app_class = app_class;
  options.plays = 5'000;
  return options;
}

const lake::Fact* fact_of(const std::vector<lake::Fact>& facts, const std::string& field) {
  for (const lake::Fact& fact : facts) {
    if (fact.field == field) return &fact;
  }
  return nullptr;
}

class EveryAppClass : public testing::TestWithParam<AppClass> {};

TEST_P(EveryAppClass, FillsTheTablesAndRefusesLittle) {
  World world(listener(GetParam()));
  const Extraction found = world.run();
  EXPECT_FALSE(found.partial);
  EXPECT_THAT(found.problems, IsEmpty());
  EXPECT_LE(world.refused(), 6u);
  EXPECT_EQ(static_cast<std::size_t>(found.counts.refused), world.refused());
  EXPECT_LE(world.seen().size(), 130u);
  for (const char* range : {"short_term", "medium_term", "long_term"}) {
    EXPECT_THAT(world.rows<lake::TopArtist>(),
                Contains(Field(&lake::TopArtist::time_range, range)));
    EXPECT_THAT(world.rows<lake::TopTrack>(), Contains(Field(&lake::TopTrack::time_range, range)));
  }
  EXPECT_EQ(world.rows<lake::Artist>().size(), static_cast<std::size_t>(found.counts.artists));
  EXPECT_EQ(world.rows<lake::Album>().size(), static_cast<std::size_t>(found.counts.albums));
  EXPECT_EQ(world.rows<lake::Track>().size(), static_cast<std::size_t>(found.counts.tracks));
  EXPECT_EQ(found.counts.plays, 50);
  EXPECT_GE(world.artists_in<lake::ArtistAlbum>(), 25u);
  EXPECT_GE(world.artists_in<lake::ArtistTopTrack>(), 20u);
  EXPECT_NE(fact_of(world.rows<lake::Fact>(), "duration_ms"), nullptr);
  EXPECT_NE(fact_of(world.rows<lake::Fact>(), "isrc"), nullptr);
  EXPECT_EQ(found.capabilities.size(), std::size(kAllFeatures));
}

TEST_P(EveryAppClass, AsksOnlyForRecentPlaysWithinTheHourAndChangesNothing) {
  World world(listener(GetParam()));
  world.run();
  const Extraction again = world.run();
  ASSERT_EQ(world.seen().size(), 1u);
  EXPECT_EQ(world.seen()[0].path, "/v1/me/player/recently-played");
  EXPECT_THAT(world.seen()[0].query, HasSubstr("after="));
  EXPECT_EQ(again.counts.plays, 0);
  EXPECT_THAT(world.committed, IsEmpty());
  EXPECT_FALSE(again.partial);
}

INSTANTIATE_TEST_SUITE_P(Simulated, EveryAppClass,
                         testing::Values(AppClass::restricted, AppClass::postponed,
                                         AppClass::extended),
                         [](const auto& each) { return std::string(sim::name_of(each.param)); });

TEST(RestrictedApp, LeavesUnknownWhatItMayNotAskAndSaysWhy) {
  World world(listener(AppClass::restricted));
  const Extraction found = world.run();
  const auto facts = world.rows<lake::Fact>();
  for (const char* field : {"genres", "popularity", "followers", "bpm", "mode"})
    EXPECT_EQ(fact_of(facts, field), nullptr) << field;
  EXPECT_THAT(world.rows<lake::ArtistTopTrack>(),
              testing::Each(Field(&lake::ArtistTopTrack::ranking_source, "listener")));
  EXPECT_THAT(found.unknown, Contains(HasSubstr("genres")));
  EXPECT_THAT(found.unknown, Contains(HasSubstr("BPM and mode")));
  EXPECT_EQ(world.seen("/top-tracks").size(), 1u);
  EXPECT_EQ(world.seen("/audio-features").size(), 1u);
  Capabilities known(world.state, world.options.client_id, world.options.clock);
  EXPECT_EQ(known.find(Feature::album_page_size)->value, 10);
  EXPECT_FALSE(known.find(Feature::genres)->allowed());
}

TEST(RestrictedApp, IsAskedAgainAfterAWeek) {
  World world(listener(AppClass::restricted));
  world.run();
  world.advance(hours(24));
  world.run();
  EXPECT_EQ(world.refused(), 0u);
  world.advance(hours(24 * 7));
  world.run();
  EXPECT_GT(world.refused(), 0u);
  EXPECT_LE(world.refused(), 6u);
}

TEST(ExtendedApp, BringsSpotifysOwnValuesAsFacts) {
  World world(listener(AppClass::extended));
  const Extraction found = world.run();
  const auto facts = world.rows<lake::Fact>();
  for (const char* field : {"genres", "popularity", "followers", "bpm", "mode", "tonic",
                            "release_date", "total_tracks"}) {
    const lake::Fact* fact = fact_of(facts, field);
    ASSERT_NE(fact, nullptr) << field;
    EXPECT_EQ(fact->source, "spotify");
    EXPECT_EQ(fact->status, "chosen");
    EXPECT_EQ(fact->confidence, 1);
  }
  EXPECT_THAT(found.unknown, IsEmpty());
  EXPECT_EQ(world.refused(), 0u);
  EXPECT_THAT(world.rows<lake::ArtistTopTrack>(),
              Contains(Field(&lake::ArtistTopTrack::ranking_source, "spotify")));
  // No batch of audio features more than needed.
  const std::size_t tracks = world.rows<lake::Track>().size();
  EXPECT_LE(world.seen("/audio-features").size(), (tracks + 99) / 100);
  EXPECT_LE(world.simulation.spotify().peak_in_flight(), 16);
}

TEST(NextDay, AddsASnapshotAndKeepsThatOfTheDayBefore) {
  World world(listener(AppClass::postponed));
  world.run();
  const auto rows_of_one_day = world.rows<lake::TopArtist>().size();
  world.advance(hours(2));
  world.run();
  EXPECT_EQ(world.rows<lake::TopArtist>().size(), rows_of_one_day);
  world.advance(hours(24));
  world.run();
  std::set<base::Day> days;
  for (const auto& row : world.rows<lake::TopArtist>()) days.insert(row.snapshot_date);
  EXPECT_EQ(days.size(), 2u);
  EXPECT_THAT(world.seen("/albums"), IsEmpty());  // kept for a week
}

TEST(RecentOnly, IsOneRequestAndChangesNothingWithoutANewPlay) {
  World world(listener(AppClass::restricted));
  world.run();
  world.options.recent_only = true;
  world.advance(hours(3));
  const Extraction found = world.run();
  EXPECT_EQ(world.seen().size(), 1u);
  EXPECT_FALSE(found.partial);
  EXPECT_THAT(found.top_artists, IsEmpty());
  EXPECT_THAT(found.plays, IsEmpty());
  EXPECT_THAT(world.committed, IsEmpty());
}

TEST(RecentPlays, CarryTheirLengthAsAnUpperBoundAndTheTimeAsGiven) {
  World world(listener(AppClass::restricted));
  const Extraction found = world.run();
  ASSERT_TRUE(found.recent_poll);
  EXPECT_EQ(found.recent_poll->items, 50);
  for (const lake::Play& play : found.plays) {
    EXPECT_EQ(play.source, "recent");
    EXPECT_EQ(play.kind, "track");
    EXPECT_TRUE(play.ms_estimated);
    EXPECT_GT(play.ms_played, 0);
    EXPECT_EQ(base::parse_utc(*play.reported_at), play.played_at);
  }
}

TEST(RawPayloads, HoldEveryAnswerButTheOneAboutThePerson) {
  World world(listener(AppClass::restricted));
  const Extraction found = world.run();
  EXPECT_EQ(found.raw.size(), world.seen().size() - world.refused() - 1);
  for (const std::string& line : found.raw) {
    EXPECT_THAT(line, testing::Not(HasSubstr("\n")));
    const auto document = base::JsonDocument::try_parse(line);
    ASSERT_TRUE(document);
    EXPECT_TRUE(document->root()["payload"].is_object());
    EXPECT_NE(document->root()["request"].text(), "/me");
  }
}

TEST(ClosedAlbums, EndNothingElseAndOnlyTheMissingCallsAreMadeLater) {
  auto options = listener(AppClass::extended);
  options.ceilings = {{"artist-albums", 20}};
  World world(options);
  const Extraction found = world.run();
  EXPECT_TRUE(found.partial);
  ASSERT_EQ(found.waits.size(), 1u);
  EXPECT_EQ(found.waits[0].bucket, "artist-albums");
  EXPECT_GT(found.waits[0].until, world.time.now() + hours(23));
  EXPECT_THAT(found.problems, IsEmpty());
  EXPECT_EQ(found.artist_albums.size(), 20u);
  EXPECT_GE(found.artist_top_tracks.size(), 25u);

  world.run();
  EXPECT_THAT(world.seen("/albums"), IsEmpty());  // not one call into the closed bucket

  sim::Changes opened;
  opened.ceilings = {{"artist-albums", -1}};
  world.simulation.spotify().change(opened);
  world.advance(hours(24) + hours(1));
  const auto before = world.artists_in<lake::ArtistAlbum>();
  const Extraction later = world.run();
  EXPECT_FALSE(later.partial);
  EXPECT_EQ(world.seen("/albums").size(), later.artist_albums.size() - 20);
  EXPECT_GT(world.artists_in<lake::ArtistAlbum>(), before);
}

TEST(AlbumBudget, PutsOffWhatItDoesNotAllowAndSaysUntilWhen) {
  World world(listener(AppClass::restricted));
  world.options.album_calls_per_day = 10;
  const Extraction found = world.run();
  EXPECT_EQ(world.seen("/albums").size(), 10u);
  EXPECT_TRUE(found.partial);
  ASSERT_EQ(found.waits.size(), 1u);
  EXPECT_EQ(found.waits[0].bucket, kAlbumBudgetBucket);
  EXPECT_EQ(found.waits[0].until, world.time.now() + hours(24));
  world.advance(hours(12));
  world.run();
  EXPECT_THAT(world.seen("/albums"), IsEmpty());
  world.advance(hours(12));
  world.run();
  EXPECT_EQ(world.seen("/albums").size(), 10u);
}

TEST(AlbumBudget, OfWhatIsBeyondTheExportedArtistsIsNoFailure) {
  auto options = listener(AppClass::extended);
  options.artists = 120;
  World world(options);
  const Extraction found = world.run();
  EXPECT_EQ(world.seen("/albums").size(), 60u);
  EXPECT_FALSE(found.partial);
  ASSERT_EQ(found.waits.size(), 1u);
  EXPECT_EQ(found.waits[0].bucket, kAlbumBudgetBucket);
}

TEST(AllDepth, FollowsEveryPage) {
  auto options = listener(AppClass::extended);
  options.artists = 120;
  World world(options);
  world.options.all_depth = true;
  const Extraction found = world.run();
  for (const auto& list : found.top_artists) EXPECT_TRUE(list.whole);
  std::set<std::string> ids;
  for (const auto& row : world.rows<lake::TopArtist>()) {
    if (row.time_range == "long_term") ids.insert(row.id);
  }
  EXPECT_GT(ids.size(), 50u);
  world.options.all_depth = false;
  world.run();
  EXPECT_THAT(world.committed, IsEmpty());
}

TEST(RefusedToken, IsRenewedInMidRun) {
  World world(listener(AppClass::restricted));
  world.fault("spurious_401", "/v1/artists/*/albums", 1, 5);
  const Extraction found = world.run();
  EXPECT_FALSE(found.partial);
  EXPECT_EQ(world.refreshed, 2);
  EXPECT_EQ(found.counts.refused, static_cast<std::int64_t>(world.refused()) - 1);
}

TEST(RefusedToken, ThatStaysRefusedEndsInASignIn) {
  World world(listener(AppClass::restricted));
  world.fault("spurious_401", "/v1/*", -1);
  try {
    world.run();
    FAIL() << "went on without a sign-in";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::sign_in);
    EXPECT_THAT(error.hint(), HasSubstr("soundlake login"));
  }
  EXPECT_LE(world.seen().size(), 3u);
}

struct Ending {
  const char* fault;
  ErrorKind kind;
  const char* hint;
};
class PersonOrOwner : public testing::TestWithParam<Ending> {};
TEST_P(PersonOrOwner, WithoutAccessEndsTheRunAfterOneRequest) {
  World world(listener(AppClass::restricted));
  world.fault(GetParam().fault, "/v1/*", -1);
  try {
    world.run();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), GetParam().kind);
    EXPECT_THAT(error.hint(), HasSubstr(GetParam().hint));
  }
  EXPECT_EQ(world.seen().size(), 1u);
  EXPECT_THAT(world.rows<lake::Artist>(), IsEmpty());
}
INSTANTIATE_TEST_SUITE_P(
    Simulated, PersonOrOwner,
    testing::Values(Ending{"not_registered", ErrorKind::service, "User Management"},
                    Ending{"not_registered_text", ErrorKind::service, "User Management"},
                    Ending{"no_premium", ErrorKind::service, "Premium"}),
    [](const auto& each) { return std::string(each.param.fault); });

/// One answer is bad; everything else is fetched, and the next run makes good for it.
class BadAnswer : public testing::TestWithParam<const char*> {};
TEST_P(BadAnswer, IsAProblemAndIsAskedAnewNextTime) {
  for (const char* path : {"/v1/me/top/artists", "/v1/artists/*/albums"}) {
    World world(listener(AppClass::extended));
    world.fault(GetParam(), path);
    const Extraction found = world.run();
    EXPECT_TRUE(found.partial) << path;
    ASSERT_EQ(found.problems.size(), 1u) << path;
    EXPECT_EQ(found.problems[0].kind, "data");
    EXPECT_FALSE(found.problems[0].hint.empty());
    EXPECT_THAT(world.rows<lake::TopTrack>(), testing::Not(IsEmpty()));
    const Extraction again = world.run();
    EXPECT_FALSE(again.partial) << path;
    EXPECT_GE(world.seen().size(), 2u) << path;
  }
}
INSTANTIATE_TEST_SUITE_P(Simulated, BadAnswer, testing::Values("html", "truncated", "empty_items"),
                         [](const auto& each) { return std::string(each.param); });

TEST(NullItems, AreLeftOutAndCounted) {
  World world(listener(AppClass::extended));
  world.fault("null_items", "/v1/*", -1);
  world.fault("null_names", "/v1/*", -1);
  const Extraction found = world.run();
  EXPECT_GT(found.counts.skipped, 0);
  EXPECT_GT(found.counts.artists, 0);
}

TEST(BadText, IsRepairedAndKept) {
  World world(listener(AppClass::extended));
  world.fault("bad_utf8", "/v1/*", -1);
  const Extraction found = world.run();
  EXPECT_FALSE(found.partial);
  EXPECT_THAT(found.artists, testing::Not(IsEmpty()));
}

TEST(LostConnection, IsAProblemOfItsOwnQuestion) {
  World world(listener(AppClass::extended));
  world.fault("hang_up", "/v1/me/top/tracks", -1);
  const Extraction found = world.run();
  EXPECT_TRUE(found.partial);
  EXPECT_EQ(found.problems.size(), 3u);
  EXPECT_EQ(found.problems[0].kind, "network");
  EXPECT_THAT(found.artist_albums, testing::Not(IsEmpty()));
  EXPECT_THAT(world.rows<lake::TopArtist>(), testing::Not(IsEmpty()));
}

TEST(LostTopArtists, AreTakenFromTheLakeForWhatHangsOnThem) {
  World world(listener(AppClass::extended));
  world.run();
  world.advance(hours(25));
  world.fault("hang_up", "/v1/me/top/artists", -1);
  const Extraction found = world.run();
  EXPECT_TRUE(found.partial);
  EXPECT_GE(found.artist_top_tracks.size(), 25u);
}

TEST(AnotherAccount, IsRefusedByTheLake) {
  World world(listener(AppClass::restricted));
  world.run();
  const auto before = world.rows<lake::TopArtist>();
  world.options.account_id = "somebody else";
  EXPECT_THROW(world.run(), Error);
  EXPECT_EQ(world.rows<lake::TopArtist>(), before);
  EXPECT_EQ(world.seen("/artists").size(), 3u);  // the first account's kept lists are not hers
}

}  // namespace
}  // namespace soundlake::spotify
