// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/redirect_uri.hpp"

#include "soundlake/base/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace soundlake::spotify {
namespace {
using Kind = RedirectUri::Kind;
using testing::HasSubstr;

TEST(RedirectUri, TakesLoopbackNumbersWithAndWithoutPort) {
  const auto usual = parse_redirect_uri("http://127.0.0.1:8888/callback");
  EXPECT_EQ(usual.kind, Kind::loopback_v4);
  EXPECT_EQ(usual.port, 8888);
  EXPECT_EQ(usual.path, "/callback");
  const auto six = parse_redirect_uri("http://[::1]:9000/a/b");
  EXPECT_EQ(six.kind, Kind::loopback_v6);
  EXPECT_EQ(six.port, 9000);
  EXPECT_EQ(six.path, "/a/b");
  EXPECT_EQ(parse_redirect_uri("http://127.0.0.1/").port, 0);
}

TEST(RedirectUri, TakesHttpsAnywhere) {
  EXPECT_EQ(parse_redirect_uri("https://example.org/spotify").kind, Kind::https);
  EXPECT_EQ(parse_redirect_uri("https://localhost:8443/cb").kind, Kind::https);
}

// Spotify compares letter for letter, save for the port of a loopback number.
TEST(RedirectUri, PutsAPortInOnlyWhereNoneIsWritten) {
  EXPECT_EQ(parse_redirect_uri("http://127.0.0.1/callback").with_port(4711),
            "http://127.0.0.1:4711/callback");
  EXPECT_EQ(parse_redirect_uri("http://[::1]/cb/").with_port(4711), "http://[::1]:4711/cb/");
  EXPECT_EQ(parse_redirect_uri("http://127.0.0.1:8888/Callback").with_port(8888),
            "http://127.0.0.1:8888/Callback");
  EXPECT_EQ(parse_redirect_uri("https://example.org/x").with_port(1), "https://example.org/x");
}

struct Refused {
  const char* name;
  const char* text;
  const char* word;
};
class RefusedRedirectUri : public testing::TestWithParam<Refused> {};

TEST_P(RefusedRedirectUri, SaysWhyAndWhatToSet) {
  try {
    parse_redirect_uri(GetParam().text);
    FAIL() << "was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::config);
    EXPECT_THAT(error.message(), HasSubstr(GetParam().word));
    EXPECT_THAT(error.hint(), HasSubstr("http://127.0.0.1:8888/callback"));
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, RefusedRedirectUri,
    testing::Values(Refused{"localhost", "http://localhost:8888/callback", "localhost"},
                    Refused{"local_network", "http://192.168.1.5:8888/cb", "this machine"},
                    Refused{"lookalike", "http://127.0.0.1.example.org/cb", "this machine"},
                    Refused{"user_name", "http://127.0.0.1@example.org/cb", "user name"},
                    Refused{"no_path", "http://127.0.0.1:8888", "path"},
                    Refused{"https_no_path", "https://example.org", "path"},
                    Refused{"own_scheme", "soundlake://callback", "begins with"},
                    Refused{"no_scheme", "127.0.0.1:8888/callback", "begins with"},
                    Refused{"port_too_high", "http://127.0.0.1:70000/cb", "port"},
                    Refused{"port_empty", "http://127.0.0.1:/cb", "port"},
                    Refused{"port_no_number", "http://127.0.0.1:80a/cb", "port"},
                    Refused{"fragment", "http://127.0.0.1:1/cb#x", "#"},
                    Refused{"query", "http://127.0.0.1:1/cb?x=1", "?"},
                    Refused{"blank_inside", "http://127.0.0.1:1/c b", "blanks"},
                    Refused{"no_host", "https:///cb", "host"}, Refused{"empty", "", "begins"}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace soundlake::spotify
