// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/album_choice.hpp"

#include <gmock/gmock.h>

namespace soundlake::spotify {
namespace {

AlbumObject album(const std::string& name, const std::string& date, const char* group = "album") {
  AlbumObject object;
  object.id = name + date;
  object.name = name;
  if (!date.empty()) object.release_date = date;
  object.album_group = group;
  return object;
}

std::vector<std::string> names(const std::vector<AlbumObject>& albums) {
  std::vector<std::string> result;
  for (const AlbumObject& object : albums) result.push_back(*object.name);
  return result;
}

TEST(PlainTitles, LoseWhatOnlyTellsEditionsApart) {
  for (const char* title :
       {"Planet Pit", "Planet Pit (Deluxe Version)", "PLANET PIT [Deluxe]",
        "Planet Pit - 2011 Remaster", "Planet Pit (Deluxe) [2021 Remastered]",
        "Planet Pit (10th Anniversary Edition)", "Planet Pit - Expanded Edition"}) {
    EXPECT_EQ(plain_title(title), "planet pit") << title;
  }
}

TEST(PlainTitles, KeepWhatBelongsToTheTitle) {
  EXPECT_EQ(plain_title("1989 (Taylor's)"), "1989 (taylor's)");
  EXPECT_EQ(plain_title("Gotti (Original Motion Picture Soundtrack)"),
            "gotti (original motion picture soundtrack)");
  EXPECT_EQ(plain_title("(Deluxe)"), "(deluxe)");
  EXPECT_EQ(plain_title("Global Warming: Meltdown"), "global warming: meltdown");
  EXPECT_EQ(plain_title(""), "");
}

TEST(ChosenAlbums, AreTheFiveNewestWithEditionsCountedOnce) {
  const std::vector<AlbumObject> albums = {album("A (Deluxe)", "2022-03-01"),
                                           album("A", "2022-01-01"),
                                           album("B", "2021"),
                                           album("C", "2020-05"),
                                           album("D (Remastered)", "2024-01-01"),
                                           album("D", "1970-01-01"),
                                           album("E", "2019"),
                                           album("F", "2018")};
  EXPECT_EQ(distinct_titles(albums), 6u);
  EXPECT_THAT(names(choose_albums(albums)), testing::ElementsAre("A", "B", "C", "E", "F"));
}

TEST(ChosenAlbums, LeaveOutWhatTheArtistOnlyAppearsOnAndWhatHasNoName) {
  AlbumObject nameless = album("x", "2025");
  nameless.name.reset();
  EXPECT_THAT(
      names(choose_albums({album("Guest", "2024", "appears_on"), album("Single", "2024", "single"),
                           nameless, album("Own", "2001")})),
      testing::ElementsAre("Own"));
}

TEST(ChosenAlbums, WithoutADateComeLast) {
  EXPECT_THAT(names(choose_albums({album("Undated", ""), album("Old", "1960")})),
              testing::ElementsAre("Old", "Undated"));
}

}  // namespace
}  // namespace soundlake::spotify
