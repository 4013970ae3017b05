// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/files.hpp"
#include "soundlake/exports/compiled.hpp"
#include "soundlake/exports/sample_rows.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <map>
#include <set>

namespace soundlake::exports {
namespace {

using testing::Optional;

TEST(CompiledJson, HasTheShapePeopleKnow) {
  EXPECT_EQ(compiled_json(compile_artists(sample::two_artists()), false), R"([
  {
    "id": "a",
    "name": "=1+1 \"日本\"\n",
    "genres": [
      "rock",
      "art pop"
    ],
    "popularity": 0,
    "top_albums": [
      {
        "name": "Album al",
        "id": "al",
        "release_date": "2019",
        "total_tracks": 7
      }
    ],
    "top_tracks": [
      {
        "name": "Track t",
        "duration_min_sec": "62:00",
        "BPM": 136.902,
        "mode": "minor"
      }
    ]
  },
  {
    "id": "b",
    "name": "Listed b",
    "genres": null,
    "popularity": null,
    "top_albums": null,
    "top_tracks": null
  }
]
)");
}

TEST(CompiledJson, ProvenanceStandsBesideEachField) {
  EXPECT_EQ(compiled_json(compile_artists(sample::two_artists()), true), R"([
  {
    "id": "a",
    "name": "=1+1 \"日本\"\n",
    "genres": [
      "rock",
      "art pop"
    ],
    "genres_source": "musicbrainz",
    "genres_confidence": 0.9,
    "popularity": 0,
    "popularity_source": "spotify",
    "popularity_confidence": 1.0,
    "top_albums": [
      {
        "name": "Album al",
        "id": "al",
        "release_date": "2019",
        "total_tracks": 7
      }
    ],
    "top_albums_source": "spotify",
    "top_albums_confidence": null,
    "top_tracks": [
      {
        "name": "Track t",
        "duration_min_sec": "62:00",
        "BPM": 136.902,
        "BPM_source": "reccobeats",
        "BPM_confidence": 0.8,
        "mode": "minor",
        "mode_source": "reccobeats",
        "mode_confidence": 0.8
      }
    ],
    "top_tracks_source": "listener",
    "top_tracks_confidence": null
  },
  {
    "id": "b",
    "name": "Listed b",
    "genres": null,
    "genres_source": null,
    "genres_confidence": null,
    "popularity": null,
    "popularity_source": null,
    "popularity_confidence": null,
    "top_albums": null,
    "top_albums_source": null,
    "top_albums_confidence": null,
    "top_tracks": null,
    "top_tracks_source": null,
    "top_tracks_confidence": null
  }
]
)");
}

TEST(CompiledJson, NoGenreIsAnEmptyListAndAnUnknownOneNull) {
  CompiledArtist artist;
  artist.genres = sample::from<std::vector<std::string>>("spotify", {});
  const auto json = nlohmann::json::parse(compiled_json({artist}, false));
  EXPECT_EQ(json[0]["genres"], nlohmann::json::array());
  EXPECT_TRUE(json[0]["id"].is_null());
  EXPECT_TRUE(json[0]["name"].is_null());
}

TEST(CompiledJson, AnEmptyListIsStillJson) {
  EXPECT_EQ(compiled_json({}, false), "[]\n");
}

TEST(CompiledJson, InvalidUtf8IsRepairedRatherThanRefused) {
  CompiledArtist artist;
  artist.name = "a\xff";
  EXPECT_EQ(nlohmann::json::parse(compiled_json({artist}, false))[0]["name"], "a\xEF\xBF\xBD");
}

TEST(MinutesSeconds, SecondsAreFlooredAndMinutesCountOn) {
  EXPECT_THAT(minutes_seconds(260'999), Optional(std::string("04:20")));
  EXPECT_THAT(minutes_seconds(62 * 60'000), Optional(std::string("62:00")));
  EXPECT_THAT(minutes_seconds(600 * 60'000), Optional(std::string("600:00")));
  EXPECT_THAT(minutes_seconds(999), Optional(std::string("00:00")));
}

TEST(MinutesSeconds, NoLengthIsUnknown) {
  EXPECT_FALSE(minutes_seconds(std::nullopt));
  EXPECT_FALSE(minutes_seconds(0));
  EXPECT_FALSE(minutes_seconds(-1'000));
}

/// The type of every member of every object, by its path; numbers are one type.
using Shape = std::map<std::string, std::set<std::string>>;

void add_shape(const nlohmann::json& value, const std::string& path, Shape& shape) {
  shape[path].insert(value.type_name());
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) add_shape(member, path + '/' + key, shape);
  }
  if (value.is_array()) {
    for (const auto& item : value) add_shape(item, path + "/*", shape);
  }
}

TEST(CompiledJson, HasTheTypesOfARealFile) {
  const char* folder = std::getenv("SOUNDLAKE_RECORDED");
  if (folder == nullptr) GTEST_SKIP() << "SOUNDLAKE_RECORDED names no folder of recorded files";
  const auto recorded = base::read_file(std::filesystem::path(folder) / "top_artists_info.json");
  ASSERT_TRUE(recorded) << "no top_artists_info.json in " << folder;
  Shape expected;
  add_shape(nlohmann::json::parse(*recorded), "", expected);
  expected.erase("/*/appears_on");
  expected.erase("/*/appears_on/*");
  expected["/*/id"] = {"string"};

  auto artists = compile_artists(sample::two_artists());
  artists.resize(1);
  Shape shape;
  add_shape(nlohmann::json::parse(compiled_json(artists, false)), "", shape);
  // A real value may have been missing there; ours is complete.
  for (auto& [path, types] : expected) {
    if (types.size() > 1) types.erase("null");
  }
  EXPECT_EQ(shape, expected);
}

}  // namespace
}  // namespace soundlake::exports
