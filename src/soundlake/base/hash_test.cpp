// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/hash.hpp"

#include <gtest/gtest.h>

namespace soundlake::base {
namespace {

TEST(Sha256, MatchesThePublishedVectors) {
  // FIPS 180-2, appendix B.
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(short_hash("abc"), "ba7816bf8f01cfea");
}

TEST(HmacSha256, MatchesThePublishedVectors) {
  // RFC 4231, test cases 2 and 6 (a key longer than a block).
  EXPECT_EQ(to_hex(hmac_sha256_raw("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(to_hex(hmac_sha256_raw(std::string(131, '\xaa'),
                                   "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Base64, MatchesTheRfcAndThePkceExample) {
  EXPECT_EQ(base64("foob"), "Zm9vYg==");
  EXPECT_EQ(base64(""), "");
  // RFC 7636, appendix B: verifier and challenge.
  EXPECT_EQ(base64url(sha256_raw("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

TEST(Base64, IsReadBackAndNothingElseIs) {
  for (const std::string bytes : {"", "f", "fo", "foo", "foob"}) {
    EXPECT_EQ(from_base64(base64(bytes)), bytes);
  }
  for (const char* text : {"Zg", "Zg=", "Z===", "====", "Zm9v!Zm9", "Zg==Zg"}) {
    EXPECT_FALSE(from_base64(text)) << text;
  }
}

TEST(RandomBytes, AreNotRepeated) {
  EXPECT_NE(random_bytes(16), random_bytes(16));
}

TEST(EqualSecrets, ComparesWholeTexts) {
  EXPECT_TRUE(equal_secrets("abc", "abc"));
  EXPECT_FALSE(equal_secrets("abc", "abd"));
  EXPECT_FALSE(equal_secrets("abc", "ab"));
}

}  // namespace
}  // namespace soundlake::base
