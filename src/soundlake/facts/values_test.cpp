// SPDX-License-Identifier: Apache-2.0
#include "soundlake/facts/values.hpp"

#include <gmock/gmock.h>

#include <limits>

namespace soundlake::facts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;

TEST(FactValues, NumbersReadBackExactly) {
  for (const double number : {0.0, 120.0, 136.902, 0.1, -3.5, 1e21, 5e-324, 163.99700000000001}) {
    const auto text = number_text(number);
    ASSERT_TRUE(text);
    EXPECT_THAT(read_number(*text), Optional(number)) << *text;
  }
  EXPECT_THAT(number_text(120.0), Optional(std::string("120")));
  EXPECT_THAT(number_text(136.902), Optional(std::string("136.902")));
}

TEST(FactValues, NoNumberIsNoText) {
  EXPECT_FALSE(number_text(std::numeric_limits<double>::infinity()));
  EXPECT_FALSE(number_text(std::numeric_limits<double>::quiet_NaN()));
}

TEST(FactValues, IntegersReadBackExactly) {
  for (const std::int64_t number :
       {std::int64_t{0}, std::int64_t{-1}, std::numeric_limits<std::int64_t>::max(),
        std::numeric_limits<std::int64_t>::min()}) {
    EXPECT_THAT(read_integer(integer_text(number)), Optional(number));
  }
}

TEST(FactValues, AWholeDecimalIsAnInteger) {
  EXPECT_THAT(read_integer("3.0"), Optional(3));
  EXPECT_THAT(read_integer("3e2"), Optional(300));
}

TEST(FactValues, GarbageIsNoNumber) {
  for (const auto* text : {"", " 1", "1 ", "1.5x", "abc", "0x10", "9e99", "inf", "nan", "1.5"}) {
    EXPECT_FALSE(read_integer(text)) << text;
  }
  for (const auto* text : {"", "1,5", "inf", "nan", "1e999"})
    EXPECT_FALSE(read_number(text)) << text;
}

TEST(FactValues, ListsReadBackExactly) {
  const std::vector<std::string> genres{"hip hop", "r&b", "\"quoted\", comma", "日本", ""};
  EXPECT_THAT(read_list(list_text(genres)), Optional(genres));
  EXPECT_EQ(list_text({}), "[]");
  EXPECT_THAT(read_list("[]"), Optional(IsEmpty()));
}

TEST(FactValues, AListIsReadLeniently) {
  EXPECT_THAT(read_list(R"(["a", null, 3, "b"])"), Optional(ElementsAre("a", "b")));
  EXPECT_FALSE(read_list("a, b"));
  EXPECT_FALSE(read_list(R"({"a": 1})"));
  EXPECT_FALSE(read_list(""));
}

TEST(FactValues, InvalidUtf8InAListIsRepaired) {
  EXPECT_THAT(read_list(list_text({"a\xff"})), Optional(ElementsAre("a\xEF\xBF\xBD")));
}

}  // namespace
}  // namespace soundlake::facts
