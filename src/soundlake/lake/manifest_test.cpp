// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/manifest.hpp"

#include "soundlake/lake/lake_test_support.hpp"

namespace soundlake::lake {
namespace {

using testing::HasSubstr;

const std::string kHash(64, 'a');

Manifest a_manifest() {
  return {.id = "0000000007-00c0ffee",
          .generation = 7,
          .objects = {{.key = "artists/artists.parquet", .size = 12, .sha256 = kHash, .rows = 3},
                      {.key = "exports/\xC3\xBC ber.csv", .size = 0, .sha256 = kHash, .rows = {}}}};
}

Head a_head() {
  return {.identity = {.lake_id = "0123abcd",
                       .timezone = "Europe/Berlin",
                       .account = std::string(64, 'b'),
                       .simulated = true},
          .manifest = "0000000007-00c0ffee"};
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Manifest, IsReadAsItWasWritten) {
  EXPECT_EQ(parse_manifest(to_json(a_manifest()), "m"), a_manifest());
}

TEST(Manifest, HeadIsReadAsItWasWritten) {
  EXPECT_EQ(parse_head(to_json(a_head()), "h"), a_head());
  Head fresh = a_head();
  fresh.identity.account.reset();
  fresh.manifest.reset();
  EXPECT_EQ(parse_head(to_json(fresh), "h"), fresh);
}

TEST(Manifest, TxnIsReadAsItWasWritten) {
  const Txn txn{
      .id = "0000000008-1",
      .created_at = kNoon + std::chrono::microseconds(5),
      .objects = {{.key = "a", .after = a_manifest().objects[0]}, {.key = "b", .after = {}}}};
  auto expected = txn;
  expected.objects[0].after->key = "a";
  EXPECT_EQ(parse_txn(to_json(txn), "t"), expected);
}

TEST(Manifest, IdsSortByGenerationAndNeverRepeat) {
  EXPECT_LT(new_commit_id(9), new_commit_id(10));
  EXPECT_LT(new_commit_id(99'999), new_commit_id(100'000));
  EXPECT_NE(new_commit_id(5), new_commit_id(5));
}

TEST(Manifest, IdComesBackOutOfItsKey) {
  EXPECT_EQ(id_of_key(manifest_key("0000000001-ab")), "0000000001-ab");
  EXPECT_EQ(id_of_key(txn_key("x")), "x");
  for (const char* key : {"_soundlake/txn/.json", "_soundlake/txn/a b.json", "_soundlake/txn/a.txt",
                          "_soundlake/txn/a/b.json", "_soundlake/HEAD.json", "txn/a.json",
                          "_soundlake/txn/json", "_soundlake/txn/"}) {
    EXPECT_FALSE(id_of_key(key)) << key;
  }
}

TEST(Manifest, ANewerFormatIsRefusedWithTheHintToUpdate) {
  const auto newer = [](const std::string& json) {
    return replaced(json, "\"format\": 1", "\"format\": 2");
  };
  const Txn txn{.id = "t", .created_at = kNoon, .objects = {}};
  const std::vector<std::function<void()>> readers = {
      [&] { parse_head(newer(to_json(a_head())), "/lake/HEAD.json"); },
      [&] { parse_head(R"({"format": 2, "something": "else"})", "/lake/HEAD.json"); },
      [&] { parse_manifest(newer(to_json(a_manifest())), "/lake/HEAD.json"); },
      [&] { parse_txn(newer(to_json(txn)), "/lake/HEAD.json"); }};
  for (const auto& read : readers) {
    const auto error = error_of(read);
    EXPECT_EQ(error->kind(), ErrorKind::refused);
    EXPECT_THAT(error->message(), HasSubstr("/lake/HEAD.json was written by a newer soundlake"));
    EXPECT_THAT(error->hint(), HasSubstr("update soundlake"));
  }
}

TEST(Manifest, FieldsOfALaterVersionOfTheSameFormatAreLeftAlone) {
  EXPECT_EQ(parse_head(replaced(to_json(a_head()), "{", R"({"colour": ["red"], )"), "h"), a_head());
  EXPECT_EQ(
      parse_manifest(replaced(to_json(a_manifest()), "\"size\"", "\"etag\": \"x\", \"size\""), "m"),
      a_manifest());
}

TEST(Manifest, AForeignHeadIsRefused) {
  const std::string head = to_json(a_head());
  const std::vector<std::string> foreign = {
      "",
      "not json",
      "null",
      "[]",
      "{}",
      "<html>",
      "ref: refs/heads/main\n",
      std::string(100'000, '['),
      head.substr(0, head.size() / 2),
      replaced(head, "\"format\": 1", "\"format\": 0"),
      replaced(head, "\"format\": 1", "\"format\": \"1\""),
      replaced(head, "\"format\": 1", "\"format\": 99999999999999999999999"),
      replaced(head, "\"format\": 1,", ""),
      replaced(head, "0123abcd", "../../x"),
      replaced(head, "\"0123abcd\"", "12"),
      replaced(head, "\"0123abcd\"", "\"" + std::string(5000, 'x') + "\""),
      replaced(head, "Europe/Berlin", ""),
      replaced(head, "\"simulated\": true", "\"simulated\": \"yes\""),
      replaced(head, "\"0000000007-00c0ffee\"", "\"../HEAD\""),
      replaced(head, "\"0000000007-00c0ffee\"", "7"),
  };
  for (const auto& bytes : foreign) {
    const auto error = error_of([&] { parse_head(bytes, "/lake/HEAD.json"); });
    EXPECT_EQ(error->kind(), ErrorKind::refused) << bytes.substr(0, 80);
    EXPECT_THAT(error->message(), HasSubstr("/lake/HEAD.json is not"));
    EXPECT_FALSE(error->hint().empty());
  }
}

TEST(Manifest, AHostileManifestIsAnErrorThatNamesIt) {
  const std::string good = to_json(a_manifest());
  const std::string key = "artists/artists.parquet";
  const std::vector<std::string> hostile = {
      "",
      "[1]",
      good.substr(0, good.size() - 3),
      std::string(100'000, '['),
      replaced(good, "\"format\": 1", "\"format\": -1"),
      replaced(good, "0000000007-00c0ffee", "../../HEAD"),
      replaced(good, "\"generation\": 7", "\"generation\": -7"),
      replaced(good, "\"generation\": 7", "\"generation\": 9223372036854775807"),
      replaced(good, "\"objects\"", "\"things\""),
      replaced(good, key, "../../../etc/passwd"),
      replaced(good, key, "/etc/passwd"),
      replaced(good, key, "_soundlake/HEAD.json"),
      replaced(good, key, "a//b"),
      replaced(good, key, ""),
      replaced(good, key, "a\\u0000b"),
      replaced(good, key, "exports/\xC3\xBC ber.csv"),  // twice
      replaced(good, "\"size\": 12", "\"size\": -1"),
      replaced(good, "\"size\": 12", "\"size\": 1e300"),
      replaced(good, "\"size\": 12", "\"size\": \"12\""),
      replaced(good, kHash, std::string(63, 'a')),
      replaced(good, kHash, std::string(64, 'G')),
      replaced(good, "\"rows\": 3", "\"rows\": -3"),
      replaced(good, "\"rows\": 3", "\"rows\": \"three\""),
  };
  for (const auto& bytes : hostile) {
    const auto error = error_of([&] { parse_manifest(bytes, "/lake/m.json"); });
    EXPECT_EQ(error->kind(), ErrorKind::data) << bytes.substr(0, 300);
    EXPECT_THAT(error->message(), HasSubstr("/lake/m.json is damaged"));
    EXPECT_FALSE(error->hint().empty());
  }
}

TEST(Manifest, AnyCutOrFlippedByteIsReadOrRefusedButNothingElse) {
  const std::string good = to_json(a_manifest());
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const char flip : {'\x01', '\x10', '\x80'}) {
      std::string bytes = good;
      bytes[at] = static_cast<char>(bytes[at] ^ flip);
      try {
        parse_manifest(bytes, "m");
        parse_manifest(good.substr(0, at), "m");
      } catch (const Error&) {
        // What it says is tested above.
      }
    }
  }
}

}  // namespace
}  // namespace soundlake::lake
