// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/sign_in_answer.hpp"

#include <gtest/gtest.h>

namespace soundlake::spotify {
namespace {
using Kind = SignInAnswer::Kind;

SignInAnswer pasted(const std::string& line) {
  return read_answer(pasted_parameters(line), "our-state");
}

TEST(SignInAnswer, CodeWithOurStateCounts) {
  const auto answer = read_answer({{"code", "c0de"}, {"state", "our-state"}}, "our-state");
  EXPECT_EQ(answer.kind, Kind::code_given);
  EXPECT_EQ(answer.code.reveal(), "c0de");
}

TEST(SignInAnswer, NothingCountsWithoutOurState) {
  for (const char* state : {"another", "", "our-stat", "our-state2"}) {
    const auto code = read_answer({{"code", "c0de"}, {"state", state}}, "our-state");
    EXPECT_EQ(code.kind, Kind::other_sign_in) << state;
    EXPECT_TRUE(code.code.empty());
    const auto error = read_answer({{"error", "access_denied"}, {"state", state}}, "our-state");
    EXPECT_EQ(error.kind, Kind::other_sign_in) << state;
  }
  EXPECT_EQ(read_answer({{"code", "c0de"}}, "our-state").kind, Kind::other_sign_in);
}

TEST(SignInAnswer, ErrorIsARefusalEvenBesideACode) {
  const auto answer =
      read_answer({{"error", "access_denied"}, {"code", "x"}, {"state", "our-state"}}, "our-state");
  EXPECT_EQ(answer.kind, Kind::refused);
  EXPECT_EQ(answer.error, "access_denied");
  EXPECT_TRUE(answer.code.empty());
}

TEST(SignInAnswer, ErrorWordIsReducedToWhatIsFitForATerminal) {
  const auto answer =
      read_answer({{"error", "\x1b[31m<b>no_way"}, {"state", "our-state"}}, "our-state");
  EXPECT_EQ(answer.error, "mbno_way");
}

TEST(SignInAnswer, NeitherCodeNorErrorIsNoAnswer) {
  EXPECT_EQ(read_answer({}, "our-state").kind, Kind::no_answer);
  EXPECT_EQ(read_answer({{"state", "our-state"}}, "our-state").kind, Kind::no_answer);
}

TEST(SignInAnswer, EveryWayOfPastingIsUnderstood) {
  for (const char* line :
       {"http://127.0.0.1:8888/callback?code=c0de&state=our-state",
        "  http://127.0.0.1:8888/callback?state=our-state&code=c0de  \r",
        "https://example.org/cb?code=c0de&state=our-state#_=_", "?code=c0de&state=our-state",
        "code=c0de&state=our-state", "\"http://127.0.0.1:8888/callback?code=c0de&state=our-state\"",
        "<http://127.0.0.1/callback?code=c0de&state=our%2Dstate>"}) {
    const auto answer = pasted(line);
    EXPECT_EQ(answer.kind, Kind::code_given) << line;
    EXPECT_EQ(answer.code.reveal(), "c0de") << line;
  }
}

TEST(SignInAnswer, OtherPastedTextIsNoAnswer) {
  for (const char* line : {"", "   ", "c0de", "hello", "http://127.0.0.1:8888/callback",
                           "https://accounts.spotify.com/authorize?client_id=x&state=our-state"}) {
    EXPECT_EQ(pasted(line).kind, Kind::no_answer) << line;
  }
}

}  // namespace
}  // namespace soundlake::spotify
