// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/error_body.hpp"

#include "soundlake/base/text.hpp"

#include <gmock/gmock.h>

#include <random>

namespace soundlake::spotify {
namespace {

struct Row {
  const char* name;
  int status;
  std::string body;
  RefusalKind kind;
  std::string message;
  std::string reason;
};

class ErrorBodies : public testing::TestWithParam<Row> {};

TEST_P(ErrorBodies, AreUnderstood) {
  const Row& row = GetParam();
  const Refusal refusal = read_refusal(row.status, row.body);
  EXPECT_EQ(refusal.status, row.status);
  EXPECT_EQ(refusal.kind, row.kind);
  EXPECT_EQ(refusal.message, row.message);
  EXPECT_EQ(refusal.reason, row.reason);
}

const std::string kPremium =
    "Active premium subscription required for the owner of the app. When the subscription status "
    "changes, it can "
    "take a few hours before requests are allowed again.";
const std::string kUnregistered =
    "Check settings on developer.spotify.com/dashboard, the user may not be registered.";

std::string nested(int status, const std::string& message) {
  return R"({"error":{"status":)" + std::to_string(status) + R"(,"message":")" + message + "\"}}";
}

INSTANTIATE_TEST_SUITE_P(
    Received, ErrorBodies,
    testing::Values(
        Row{"token_2026", 401, nested(401, "Missing/invalid/expired access token"),
            RefusalKind::token, "Missing/invalid/expired access token", ""},
        Row{"token_before", 401, nested(401, "The access token expired"), RefusalKind::token,
            "The access token expired", ""},
        Row{"removed_endpoint", 403, nested(403, "Forbidden"), RefusalKind::forbidden, "Forbidden",
            ""},
        Row{"audio_features", 403, R"({"error":{"status":403}})", RefusalKind::forbidden, "", ""},
        Row{"no_premium", 403, nested(403, kPremium), RefusalKind::no_premium, kPremium, ""},
        Row{"unregistered_json", 403, nested(403, kUnregistered), RefusalKind::not_registered,
            kUnregistered, ""},
        Row{"unregistered_text", 403, kUnregistered, RefusalKind::not_registered, kUnregistered,
            ""},
        Row{"unregistered_older", 403,
            nested(403, "User not registered in the Developer Dashboard"),
            RefusalKind::not_registered, "User not registered in the Developer Dashboard", ""},
        Row{"scope", 403, nested(403, "Insufficient client scope"), RefusalKind::missing_scope,
            "Insufficient client scope", ""},
        Row{"limit", 400, nested(400, "Invalid limit"), RefusalKind::limit, "Invalid limit", ""},
        Row{"limit_empty_body", 400, "", RefusalKind::bad_request, "", ""},
        Row{"bad_id", 400, nested(400, "invalid id"), RefusalKind::bad_request, "invalid id", ""},
        Row{"not_found", 404, nested(404, "Resource not found"), RefusalKind::not_found,
            "Resource not found", ""},
        Row{"rate", 429, nested(429, "API rate limit exceeded"), RefusalKind::too_many,
            "API rate limit exceeded", ""},
        Row{"rate_text", 429, "Too many requests", RefusalKind::too_many, "Too many requests", ""},
        Row{"quota", 429,
            R"({"error":{"status":429,"message":"Too many requests","reason":"QUOTA_EXCEEDED"}})",
            RefusalKind::quota, "Too many requests", "QUOTA_EXCEEDED"},
        Row{"flat_revoked", 400,
            R"({"error":"invalid_grant","error_description":"Refresh token revoked"})",
            RefusalKind::bad_request, "Refresh token revoked", ""},
        Row{"flat_without_description", 400, R"({"error":"invalid_client"})",
            RefusalKind::bad_request, "invalid_client", ""},
        Row{"html", 502, "<html><body>Bad gateway</body></html>", RefusalKind::other, "", ""},
        Row{"cut_off", 403, R"({"error":{"status":403,"mess)", RefusalKind::forbidden, "", ""},
        Row{"null", 403, "null", RefusalKind::forbidden, "", ""},
        Row{"array", 500, "[1,2]", RefusalKind::other, "", ""},
        Row{"wrong_types", 403, R"({"error":{"status":"x","message":7,"reason":[]}})",
            RefusalKind::forbidden, "", ""},
        Row{"bad_utf8", 400, std::string("Invalid limit \xFF"), RefusalKind::limit,
            "Invalid limit \xEF\xBF\xBD", ""},
        Row{"lines", 404, "gone\r\naway", RefusalKind::not_found, "gone  away", ""}),
    [](const auto& row) { return row.param.name; });

TEST(ErrorBodiesOfAnyBytes, NeverLoseTheStatusAndStayShort) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string body(random() % 700, ' ');
    for (char& c : body) c = static_cast<char>(random());
    const Refusal refusal = read_refusal(503, body);
    EXPECT_EQ(refusal.status, 503);
    EXPECT_LE(refusal.message.size(), 210u);
    EXPECT_TRUE(base::is_utf8(refusal.message));
  }
}

TEST(ErrorBodiesThatEndEverything, NameTheNextStep) {
  const Error scope = error_of(read_refusal(403, nested(403, "Insufficient client scope")));
  EXPECT_EQ(scope.kind(), ErrorKind::sign_in);
  EXPECT_THAT(scope.hint(), testing::HasSubstr("soundlake login"));
  const Error premium = error_of(read_refusal(403, nested(403, kPremium)));
  EXPECT_EQ(premium.kind(), ErrorKind::service);
  EXPECT_THAT(premium.hint(), testing::HasSubstr("Premium"));
  const Error unregistered = error_of(read_refusal(403, kUnregistered));
  EXPECT_EQ(unregistered.kind(), ErrorKind::service);
  EXPECT_THAT(unregistered.hint(), testing::HasSubstr("User Management"));
  EXPECT_FALSE(ends_everything(read_refusal(403, nested(403, "Forbidden"))));
}

}  // namespace
}  // namespace soundlake::spotify
