// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/pkce.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace soundlake::spotify {
namespace {

TEST(Pkce, ChallengeIsTheOneOfTheStandardsExample) {  // RFC 7636, appendix B
  EXPECT_EQ(pkce_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

TEST(Pkce, VerifierIsLongUnreservedAndNewEachTime) {
  const Pkce one = make_pkce();
  const Pkce other = make_pkce();
  EXPECT_THAT(one.verifier.reveal(), testing::MatchesRegex("[A-Za-z0-9_-]+"));
  EXPECT_GE(one.verifier.reveal().size(), 43u);
  EXPECT_LE(one.verifier.reveal().size(), 128u);
  EXPECT_NE(one.verifier.reveal(), other.verifier.reveal());
  EXPECT_EQ(one.challenge, pkce_challenge(one.verifier.reveal()));
}

}  // namespace
}  // namespace soundlake::spotify
