// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/codec.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/lake/random_rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace soundlake::lake {
namespace {

template <class Row>
class CodecOf : public testing::Test {};
using AllRows = testing::Types<Artist, Album, Track, TopArtist, TopTrack, ArtistAlbum,
                               ArtistTopTrack, Fact, Play, Gap, Run>;
TYPED_TEST_SUITE(CodecOf, AllRows);

template <class Row>
std::vector<Row> sorted_rows(std::uint64_t seed, std::size_t count) {
  auto rows = RandomRows(seed).rows<Row>(count);
  sort_rows(rows);
  return rows;
}

TYPED_TEST(CodecOf, GivesBackEveryValueThatWentIn) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const auto rows = sorted_rows<TypeParam>(seed, seed * seed * 5);
    EXPECT_TRUE(decode<TypeParam>(encode(rows), "a file") == rows) << "seed " << seed;
  }
}

TYPED_TEST(CodecOf, GivesBackAnEmptyTable) {
  EXPECT_TRUE(decode<TypeParam>(encode(std::vector<TypeParam>{}), "a file").empty());
}

TYPED_TEST(CodecOf, GivesBackRowsInWhichNothingIsKnown) {
  const std::vector<TypeParam> rows(3);
  EXPECT_TRUE(decode<TypeParam>(encode(rows), "a file") == rows);
}

TYPED_TEST(CodecOf, WritesTheSameBytesWhateverOrderRowsComeIn) {
  RandomRows random(7);
  auto rows = random.rows<TypeParam>(200);
  // Rows that agree in all sort columns, and rows that agree in everything.
  rows.resize(220);
  rows.insert(rows.end(), rows.begin(), rows.begin() + 20);
  const auto bytes = encode(rows);
  for (int i = 0; i < 5; ++i) {
    random.shuffle(rows);
    EXPECT_TRUE(encode(rows) == bytes);
  }
}

TEST(Codec, RowsThatAreMadeOneByOneGiveTheBytesOfTheirList) {
  const auto rows = sorted_rows<Track>(5, 300);
  const RowSource<Track> source{.count = rows.size(),
                                .make = [&](std::size_t i, Track& row) { row = rows[i]; }};
  EXPECT_TRUE(encode(source) == encode(rows));
}

TYPED_TEST(CodecOf, RefusesEveryFileThatWasCutShort) {
  const auto bytes = encode(sorted_rows<TypeParam>(11, 30));
  for (std::size_t length = 0; length < bytes.size(); length += 1 + bytes.size() / 97) {
    try {
      decode<TypeParam>(bytes.substr(0, length), "the table of the test");
      FAIL() << "accepted " << length << " of " << bytes.size() << " bytes";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::data);
      EXPECT_THAT(error.message(), testing::HasSubstr("the table of the test"));
      EXPECT_FALSE(error.hint().empty());
    }
  }
}

TYPED_TEST(CodecOf, SurvivesEveryBitThatFlips) {
  RandomRows random(13);
  const auto rows = sorted_rows<TypeParam>(13, 60);
  const auto bytes = encode(rows);
  for (int round = 0; round < 120; ++round) {
    auto damaged = bytes;
    for (std::uint64_t flips = 1 + random.below(3); flips > 0; --flips) {
      damaged[random.below(damaged.size())] ^= static_cast<char>(1U << random.below(8));
    }
    try {
      // Damage in a checksummed page is always noticed; elsewhere it may be harmless.
      decode<TypeParam>(damaged, "a file");
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::data);
    }
  }
}

TYPED_TEST(CodecOf, RefusesBytesThatAreNoParquet) {
  for (const std::string bytes :
       {"", "PAR1", "PAR1PAR1", "<html><body>404</body></html>", "{\"format\": 1}"}) {
    EXPECT_THROW(decode<TypeParam>(bytes, "a file"), Error) << bytes;
  }
}

TEST(Codec, RefusesAFileOfAnotherTable) {
  const auto bytes = encode(RandomRows(1).rows<Gap>(3));
  try {
    decode<Artist>(bytes, "artists/artists.parquet");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::data);
    EXPECT_THAT(error.message(), testing::AllOf(testing::HasSubstr("artists/artists.parquet"),
                                                testing::HasSubstr("no column key")));
  }
}

TEST(Codec, TellsAnEmptyListFromAnUnknownOne) {
  std::vector<Artist> rows(3);
  rows[0].key = "a";
  rows[1].key = "b";
  rows[1].genres.value.emplace();
  rows[2].key = "c";
  rows[2].genres.value = {"", "techno"};
  const auto read = decode<Artist>(encode(rows), "a file");
  EXPECT_FALSE(read[0].genres.value.has_value());
  EXPECT_EQ(read[1].genres.value, std::vector<std::string>{});
  EXPECT_EQ(read[2].genres.value, (std::vector<std::string>{"", "techno"}));
}

TEST(Codec, TellsAnEmptyTextFromAnUnknownOne) {
  std::vector<Artist> rows(2);
  rows[0].key = "a";
  rows[1].key = "b";
  rows[1].name = "";
  const auto read = decode<Artist>(encode(rows), "a file");
  EXPECT_EQ(read[0].name, std::nullopt);
  EXPECT_EQ(read[1].name, "");
}

TEST(Codec, NeverWritesTextThatOtherEnginesCannotRead) {
  std::vector<Artist> artists(1);
  artists[0].name = "broken \xFF name";
  EXPECT_THROW(encode(artists), Error);
  std::vector<Artist> genres(1);
  genres[0].genres.value = {"broken \xFF name"};
  EXPECT_THROW(encode(genres), Error);
  std::vector<Play> plays(1);
  plays[0].track_name = "broken \xFF name";
  EXPECT_THROW(encode(plays), Error);
}

}  // namespace
}  // namespace soundlake::lake
