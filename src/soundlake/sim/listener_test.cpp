// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/listener.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>

namespace soundlake::sim {
namespace {

using std::chrono::days;

const base::Instant kNow = *base::parse_utc("2026-11-20T12:00:00Z");

/// What a play is, for comparing.
std::string text_of(const Listener& listener, const SimulatedPlay& play) {
  const bool track = play.kind == SimulatedPlay::Kind::track;
  return base::format_utc(play.ended_at) + " " + std::to_string(play.ms_played) + " " +
         (track ? listener.catalogue().tracks[play.index].id
                : listener.catalogue().episodes[play.index].id) +
         " " + play.platform + " " + play.reason_end;
}

std::vector<std::string> story(const Listener& listener) {
  std::vector<std::string> lines;
  for (const auto& play : listener.plays()) lines.push_back(text_of(listener, play));
  return lines;
}

const Listener& usual() {
  static const Listener kListener(1, 60, 30'000, kNow);
  return kListener;
}

TEST(Listener, IsTheSameForTheSameNumbersAndAnotherForAnotherSeed) {
  const Listener once(7, 12, 500, kNow);
  const Listener again(7, 12, 500, kNow);
  const Listener other(8, 12, 500, kNow);
  EXPECT_EQ(story(once), story(again));
  EXPECT_EQ(once.name(), again.name());
  EXPECT_NE(story(once), story(other));
  EXPECT_NE(once.catalogue().artists[0].id, other.catalogue().artists[0].id);
}

TEST(Listener, IsTheSameOnEveryMachine) {
  const Listener listener(1, 3, 50, kNow);
  EXPECT_EQ(text_of(listener, listener.plays()[0]),
            "2024-05-26T18:29:19.269Z 3099000 78hMXvqqMpHDdnSN1f1f6Q android trackdone");
  EXPECT_EQ(listener.catalogue().artists[2].id, "4Dh5xZLlCfm23K1Vd5foBY");
}

TEST(Listener, LivesOnTheNextDayAsItDidTheDayBefore) {
  const Listener today(1, 60, 30'000, kNow);
  const Listener tomorrow(1, 60, 30'000, kNow + days(1));
  const auto before = story(today);
  const auto after = story(tomorrow);
  EXPECT_TRUE(std::includes(before.begin(), before.end(), after.begin() + 200, after.end() - 200));
}

TEST(Listener, HasHeardExactlyTheWantedNumberOfPlays) {
  for (const int plays : {0, 1, 77, 5'000, 30'000}) {
    const Listener listener(3, 20, plays, kNow);
    EXPECT_EQ(listener.plays_until(kNow), static_cast<std::size_t>(plays));
  }
}

TEST(Listener, RefusesNumbersThatMakeNoSense) {
  EXPECT_THROW(Listener(1, 0, 10, kNow), Error);
  EXPECT_THROW(Listener(1, 5'001, 10, kNow), Error);
  EXPECT_THROW(Listener(1, 10, -1, kNow), Error);
  EXPECT_THROW(Listener(1, 10, 1'000'001, kNow), Error);
}

TEST(Listener, HearsOneThingAfterTheOther) {
  const auto& plays = usual().plays();
  for (std::size_t i = 1; i < plays.size(); ++i) {
    const auto started = plays[i].ended_at - std::chrono::milliseconds(plays[i].ms_played);
    ASSERT_LE(plays[i - 1].ended_at, started) << text_of(usual(), plays[i]);
  }
}

TEST(Listener, HearsNothingBeforeItIsReleasedNorLongerThanItIs) {
  const auto& catalogue = usual().catalogue();
  for (const auto& play : usual().plays()) {
    ASSERT_GT(play.ms_played, 0);
    if (play.kind == SimulatedPlay::Kind::episode) continue;
    const auto& track = catalogue.tracks[play.index];
    ASSERT_LE(play.ms_played, track.duration_ms);
    ASSERT_LE(base::Instant(catalogue.albums[track.album].released), play.ended_at);
  }
}

TEST(Listener, SkipsSleepsAndHearsPodcastsLikeAPerson) {
  std::size_t short_plays = 0, episodes = 0;
  std::array<int, 24> hours{};
  for (const auto& play : usual().plays()) {
    short_plays += play.ms_played < 30'000;
    episodes += play.kind == SimulatedPlay::Kind::episode;
    ++hours[static_cast<std::size_t>(
        std::chrono::floor<std::chrono::hours>(play.ended_at.time_since_epoch()).count() % 24)];
  }
  const auto all = usual().plays().size();
  EXPECT_GT(short_plays, all / 10);
  EXPECT_LT(short_plays, all / 3);
  EXPECT_GT(episodes, all / 1'000);
  EXPECT_LT(hours[3] * 20, hours[18]);
}

TEST(Listener, DiscoversArtistsOverTime) {
  std::set<std::size_t> early, all;
  const auto& plays = usual().plays();
  for (std::size_t i = 0; i < plays.size(); ++i) {
    if (plays[i].kind != SimulatedPlay::Kind::track) continue;
    const auto artist = usual().catalogue().tracks[plays[i].index].artists[0];
    all.insert(artist);
    if (i < plays.size() / 6) early.insert(artist);
  }
  EXPECT_GT(all.size(), early.size());
  EXPECT_GE(all.size(), 58u);
}

TEST(Listener, HasMoreThanFiftyTopArtistsAndTheyChangeFromDayToDay) {
  for (const auto range : {TopRange::short_term, TopRange::medium_term, TopRange::long_term})
    EXPECT_GE(usual().tops(TopKind::artists, range, kNow).size(), 50u);
  EXPECT_NE(usual().tops(TopKind::tracks, TopRange::short_term, kNow),
            usual().tops(TopKind::tracks, TopRange::short_term, kNow + days(1)));
  EXPECT_NE(usual().tops(TopKind::artists, TopRange::short_term, kNow),
            usual().tops(TopKind::artists, TopRange::short_term, kNow - days(60)));
  EXPECT_NE(usual().tops(TopKind::artists, TopRange::short_term, kNow),
            usual().tops(TopKind::artists, TopRange::long_term, kNow));
}

TEST(Listener, KeepsItsTopsForAWholeUtcDay) {
  const auto morning = *base::parse_utc("2026-11-20T00:00:00Z");
  const auto night = morning + days(1) - std::chrono::seconds(1);
  // Two, because one remembers its tops.
  const Listener early(1, 20, 5'000, kNow);
  const Listener late(1, 20, 5'000, kNow);
  ASSERT_GT(late.plays_until(night), early.plays_until(morning));
  EXPECT_EQ(early.tops(TopKind::tracks, TopRange::short_term, morning),
            late.tops(TopKind::tracks, TopRange::short_term, night));
}

TEST(Listener, ShowsTheLastFiftyPlaysOfMusicThatCount) {
  const auto recent = usual().recent(kNow);
  ASSERT_EQ(recent.size(), 50u);
  EXPECT_TRUE(std::is_sorted(recent.rbegin(), recent.rend()));
  for (const auto index : recent) {
    const auto& play = usual().plays()[index];
    EXPECT_EQ(play.kind, SimulatedPlay::Kind::track);
    EXPECT_GE(play.ms_played, 30'000);
    EXPECT_LE(play.ended_at, kNow);
  }
  EXPECT_NE(usual().recent(kNow + days(1)), recent);
  EXPECT_TRUE(usual().recent(*base::parse_utc("2001-01-01T00:00:00Z")).empty());
}

}  // namespace
}  // namespace soundlake::sim
