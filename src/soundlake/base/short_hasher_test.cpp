// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/short_hasher.hpp"

#include "soundlake/base/hash.hpp"

#include <gtest/gtest.h>

namespace soundlake::base {
namespace {

TEST(ShortHasher, GivesTheNumberThatShortHashWrites) {
  ShortHasher hasher;
  for (std::size_t length = 0; length < 300; ++length) {
    const std::string text(length, 'x');
    ASSERT_EQ(short_hash_text(hasher.of(text)), short_hash(text));
  }
}

TEST(ShortHasher, ReadsTheDigitsItWrites) {
  for (const std::uint64_t hash : {0ULL, 1ULL, 0x0123456789abcdefULL, 0xffffffffffffffffULL}) {
    EXPECT_EQ(short_hash_number(short_hash_text(hash)), hash);
  }
}

TEST(ShortHasher, ReadsNothingElse) {
  for (const char* text : {"", "1", "0123456789abcdeg", "0123456789abcdef0", "-123456789abcdef"}) {
    EXPECT_EQ(short_hash_number(text), 0U) << text;
  }
}

}  // namespace
}  // namespace soundlake::base
