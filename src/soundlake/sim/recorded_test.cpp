// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/files.hpp"
#include "soundlake/sim/shapes.hpp"
#include "soundlake/sim/spotify_fixture.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <set>

namespace soundlake::sim {
namespace {

using nlohmann::ordered_json;

/// Each place in a document with the keys that objects there have, over all list items.
using KeySets = std::map<std::string, std::set<std::string>>;

void collect(const ordered_json& value, const std::string& place, KeySets& into) {
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) {
      into[place].insert(key);
      collect(member, place + "." + key, into);
    }
  } else if (value.is_array()) {
    for (const auto& item : value) collect(item, place + "[]", into);
  }
}

KeySets key_sets(const ordered_json& value) {
  KeySets sets;
  collect(value, "", sets);
  return sets;
}

class RecordedTest : public SpotifyFixture {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("SOUNDLAKE_RECORDED");
    if (folder == nullptr || *folder == '\0')
      GTEST_SKIP() << "SOUNDLAKE_RECORDED names no folder of recorded answers";
    folder_ = std::filesystem::path(folder) / "spotify";
  }
  ordered_json recorded(const std::string& name) {
    const auto bytes = base::read_file(folder_ / name);
    EXPECT_TRUE(bytes) << name;
    return ordered_json::parse(bytes.value_or("null"));
  }
  /// `without`: keys that only some recorded objects have, because of where a track is withheld.
  void expect_same_keys(const std::string& name, const ordered_json& ours,
                        const std::set<std::string>& without = {}) {
    auto theirs = key_sets(recorded(name));
    for (auto set = theirs.begin(); set != theirs.end();) {
      for (const auto& key : without) set->second.erase(key);
      const bool below = std::any_of(without.begin(), without.end(), [&](const std::string& key) {
        return set->first.ends_with("." + key);
      });
      set = below ? theirs.erase(set) : std::next(set);
    }
    EXPECT_EQ(key_sets(ours), theirs) << name;
  }

 private:
  std::filesystem::path folder_;
};

TEST_F(RecordedTest, AnswersHaveTheKeysOfRealOnes) {
  expect_same_keys("top_artists.json", get_json("/me/top/artists?limit=48"));
  expect_same_keys("top_tracks.json", get_json("/me/top/tracks?limit=48"), {"restrictions"});
  expect_same_keys("recently_played_tracks.json", get_json("/me/player/recently-played?limit=48"));
  expect_same_keys("artist.json", get_json("/artists/" + first_artist()));
  expect_same_keys("artist_albums.json",
                   get_json("/artists/" + first_artist() + "/albums?limit=48"));
  expect_same_keys("get_album.json", get_json("/albums/" + some_album()));
  expect_same_keys("album_tracks.json", get_json("/albums/" + some_album() + "/tracks?limit=48"));
  expect_same_keys("search.json", get_json("/search?type=track&q=a"));
}

TEST_F(RecordedTest, AudioFeaturesHaveTheKeysOfRealOnes) {
  for (const auto& track : items_of("/me/top/tracks?limit=5")) {
    const auto response = get("/audio-features/" + track["id"].get<std::string>());
    if (response.status == 200)
      expect_same_keys("audio_features.json", ordered_json::parse(response.body));
  }
}

TEST_F(RecordedTest, TheRateLimitIsToldAsRecorded) {
  spotify().change({.window_ceiling = 1});
  get("/me");
  EXPECT_EQ(ordered_json::parse(get("/me").body), recorded("rate_limit.json"));
}

}  // namespace

/// Spotify's OpenAPI file is the only source for /me, which nobody recorded.
TEST(Person, HasTheKeysOfSpotifysOpenApi) {
  const Listener listener(1, 3, 10, *base::parse_utc("2026-11-20T12:00:00Z"));
  const Shapes shapes(listener.catalogue(), true);
  const auto person = shapes.person(listener, {"user-read-email", "user-read-private"});
  EXPECT_EQ(key_sets(person)[""],
            (std::set<std::string>{"account_id", "country", "display_name", "email",
                                   "explicit_content", "external_urls", "followers", "href", "id",
                                   "images", "product", "type", "uri"}));
}

}  // namespace soundlake::sim
