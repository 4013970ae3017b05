// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/sign_in_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace soundlake::spotify {
namespace {
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr SignInPage kAll[] = {SignInPage::done,          SignInPage::declined,
                               SignInPage::other_sign_in, SignInPage::no_answer,
                               SignInPage::not_here,      SignInPage::wrong_method};

TEST(SignInPageTest, StatusSaysWhetherTheRequestWasAnAnswer) {
  std::vector<int> statuses;
  for (const SignInPage page : kAll) statuses.push_back(sign_in_page(page).status);
  EXPECT_THAT(statuses, testing::ElementsAre(200, 200, 400, 400, 404, 405));
}

TEST(SignInPageTest, AsksNoOtherHostAndIsNotKept) {
  for (const SignInPage page : kAll) {
    const auto response = sign_in_page(page);
    EXPECT_EQ(response.content_type, "text/html; charset=utf-8");
    EXPECT_EQ(net::find_header(response.headers, "Cache-Control"), "no-store");
    EXPECT_EQ(net::find_header(response.headers, "Referrer-Policy"), "no-referrer");
    EXPECT_THAT(*net::find_header(response.headers, "Content-Security-Policy"),
                StartsWith("default-src 'none'"));
    EXPECT_THAT(response.body, StartsWith("<!doctype html>"));
    EXPECT_THAT(response.body, Not(HasSubstr("//")));
    EXPECT_THAT(response.body, Not(HasSubstr("<script")));
    EXPECT_THAT(response.body, HasSubstr("prefers-color-scheme:dark"));
  }
}

}  // namespace
}  // namespace soundlake::spotify
