// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/store_key.hpp"

#include "soundlake/base/error.hpp"

#include <gmock/gmock.h>

#include <string>

namespace soundlake::store {
namespace {

TEST(StoreKey, MayHoldWhatNamesHold) {
  for (const char* key : {"a", "a/b", "year=2024/x", "a b", "%", "+", "...", "..a", "\xC3\xB3"}) {
    EXPECT_TRUE(is_valid_key(key)) << key;
  }
}

TEST(StoreKey, IsNeverEmptyAbsoluteOrUpwards) {
  for (const char* key : {"", "/", "/a", "a/", "a//b", ".", "..", "a/./b", "a/../b", "../a"}) {
    EXPECT_FALSE(is_valid_key(key)) << key;
  }
}

TEST(StoreKey, IsPrintableUtf8OfBoundedLength) {
  EXPECT_FALSE(is_valid_key("a\nb"));
  EXPECT_FALSE(is_valid_key(std::string_view("a\0b", 3)));
  EXPECT_FALSE(is_valid_key("\xff\xfe"));
  EXPECT_TRUE(is_valid_key(std::string(1024, 'k')));
  EXPECT_FALSE(is_valid_key(std::string(1025, 'k')));
}

TEST(StoreKey, ErrorShowsAKeyWithoutItsControlCharacters) {
  try {
    check_key("a\x1b[2J/../b");
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::internal);
    EXPECT_THAT(error.message(), testing::HasSubstr("a?[2J/../b"));
  }
}

}  // namespace
}  // namespace soundlake::store
