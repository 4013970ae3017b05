// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/row_teller.hpp"

#include "soundlake/history/export_test_support.hpp"
#include "soundlake/history/json_rows.hpp"

namespace soundlake::history {
namespace {

struct Told {
  std::string reason;  ///< why the row was rejected
  std::optional<lake::Play> play;
};

/// What becomes of one row, given as the inside of an object.
Told tell(const std::string& fields, bool videos = false, RowFormat format = RowFormat::extended) {
  const std::string json = "[{" + fields + "}]";
  JsonRows rows;
  RawRow row;
  std::size_t at = 0;
  EXPECT_EQ(rows.next(json, at, row), JsonRows::Step::row) << json;
  RowTeller teller(format, videos);
  Told told{teller.tell(row), std::nullopt};
  if (told.reason.empty()) told.play = to_play(teller.plays(), 0);
  return told;
}

/// A row that tells its time and length, and this.
lake::Play play_with(const std::string& fields, bool videos = false) {
  const auto told = tell(R"("ts":"2024-03-01T10:00:00Z","ms_played":1000,)" + fields, videos);
  EXPECT_EQ(told.reason, "") << fields;
  return told.play.value_or(lake::Play{});
}

lake::Play account_play(const std::string& fields, RowFormat format) {
  return tell(R"("endTime" : "2024-03-01 10:00", "msPlayed" : 1000, )" + fields, false, format)
      .play.value_or(lake::Play{});
}

RowFormat format_of_fields(const std::string& fields) {
  const std::string json = "[{" + fields + "}]";
  JsonRows rows;
  RawRow row;
  std::size_t at = 0;
  rows.next(json, at, row);
  const auto format = format_of(row);
  EXPECT_TRUE(format) << fields;
  return format.value_or(RowFormat::extended);
}

TEST(RowTeller, ATrackRowTellsEverythingThatIsKept) {
  const auto told = tell(extended_fields(3));
  ASSERT_TRUE(told.play);
  const auto& play = *told.play;
  EXPECT_EQ(base::format_utc(play.played_at), "2024-03-01T10:13:07Z");
  EXPECT_EQ(play.started_at, play.played_at - std::chrono::milliseconds(30'003));
  EXPECT_EQ(play.reported_at, "2024-03-01T10:13:07Z");
  EXPECT_EQ(play.ms_played, 30'003);
  EXPECT_EQ(play.kind, "track");
  EXPECT_EQ(play.spotify_uri, "spotify:track:3");
  EXPECT_EQ(play.track_name, "Song 3");
  EXPECT_EQ(play.artist_name, "Band 3");
  EXPECT_EQ(play.album_name, "Album");
  EXPECT_EQ(play.platform, "ios");
  EXPECT_EQ(play.country, "DE");
  EXPECT_EQ(play.reason_start, "trackdone");
  EXPECT_EQ(play.reason_end, "fwdbtn");
  EXPECT_EQ(play.shuffle, true);
  EXPECT_EQ(play.skipped, false);
  EXPECT_EQ(play.offline, false);
  EXPECT_EQ(play.incognito, false);
  EXPECT_EQ(play.source, "extended");
}

TEST(RowTeller, WhoAndWhereAPersonWasGoesNowhere) {
  const std::string json =
      R"([{"ts":"2020-03-01T10:00:00Z","ms_played":1,"username":"somebody","ip_addr":"203.0.113.7",
          "ip_addr_decrypted":"203.0.113.7","user_agent_decrypted":"Agent%2F1","city":"Bonn",
          "platform":"Partner android_tv Sony;BRAVIA_4K;c0ffee;;tpapi"}])";
  JsonRows rows;
  RawRow row;
  std::size_t at = 0;
  ASSERT_EQ(rows.next(json, at, row), JsonRows::Step::row);
  RowTeller teller(RowFormat::extended, false);
  ASSERT_EQ(teller.tell(row), "");
  EXPECT_EQ(teller.plays().texts.characters, "tv");
}

TEST(RowTeller, KindFollowsWhatTheRowNames) {
  EXPECT_EQ(play_with(R"("spotify_track_uri":"spotify:track:1")").kind, "track");
  EXPECT_EQ(play_with(R"("master_metadata_track_name":"A")").kind, "track");
  EXPECT_EQ(play_with(R"("spotify_episode_uri":"spotify:episode:1")").kind, "episode");
  EXPECT_EQ(play_with(R"("episode_name":"E","episode_show_name":"S")").kind, "episode");
  EXPECT_EQ(play_with(R"("audiobook_title":"B","audiobook_uri":"spotify:show:1")").kind, "chapter");
  EXPECT_EQ(play_with(R"("spotify_track_uri":null,"episode_name":"")").kind, "unknown");
}

TEST(RowTeller, OnlyTheNameOfTheFileTellsMusicVideosFromTracks) {
  EXPECT_EQ(play_with(R"("spotify_track_uri":"spotify:track:1")", true).kind, "video");
  EXPECT_EQ(play_with(R"("spotify_episode_uri":"spotify:episode:1")", true).kind, "episode");
  EXPECT_EQ(play_with(R"("spotify_track_uri":null)", true).kind, "unknown");
}

TEST(RowTeller, TheUriIsThatOfTheChapterBeforeThatOfTheBook) {
  const auto play = play_with(
      R"("audiobook_title":"B","audiobook_uri":"spotify:show:1","audiobook_chapter_uri":"spotify:episode:2",
         "audiobook_chapter_title":"C")");
  EXPECT_EQ(play.spotify_uri, "spotify:episode:2");
  EXPECT_EQ(play.audiobook_name, "B");
  EXPECT_EQ(play.chapter_name, "C");
}

TEST(RowTeller, AnEmptyTextIsUnknown) {
  const auto play = play_with(R"("reason_start":"","spotify_track_uri":"","conn_country":"")");
  EXPECT_EQ(play.reason_start, std::nullopt);
  EXPECT_EQ(play.spotify_uri, std::nullopt);
  EXPECT_EQ(play.country, std::nullopt);
}

TEST(RowTeller, CountryIsKeptAsGiven) {
  EXPECT_EQ(play_with(R"("conn_country":"ZZ")").country, "ZZ");
}

TEST(RowTeller, WrongTypesOfWhatIsNotNeededAreUnknownAndTheRowStays) {
  const auto play = play_with(
      R"("spotify_track_uri":7,"shuffle":"true","skipped":1,"offline":[],"incognito_mode":{},
         "reason_end":false,"conn_country":["DE"],"platform":3,"offline_timestamp":"1600000000000",
         "master_metadata_track_name":{"a":1})");
  EXPECT_EQ(play.kind, "unknown");
  EXPECT_EQ(play.shuffle, std::nullopt);
  EXPECT_EQ(play.skipped, std::nullopt);
  EXPECT_EQ(play.offline, std::nullopt);
  EXPECT_EQ(play.incognito, std::nullopt);
  EXPECT_EQ(play.reason_end, std::nullopt);
  EXPECT_EQ(play.country, std::nullopt);
  EXPECT_EQ(play.platform, std::nullopt);
  EXPECT_EQ(base::format_utc(play.played_at), "2024-03-01T10:00:00Z");
}

TEST(RowTeller, SkippedFalseIsUnknownWhileSpotifyWroteNothingElse) {
  const auto skipped = [](const std::string& ts, const std::string& value) {
    return tell("\"ts\":\"" + ts + "\",\"ms_played\":1,\"skipped\":" + value).play->skipped;
  };
  EXPECT_EQ(skipped("2021-01-01T00:00:00Z", "false"), std::nullopt);
  EXPECT_EQ(skipped("2021-01-01T00:00:00Z", "true"), true);
  EXPECT_EQ(skipped("2023-01-01T00:00:00Z", "false"), false);
  EXPECT_EQ(skipped("2023-01-01T00:00:00Z", "null"), std::nullopt);
}

TEST(RowTeller, AnOfflinePlayHappenedWhenItStartedNotWhenItWasUploaded) {
  const auto play = *tell(R"("ts":"2020-05-05T10:00:00Z","ms_played":180000,"offline":true,
                            "offline_timestamp":1588622400123)")
                         .play;
  EXPECT_EQ(base::format_utc(play.started_at), "2020-05-04T20:00:00.123Z");
  EXPECT_EQ(base::format_utc(play.played_at), "2020-05-04T20:03:00.123Z");
  EXPECT_EQ(play.reported_at, "2020-05-05T10:00:00Z");
}

TEST(RowTeller, RejectsWhatHasNoTimeOrNoLengthAndSaysWhy) {
  const auto reason = [](const std::string& fields) { return tell(fields).reason; };
  const std::string ts = R"("ts":"2024-03-01T10:00:00Z")";
  EXPECT_EQ(reason(R"("ms_played":1)"), "ts is missing");
  EXPECT_EQ(reason(R"("ts":null,"ms_played":1)"), "ts is null");
  EXPECT_EQ(reason(R"("ts":"some\u001b[31m day","ms_played":1)"), "ts is \"some\\x1b[31m day\"");
  EXPECT_EQ(reason(R"("ts":1709290000,"ms_played":1)"), "ts is 1709290000");
  EXPECT_EQ(reason(ts), "ms_played is missing");
  EXPECT_EQ(reason(ts + R"(,"ms_played":"1000")"), "ms_played is \"1000\"");
  EXPECT_EQ(reason(ts + R"(,"ms_played":-5)"), "ms_played is -5");
  EXPECT_EQ(reason(ts + R"(,"ms_played":0.5)"), "ms_played is 0.5");
  EXPECT_EQ(reason(ts + R"(,"ms_played":604800001)"),
            "ms_played is 604800001, more than seven days");
  EXPECT_EQ(reason(ts + R"(,"ms_played":99999999999999999999)"),
            "ms_played is 99999999999999999999");
  EXPECT_EQ(reason(ts + R"(,"ms_played":1-2)"), "ms_played is 1-2");
}

TEST(RowTeller, KeepsTheShortestAndTheLongestPlay) {
  for (const auto* ms : {"0", "-0", "604800000", "3.0", "1e3"}) {
    EXPECT_EQ(tell(std::string(R"("ts":"2024-03-01T10:00:00Z","ms_played":)") + ms).reason, "")
        << ms;
  }
}

TEST(RowTeller, TheSameUriWithOtherNamesIsAnotherContent) {
  RowTeller teller(RowFormat::extended, false);
  for (const auto* name : {"Old", "New", "Old", "N\\u0065w", "Ä", "\\u00c4", "a\\\\nb", "a\\nb"}) {
    const std::string json =
        std::string(R"([{"ts":"2024-03-01T10:00:00Z","ms_played":1,"spotify_track_uri":"u",
                        "master_metadata_track_name":")") +
        name + "\"}]";
    JsonRows rows;
    RawRow row;
    std::size_t at = 0;
    rows.next(json, at, row);
    ASSERT_EQ(teller.tell(row), "");
  }
  const auto& codes = teller.plays().content;
  EXPECT_THAT(codes, testing::ElementsAre(0, 1, 0, 1, 2, 2, 3, 4));
  EXPECT_EQ(to_play(teller.plays(), 6).track_name, "a\\nb");
  EXPECT_EQ(to_play(teller.plays(), 7).track_name, "a\nb");
}

/// Tells a row of the track "u".
void tell_track(RowTeller& teller) {
  JsonRows rows;
  RawRow row;
  std::size_t at = 0;
  rows.next(R"([{"ts":"2024-03-01T10:00:00Z","ms_played":1,"spotify_track_uri":"u"}])", at, row);
  EXPECT_EQ(teller.tell(row), "");
}

TEST(RowTeller, ATrackOfOneFileIsAVideoInAFileOfVideos) {
  RowTeller teller(RowFormat::extended, false);
  tell_track(teller);
  teller.begin(RowFormat::extended, true);
  tell_track(teller);
  EXPECT_EQ(to_play(teller.plays(), 0).kind, "track");
  EXPECT_EQ(to_play(teller.plays(), 1).kind, "video");
}

TEST(RowTeller, WhatIsNamedAgainBehindTakenRowsHasTheSameNumber) {
  RowTeller teller(RowFormat::extended, false);
  tell_track(teller);
  const auto first = teller.take_rows();
  tell_track(teller);
  const auto second = teller.take_rows();
  EXPECT_EQ(first.rows(), 1U);
  EXPECT_EQ(second.content, first.content);
  EXPECT_EQ(teller.plays().rows(), 0U);
  EXPECT_EQ(teller.plays().contents.size(), 1U);
}

TEST(RowTeller, AccountRowsTellNamesMinuteAndLength) {
  const auto music =
      account_play(R"("artistName" : "Band", "trackName" : "Song")", RowFormat::account_music);
  EXPECT_EQ(music.source, "account");
  EXPECT_EQ(music.kind, "track");
  EXPECT_EQ(music.track_name, "Song");
  EXPECT_EQ(music.artist_name, "Band");
  EXPECT_EQ(music.reported_at, "2024-03-01 10:00");
  EXPECT_EQ(base::format_utc(music.played_at), "2024-03-01T10:00:00Z");
  const auto podcast =
      account_play(R"("podcastName" : "Show", "episodeName" : "One")", RowFormat::account_podcast);
  EXPECT_EQ(podcast.kind, "episode");
  EXPECT_EQ(podcast.show_name, "Show");
  EXPECT_EQ(podcast.episode_name, "One");
  const auto book =
      account_play(R"("audiobookName" : "Book", "chapterName" : "1", "authorName" : "Writer")",
                   RowFormat::account_audiobook);
  EXPECT_EQ(book.kind, "chapter");
  EXPECT_EQ(book.audiobook_name, "Book");
  EXPECT_EQ(book.chapter_name, "1");
  EXPECT_EQ(book.artist_name, std::nullopt);
  EXPECT_EQ(tell(R"("endTime":"soon","msPlayed":1)", false, RowFormat::account_music).reason,
            "endTime is \"soon\"");
}

TEST(RowTeller, TheFormatIsToldByKeys) {
  EXPECT_EQ(format_of_fields(extended_fields(1)), RowFormat::extended);
  EXPECT_EQ(format_of_fields(R"("ms_played":1,"conn_country":"DE","reason_end":"x")"),
            RowFormat::extended);
  EXPECT_EQ(format_of_fields(R"("endTime":"a","artistName":"b","trackName":"c","msPlayed":1)"),
            RowFormat::account_music);
  EXPECT_EQ(format_of_fields(R"("endTime":"a","podcastName":"b","episodeName":"c","msPlayed":1)"),
            RowFormat::account_podcast);
  EXPECT_EQ(format_of_fields(R"("endTime":"a","audiobookName":"b","chapterName":"c","msPlayed":1)"),
            RowFormat::account_audiobook);
  RawRow other;
  other[Field::platform].type = RawValue::Type::text;
  EXPECT_FALSE(format_of(other));
}

}  // namespace
}  // namespace soundlake::history
