// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/endpoints.hpp"

#include "soundlake/base/hash.hpp"
#include "soundlake/sim/spotify_fixture.hpp"

#include <gmock/gmock.h>

#include <set>

namespace soundlake::sim {
namespace {

using nlohmann::ordered_json;
using testing::HasSubstr;
using testing::StartsWith;

std::set<std::string> keys(const ordered_json& object) {
  std::set<std::string> names;
  for (const auto& [key, value] : object.items()) names.insert(key);
  return names;
}

class EndpointsTest : public SpotifyFixture {
 protected:
  /// The link below /v1, as a client that rebases it would ask.
  static std::string rebased(const ordered_json& link) {
    const std::string root = "https://api.spotify.com/v1";
    EXPECT_THAT(link.get<std::string>(), StartsWith(root));
    return link.get<std::string>().substr(root.size());
  }
  /// The ids of all pages from this one on.
  std::vector<std::string> follow(std::string target) {
    std::vector<std::string> ids;
    while (true) {
      const auto body = get_json(target);
      for (const auto& item : body["items"]) ids.push_back(item["id"]);
      if (body["next"].is_null()) return ids;
      target = rebased(body["next"]);
    }
  }
};

TEST_F(EndpointsTest, GivesARestrictedAppOnlyTheSevenKeysOfAnArtist) {
  be(AppClass::restricted);
  const std::set<std::string> seven = {"external_urls", "href", "id", "images",
                                       "name",          "type", "uri"};
  for (const auto& artist : items_of("/me/top/artists?limit=50")) EXPECT_EQ(keys(artist), seven);
  EXPECT_EQ(keys(get_json("/artists/" + first_artist())), seven);
}

TEST_F(EndpointsTest, CutsTracksAlbumsAndThePersonForARestrictedApp) {
  be(AppClass::restricted);
  const auto track = get_json("/me/top/tracks?limit=1")["items"][0];
  for (const char* gone : {"popularity", "available_markets", "linked_from"})
    EXPECT_FALSE(track.contains(gone)) << gone;
  EXPECT_TRUE(track.contains("is_playable"));
  EXPECT_TRUE(track["external_ids"].contains("isrc"));
  EXPECT_FALSE(track["album"].contains("available_markets"));
  const auto album = get_json("/albums/" + some_album());
  for (const char* gone : {"popularity", "available_markets", "label", "album_group"})
    EXPECT_FALSE(album.contains(gone)) << gone;
  EXPECT_TRUE(album["external_ids"].contains("upc"));
  const auto listed = get_json("/artists/" + first_artist() + "/albums")["items"][0];
  EXPECT_FALSE(listed.contains("album_group"));
  EXPECT_EQ(keys(get_json("/me")),
            (std::set<std::string>{"account_id", "display_name", "external_urls", "href", "id",
                                   "images", "type", "uri"}));
}

TEST_F(EndpointsTest, ClosesEndpointsByClass) {
  struct Case {
    AppClass app_class;
    int batches, top_tracks, features;
  };
  for (const auto& [app_class, batches, top_tracks, features] :
       {Case{AppClass::restricted, 403, 403, 403}, Case{AppClass::postponed, 200, 200, 403},
        Case{AppClass::extended, 200, 200, 200}}) {
    be(app_class);
    const auto artist = first_artist();
    const auto track = first_track();
    EXPECT_EQ(get("/artists?ids=" + artist).status, batches) << name_of(app_class);
    EXPECT_EQ(get("/albums?ids=" + some_album()).status, batches) << name_of(app_class);
    EXPECT_EQ(get("/tracks?ids=" + track).status, batches) << name_of(app_class);
    EXPECT_EQ(get("/artists/" + artist + "/top-tracks?market=US").status, top_tracks)
        << name_of(app_class);
    EXPECT_EQ(get("/audio-features?ids=" + track).status, features) << name_of(app_class);
  }
}

TEST_F(EndpointsTest, RefusesInTheShapesThatPeopleReceived) {
  be(AppClass::restricted);
  EXPECT_EQ(get("/artists/" + first_artist() + "/top-tracks").body,
            R"({"error":{"status":403,"message":"Forbidden"}})");
  EXPECT_EQ(get("/audio-features/" + first_track()).body, R"({"error":{"status":403}})");
  EXPECT_EQ(get("/artists/nonsense").body, R"({"error":{"status":400,"message":"invalid id"}})");
  EXPECT_EQ(get("/artists/0000000000000000000000").body,
            R"({"error":{"status":404,"message":"Resource not found"}})");
  EXPECT_EQ(get("/artists/" + first_artist() + "/albums?limit=11").body,
            R"({"error":{"status":400,"message":"Invalid limit"}})");
  EXPECT_EQ(get("/recommendations").status, 404);
  EXPECT_EQ(get("/").status, 404);
}

TEST_F(EndpointsTest, AsksForScopes) {
  const auto sign_in =
      ask("GET", "/authorize?response_type=code&scope=user-read-email&redirect_uri=" +
                     net::url_encode("http://127.0.0.1/callback") +
                     "&client_id=" + spotify().client_id());
  const auto location = *net::find_header(sign_in.headers, "location");
  const auto code = net::parse_query(location.substr(location.find('?') + 1)).at("code");
  const auto tokens = nlohmann::json::parse(
      post_token({{"grant_type", "authorization_code"},
                  {"code", code},
                  {"redirect_uri", "http://127.0.0.1/callback"},
                  {"client_secret", ""}},
                 {{"Authorization", "Basic " + base::base64(spotify().client_id() + ":" +
                                                            spotify().client_secret().reveal())}})
          .body);
  const net::Headers bearer = {
      {"Authorization", "Bearer " + tokens["access_token"].get<std::string>()}};
  for (const char* target : {"/v1/me/top/artists", "/v1/me/player/recently-played"}) {
    const auto response = ask("GET", target, bearer);
    EXPECT_EQ(response.body, R"({"error":{"status":403,"message":"Insufficient client scope"}})")
        << target;
  }
  EXPECT_EQ(ask("GET", "/v1/me", bearer).status, 200);
}

TEST_F(EndpointsTest, PagesWithLinksToTheHostThatSpotifyNames) {
  const auto all = follow("/me/top/tracks?limit=50&time_range=medium_term");
  EXPECT_GT(all.size(), 50u);
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), all.size());
  const auto second = get_json("/me/top/tracks?limit=7&offset=10&time_range=medium_term");
  EXPECT_EQ(second["total"], all.size());
  EXPECT_EQ(second["items"][0]["id"], all[10]);
  EXPECT_EQ(get_json(rebased(second["previous"]))["items"][0]["id"], all[3]);
  const auto beyond = get_json("/me/top/tracks?limit=50&offset=100000");
  EXPECT_TRUE(beyond["items"].empty());
  EXPECT_TRUE(beyond["next"].is_null());
}

TEST_F(EndpointsTest, KnowsTheLimitsOfEachEndpoint) {
  const auto artist = first_artist();
  const auto track = get("/me/top/tracks?limit=51");
  EXPECT_EQ(track.status, 400);
  EXPECT_EQ(get("/me/top/artists?limit=0").status, 400);
  EXPECT_EQ(get("/me/top/artists?limit=x").status, 400);
  EXPECT_EQ(get("/me/top/artists?offset=-1").status, 400);
  EXPECT_EQ(get("/me/top/artists?time_range=ever").status, 400);
  EXPECT_EQ(get("/me/top/genres").status, 404);
  EXPECT_EQ(get_json("/me/top/artists")["limit"], 20);
  EXPECT_EQ(get("/artists/" + artist + "/albums?limit=50").status, 200);
  spotify().change({.album_page_limit = 10});
  EXPECT_EQ(get("/artists/" + artist + "/albums?limit=50").status, 400);
  be(AppClass::restricted);
  EXPECT_EQ(get_json("/artists/" + artist + "/albums")["limit"], 5);
  EXPECT_EQ(get("/artists/" + artist + "/albums?limit=10").status, 200);
  EXPECT_EQ(get("/search?q=x&type=artist&limit=11").status, 400);
}

TEST_F(EndpointsTest, ListsAlbumsByGroup) {
  for (const auto& artist : items_of("/me/top/artists?limit=50")) {
    const std::string path = "/artists/" + artist["id"].get<std::string>() + "/albums?limit=10";
    std::size_t sum = 0;
    for (const std::string group : {"album", "single", "compilation", "appears_on"}) {
      const auto body = get_json(path + "&include_groups=" + group);
      sum += body["total"].get<std::size_t>();
      for (const auto& item : body["items"]) EXPECT_EQ(item["album_group"], group);
    }
    EXPECT_EQ(follow(path).size(), sum);
  }
  EXPECT_EQ(get("/artists/" + first_artist() + "/albums?include_groups=tapes").status, 400);
}

TEST_F(EndpointsTest, HidesAlbumsUntilTheyAreOut) {
  auto options = small(AppClass::extended);
  options.clock = base::fixed_clock(*base::parse_utc("2026-02-01T12:00:00Z"));
  begin(options);
  std::size_t before = 0, after = 0;
  const auto artists = get_json("/me/top/artists?limit=50&time_range=medium_term")["items"];
  for (const auto& artist : artists)
    before += follow("/artists/" + artist["id"].get<std::string>() + "/albums?limit=50").size();
  spotify().advance(std::chrono::days(170));
  const auto token = fresh_token();
  for (const auto& artist : artists) {
    const auto response =
        ask("GET", "/v1/artists/" + artist["id"].get<std::string>() + "/albums?limit=50",
            {{"Authorization", "Bearer " + token}});
    after += ordered_json::parse(response.body)["total"].get<std::size_t>();
  }
  EXPECT_GT(after, before);
}

TEST_F(EndpointsTest, ShowsRecentPlaysNewestFirstAndNoMoreThanFifty) {
  const auto page = get_json("/me/player/recently-played?limit=50");
  ASSERT_EQ(page["items"].size(), 50u);
  for (std::size_t i = 1; i < 50; ++i)
    EXPECT_GT(page["items"][i - 1]["played_at"].get<std::string>(),
              page["items"][i]["played_at"].get<std::string>());
  const auto newest = *base::parse_utc(page["items"][0]["played_at"].get<std::string>());
  EXPECT_EQ(page["cursors"]["after"], std::to_string(base::to_unix_ms(newest)));
  const auto exhausted = get_json(rebased(page["next"]));
  EXPECT_TRUE(exhausted["items"].empty());
  EXPECT_TRUE(exhausted["next"].is_null());
  EXPECT_TRUE(exhausted["cursors"].is_null());
}

TEST_F(EndpointsTest, TakesEitherCursorButNotBoth) {
  const auto all = get_json("/me/player/recently-played?limit=50")["items"];
  const auto ms = [&](std::size_t i) {
    return std::to_string(
        base::to_unix_ms(*base::parse_utc(all[i]["played_at"].get<std::string>())));
  };
  const auto after = get_json("/me/player/recently-played?limit=50&after=" + ms(10))["items"];
  ASSERT_EQ(after.size(), 10u);
  EXPECT_EQ(after[9]["played_at"], all[9]["played_at"]);
  const auto before = get_json("/me/player/recently-played?limit=5&before=" + ms(10))["items"];
  ASSERT_EQ(before.size(), 5u);
  EXPECT_EQ(before[0]["played_at"], all[11]["played_at"]);
  EXPECT_EQ(get("/me/player/recently-played?before=1&after=1").status, 400);
  EXPECT_EQ(get("/me/player/recently-played?after=soon").status, 400);
  EXPECT_TRUE(get_json("/me/player/recently-played?after=" + ms(0))["cursors"].is_null());
}

TEST_F(EndpointsTest, HearsNewPlaysAsTheClockMovesOn) {
  const auto ms =
      get_json("/me/player/recently-played?limit=1")["cursors"]["after"].get<std::string>();
  spotify().advance(std::chrono::hours(24 * 14));
  const auto token = fresh_token();
  const auto later = ask("GET", "/v1/me/player/recently-played?limit=50&after=" + ms,
                         {{"Authorization", "Bearer " + token}});
  EXPECT_FALSE(ordered_json::parse(later.body)["items"].empty());
}

TEST_F(EndpointsTest, AnswersBatchesInOrderWithNullForTheUnknown) {
  const auto track = first_track();
  const auto body = get_json("/audio-features?ids=0000000000000000000000," + track);
  ASSERT_EQ(body["audio_features"].size(), 2u);
  EXPECT_TRUE(body["audio_features"][0].is_null());
  EXPECT_TRUE(body["audio_features"][1].is_null() || body["audio_features"][1]["id"] == track);
  std::string many = track;
  for (int i = 0; i < 50; ++i) many += "," + track;
  EXPECT_EQ(get("/tracks?ids=" + many).status, 400);
  EXPECT_EQ(get("/tracks?ids=").status, 400);
}

TEST_F(EndpointsTest, FindsByWordsAndByFields) {
  const auto artist = get_json("/me/top/artists?limit=1")["items"][0];
  const auto name = artist["name"].get<std::string>();
  const auto found = get_json("/search?type=artist,track&limit=50&q=" +
                              net::url_encode("artist:\"" + name + "\""));
  EXPECT_EQ(found["artists"]["items"][0]["name"], name);
  EXPECT_FALSE(found["tracks"]["items"].empty());
  for (const auto& track : found["tracks"]["items"]) EXPECT_EQ(track["artists"][0]["name"], name);
  const auto track = get_json("/me/top/tracks?limit=1")["items"][0];
  const auto by_isrc =
      get_json("/search?type=track&q=isrc:" + track["external_ids"]["isrc"].get<std::string>());
  EXPECT_EQ(by_isrc["tracks"]["items"][0]["external_ids"], track["external_ids"]);
  EXPECT_EQ(get("/search?type=track").status, 400);
  EXPECT_EQ(get("/search?q=x").status, 400);
  EXPECT_EQ(get("/search?q=x&type=mood").status, 400);
}

TEST_F(EndpointsTest, CountsEachEndpointUnderItsQuota) {
  const auto bucket = [](const char* path) { return bucket_of(api_path(path)); };
  EXPECT_EQ(bucket("/v1/me"), "me");
  EXPECT_EQ(bucket("/v1/me/top/artists"), "top");
  EXPECT_EQ(bucket("/v1/me/player/recently-played"), "recently-played");
  EXPECT_EQ(bucket("/v1/artists/x"), "artists");
  EXPECT_EQ(bucket("/v1/artists"), "artists-several");
  EXPECT_EQ(bucket("/v1/artists/x/albums"), "artist-albums");
  EXPECT_EQ(bucket("/v1/artists/x/top-tracks"), "artist-top-tracks");
  EXPECT_EQ(bucket("/v1/albums/x/tracks"), "album-tracks");
  EXPECT_EQ(bucket("/v1/tracks"), "tracks-several");
  EXPECT_EQ(bucket("/v1/audio-features"), "audio-features");
  EXPECT_EQ(bucket("/v1/search"), "search");
  EXPECT_EQ(bucket("/v1/elsewhere"), "other");
}

}  // namespace
}  // namespace soundlake::sim
